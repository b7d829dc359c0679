"""lines and questions -> what an editor should look at again before printing, and what to do about each."""

from collections import defaultdict

from secondsource.model import Record
from secondsource.render.answers import Asked
from secondsource.render.lines import Line, Words, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import ADVICE

# In this order: the gravest first. The two that most lines have come last and are only counted.
GRAVE = (
    "accusation with no reply on the page",
    "quotation in the headline only",
    "no counter named",
    "undated",
    "speaker not named",
    "words put in",
    "translated",
    "rewritten words",
    "vague",
    "scope not stated",
)
USUAL = ("one origin", "paraphrase")
ANSWERS, COPY = "contested answers", "copies that differ from their text"


class Check(Record, frozen=True, kw_only=True):
    """One reason to look again, what to do about it, and the lines that have it, or the questions; `count` of all."""

    reason: str
    advice: str
    lines: tuple[Line, ...]
    count: int
    questions: tuple[Asked, ...] = ()
    pairs: tuple[tuple[str, tuple[Words, ...]], ...] = ()


def checks(look: Lookup, lines: tuple[Line, ...], figures: tuple[Line, ...], contested: tuple[Asked, ...]) -> tuple[Check, ...]:
    """Reasons to look again at statements and figures before printing, the gravest first, each with its lines."""
    altered = _altered(look)
    made = []
    if contested:
        made.append(Check(reason=ANSWERS, advice=ADVICE[ANSWERS], lines=(), count=len(contested), questions=contested))
    if altered:
        made.append(Check(reason=COPY, advice=ADVICE[COPY], lines=(), count=len(altered), pairs=altered))
    every = [*lines, *figures]
    held: defaultdict[str, list[Line]] = defaultdict(list)
    for line in every:
        for flag in line.flags:
            held[flag].append(line)
    made += [Check(reason=r, advice=ADVICE[r], lines=tuple(held[r]), count=len(held[r])) for r in GRAVE if held[r]]
    usual = {r: sum(r in line.flags for line in lines) for r in USUAL}
    return (*made, *(Check(reason=r, advice=ADVICE[r], lines=(), count=n) for r, n in usual.items() if n))


def _altered(look: Lookup) -> tuple[tuple[str, tuple[Words, ...]], ...]:
    """Where a copy differs from the text that it copies, with the words of both."""
    held = (j for j in look.dossier.judgements if j.kind == "copy_altered")
    return tuple((j.reason, words_of(look, j.evidence[:2])) for j in held)
