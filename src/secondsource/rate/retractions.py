"""reports, positions -> retractions: a demand, an offer or a threat that its holder takes back

A verb of taking back with the word for what is taken back ("withdrew its offer", "the threat is off the table"), or "no
longer" with the verb ("no longer asks for"), in a sentence that names the holder or stands in a paragraph that does. Only
what the holder had said before can be taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from secondsource.model import Position, Quote, Reading, Retraction, When
from secondsource.rate.naming import Names
from secondsource.rate.passages import Passage, passages
from secondsource.rate.phrases import Phrases, label_words
from secondsource.rate.shifts import day_of
from secondsource.rate.wording import tokens

# How far the word for what is taken back may stand from the verb.
NEAR = 7
# Before the verb: nothing is taken back.
UNDONE = frozenset({"not", "never", "without", "no", "refuses", "refused", "refuse", "refusing", "until", "unless", "if"})


def retractions(
    readings: Iterable[Reading],
    positions: Sequence[Position],
    names: Names,
    outcomes: Mapping[str, Any],
    objects: Mapping[str, Any],
) -> tuple[Retraction, ...]:
    """What is said to be taken back, in the order of days. `outcomes`, `objects`: the tables of these names."""
    table = outcomes["retract"]
    verbs, no_longer = Phrases(table["verbs"]), Phrases(table["no_longer"])
    acts = {act: frozenset(held.split()) for act, held in table["acts"].items()}
    labels = label_words(objects)
    held: defaultdict[str, list[Position]] = defaultdict(list)
    for position in positions:
        if position.act in acts and day_of(position.when):
            held[position.actor].append(position)
    found: dict[tuple[str, str, str | None], Retraction] = {}
    for reading in readings:
        read = passages(reading.article)
        for place, passage in enumerate(read):
            if passage.segment != "body":
                continue
            words = tokens(passage.text)
            named = [(i, i + n, False) for i, n in verbs.places(words)]
            for start, end, alone in [*named, *((i, i + n, True) for i, n in no_longer.places(words))]:
                if UNDONE & set(words[max(0, start - 3) : start]):
                    continue
                near = set(words[max(0, start - NEAR) : end + NEAR])
                told = {act for act, named in acts.items() if near & named}
                when = told_on(reading, passage)
                for position in _meant(told, words, _holders(names, read, place), held, labels, when, alone):
                    if not _own_doing(words, start, names, position.actor):
                        continue
                    made = Retraction(
                        actor=position.actor, object=position.object, when=when, evidence=(passage.quote,), act=position.act
                    )
                    found.setdefault((made.actor, made.object, day_of(when)), made)
    return tuple(sorted(found.values(), key=lambda r: (day_of(r.when) or "", r.actor, r.object)))


def _holders(names: Names, read: Sequence[Passage], place: int) -> frozenset[str]:
    """Who is named in the sentence; else in its paragraph."""
    found = frozenset(a for w in tokens(read[place].text) for a in names.named(w))
    if found:
        return found
    beside = [p for p in read if p.paragraph == read[place].paragraph]
    return frozenset(a for p in beside for w in tokens(p.text) for a in names.named(w))


def _own_doing(words: list[str], at: int, names: Names, holder: str) -> bool:
    """Whether nobody but the holder is named as the one who takes back, as in "insisted that the other side abandon …"."""
    named = [found for i, found in names.places(words).items() if i < at]
    return not named or holder in named[-1]


def _meant(
    acts: set[str],
    words: list[str],
    holders: frozenset[str],
    held: Mapping[str, Sequence[Position]],
    labels: Mapping[str, str],
    when: When | None,
    alone: bool,
) -> Iterator[Position]:
    """The earlier position of a holder that is taken back: on an object the words name, else on the only one there is; not so
    where no word says whether it was a demand or a step of one (`alone`)."""
    at = day_of(when)
    named = {labels[w] for w in words if w in labels}
    for holder in sorted(holders):
        earlier = [p for p in held.get(holder, ()) if p.act in acts and at and (day_of(p.when) or "") < at]
        only = earlier if len({p.object for p in earlier}) == 1 and not alone else []
        fit = [p for p in earlier if p.object in named] or only
        if fit:
            yield max(fit, key=lambda p: (day_of(p.when) or "", p.id))


def told_on(reading: Reading, passage: Passage) -> When | None:
    """The day that the sentence itself names, where it is no later than the report's; else the report's."""
    published = passage.published
    last = (published.latest or published.earliest or "9999")[:10] if published else "9999"
    for time in reading.times:
        when = time.when
        if not (_inside(passage.quote, time.quote) and when.precision in {"day", "hour", "minute"} and when.earliest):
            continue
        if when.latest and when.latest[:10] <= last:
            return when
    return published


def _inside(outer: Quote, inner: Quote) -> bool:
    return outer.article == inner.article and outer.start <= inner.start and inner.end <= outer.end
