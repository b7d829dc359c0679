"""two testimonies on a deed, on blame or on a statement -> who agrees with whom, who denies, who disputes."""

from collections.abc import Sequence

from secondsource.model import Testimony

Verdict = tuple[str, str]


def _opposed(left: Testimony, right: Testimony) -> tuple[Testimony, Testimony] | None:
    """(who asserts, who negates), where exactly one of them negates."""
    if not (left.claim and right.claim) or left.claim.polarity == right.claim.polarity:
        return None
    return (left, right) if left.claim.polarity == "positive" else (right, left)


def blamed_denies(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """What is said of a party is negated by that party only."""
    pair = _opposed(left, right)
    if pair is None:
        return None
    asserted, negated = pair
    accused, own = asserted.doers, negated.doers & set(negated.sides)
    if not accused and own and not asserted.sides:
        return "denied", "the party that is said not to have done it says so itself"
    if accused & set(negated.sides) and not accused & set(asserted.sides):
        return "denied", "the party it is said of denies it"
    return None


def origins_contradict(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """One origin asserts in its own voice what an independent one negates in its own voice or by a named witness."""
    pair = _opposed(left, right)
    if pair is None or pair[0].origin == pair[1].origin or not pair[0].own_voice:
        return None
    if pair[1].own_voice:
        return "conflicts", "two origins say the opposite in their own voice"
    return ("conflicts", "a report says so, a named witness that it is not so") if pair[1].eyewitness else None


def speakers_answer_otherwise(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """One asserts what another negates."""
    pair = _opposed(left, right)
    if pair is None or (pair[0].own_voice and pair[1].own_voice) or set(pair[0].asserters) & set(pair[1].asserters):
        return None
    return "disputed", "one says so, another says that it is not so"


def opposed_blame(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Opposed agents are blamed for one deed."""
    if not (left.claim and right.claim) or left.claim.act != "accuse" or right.claim.act != "accuse":
        return None
    if left.target and right.target and left.target != right.target:
        return "disputed", "for one deed, one blames the one and another the other"
    return None


def two_reports_of_one_statement(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Two articles report the same act of speech: it was said, as both have it."""
    if left.attribution and right.attribution and left.utterance == right.utterance:
        return "supports", "both report the same statement"
    return None


def accounts_agree(left: Testimony, right: Testimony, _: Sequence[Testimony]) -> Verdict | None:
    """Two witnesses assert, or negate, one deed; or blame the same."""
    if not (left.claim and right.claim) or left.claim.polarity != right.claim.polarity or left.claim.act != right.claim.act:
        return None
    if left.target and right.target and left.target != right.target:
        return None
    return "supports", "both say that it is so" if left.claim.polarity == "positive" else "both say that it is not so"
