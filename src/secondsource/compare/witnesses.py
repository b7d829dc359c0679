"""two testimonies -> whether one witness stands behind both: a repetition adds nothing, however many pages carry it."""

from collections.abc import Sequence

from secondsource.compare.intervals import apart, contains, equal
from secondsource.model import Testimony

Verdict = tuple[str, str]


def one_witness(left: Testimony, right: Testimony) -> bool:
    """One act of speech, one speaker whoever passes the words on, or one text in its own voice."""
    if left.utterance is not None and left.utterance == right.utterance:
        return True
    if left.asserters and left.asserters == right.asserters:
        return True
    if left.unnamed and left.unnamed == right.unnamed:
        return True  # "police" here and "police" there may be one: two nobody can tell apart are not two
    return left.origin == right.origin and left.own_voice and right.own_voice


def same_answer(left: Testimony, right: Testimony) -> bool:
    """Both say the same, or one says it less exactly."""
    if left.figure and right.figure:
        return not apart(left.figure, right.figure)
    if not (left.claim and right.claim):
        return left.attribution is not None and right.attribution is not None
    if left.claim.polarity != right.claim.polarity or left.target != right.target:
        return False
    one, other = {left.actor, *left.with_actor}, {right.actor, *right.with_actor}
    if not one & other:
        return False
    a, b = left.claim.when, right.claim.when
    return a is None or b is None or equal(a, b) or contains(a, b) or contains(b, a)


def relays_of_one_witness(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Two reports of what one witness says: nothing is supported by saying it twice."""
    if left.attribution or right.attribution or not one_witness(left, right) or not same_answer(left, right):
        return None
    if left.figure and right.figure and not (left.utterance and left.utterance == right.utterance) and not _same(left, right):
        return None  # one counter's two figures, perhaps in two statements: the rules on figures look at the days
    words = "one text on two pages" if left.own_voice else "one statement, relayed twice"
    return "compatible", f"{words}: one witness"


def _same(left: Testimony, right: Testimony) -> bool:
    a, b = left.figure, right.figure
    return bool(a and b and (a.low, a.high) == (b.low, b.high))
