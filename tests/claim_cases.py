"""The cases of claims and conditions, and the hand reading of the seeds: read through the pipeline and compared.

What the test and the benchmark share. A claim case counts where a claim overlaps its words and has its realis and polarity; a
condition where its words and the words of what hangs on it are found. Other slots are counted beside.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from secondsource.model import Article, Claim, Member, Quote, Reading, Segment, When, WhenField
from secondsource.pipeline import Reader

CASES = Path(__file__).parent / "cases"
HAND = Path(__file__).parent / "gold" / "seeds.json"
# Files of tests/cases/claims on which the issue asks for realis and polarity.
JUDGED = ("realis.txt", "polarity.txt")

Stretch = tuple[int, int]


class Case(NamedTuple):
    """One passage and its expectations, each a list of fields."""

    name: str
    text: str
    published: str | None
    expected: list[list[str]]


@dataclass
class Tally:
    """Counts by name, and what failed in words."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / max(1, self.counts[whole])


@cache
def reader() -> Reader:
    return Reader()


def cases(stage: str) -> Iterator[Case]:
    """The cases of tests/cases/<stage>: blank lines separate them."""
    for path in sorted((CASES / stage).glob("*.txt")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            lines = [line for line in block.split("\n") if line.strip() and not line.startswith("#")]
            told = [line[2:].strip() for line in lines if line.startswith("=>")]
            words = [line for line in lines if not line.startswith(("=>", "@"))]
            given = dict(line[1:].split(" ", 1) for line in lines if line.startswith("@"))
            if words and told:
                expected = [] if told == ["none"] else [[f.strip() for f in line.split(" | ")] for line in told]
                yield Case(path.name, " ".join(words).replace("\\n", "\n"), given.get("published"), expected)


def article_of(text: str, published: str | None = None) -> Article:
    """A text as the body of an article."""
    when = When(earliest=published, latest=published, precision="day")
    dated = WhenField(value=when, basis="stated") if published else WhenField()
    body = Segment(kind="body", start=0, end=len(text))
    return Article(name="case", sha256=text[:64], text=text, segments=(body,), published=dated)


def read(case: Case) -> Reading:
    return reader().attribute(article_of(case.text, case.published))


def place_of(text: str, words: str) -> Stretch | None:
    """Where the words of an expectation stand; " ... " stands for everything between."""
    first, _, last = words.partition(" ... ")
    a = text.lower().find(first.lower())
    if a < 0:
        return None
    b = text.lower().find(last.lower(), a + len(first)) if last else a + len(first)
    return (a, b + len(last)) if b >= 0 else None


def both(a: Stretch, b: Stretch) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def overlap(a: Stretch, b: Stretch) -> float:
    """Characters in both, of the characters of the shorter."""
    return both(a, b) / max(1, min(a[1] - a[0], b[1] - b[0]))


def likeness(a: Stretch, b: Stretch) -> float:
    """Characters in both, of all that either has."""
    return both(a, b) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


def stretch(quote: Quote) -> Stretch:
    return quote.start, quote.end


def claim_score() -> Tally:
    """On the cases of claims; `judged` counts those of JUDGED, `judged_right` the right ones among them."""
    tally = Tally()
    for case in cases("claims"):
        reading = read(case)
        used: set[str] = set()
        for wanted in case.expected:
            _score_claim(tally, case, reading, wanted, used)
        for claim in reading.claims:
            if claim.id not in used:
                tally.counts["extra_on_nothing" if case.name == "not_events.txt" else "extra"] += 1
                tally.failures.append(f"{case.name}: {case.text!r}: extra {shown(claim)}")
        tally.counts["passages_with_nothing"] += case.name == "not_events.txt"
    return tally


def _score_claim(tally: Tally, case: Case, reading: Reading, wanted: list[str], used: set[str]) -> None:
    at = place_of(case.text, wanted[0])
    if at is None:
        tally.failures.append(f"{case.name}: {case.text!r}: the words {wanted[0]!r} do not stand there")
        return
    near = [c for c in reading.claims if overlap(stretch(c.evidence[0]), at) >= 0.5]
    best = next((c for c in near if c.act == wanted[1]), near[0] if near else None)
    right = best is not None and [best.realis, best.polarity] == wanted[5:7]
    tally.counts += Counter(wanted=1, right=right, found=best is not None, act=best is not None and best.act == wanted[1])
    tally.counts["object"] += best is not None and (best.object or "-") == wanted[2]
    if case.name in JUDGED:
        tally.counts += Counter(judged=1, judged_right=right)
    if best is not None:
        used.add(best.id)
    if best is None or not right or best.act != wanted[1]:
        tally.failures.append(f"{case.name}: {case.text!r}: {' | '.join(wanted[:7])} <- {shown(best)}")


def condition_score() -> Tally:
    """On the cases of conditions: `right` where the words and what hangs on them are found."""
    tally = Tally()
    for case in cases("conditions"):
        found = {(stretch(k.words), stretch(k.of) if k.of else None) for c in read(case).claims for k in c.conditions}
        used: set[Stretch] = set()
        for words, of in case.expected:
            at, hung = place_of(case.text, words), place_of(case.text, of.removeprefix("of="))
            near = [f for f in found if at and likeness(f[0], at) >= 0.8]
            right = any(f[1] and hung and overlap(f[1], hung) >= 0.8 and likeness(f[1], hung) >= 0.5 for f in near)
            used.update(f[0] for f in near)
            tally.counts += Counter(wanted=1, span=bool(near), right=right)
            if not right:
                got = [(case.text[slice(*f[0])], f[1] and case.text[slice(*f[1])]) for f in found]
                tally.failures.append(f"{case.name}: {case.text!r}: {words} | {of} <- {got}")
        extra = {f[0] for f in found} - used
        tally.counts["extra"] += len(extra)
        tally.failures += [f"{case.name}: {case.text!r}: extra {case.text[slice(*e)]!r}" for e in extra]
    return tally


def shown(claim: Claim | None) -> str:
    if claim is None:
        return "not found"
    return f"{claim.act} {claim.object} {claim.realis} {claim.polarity} {claim.evidence[0].exact!r}"


def seed_score(folder: Path) -> Tally:
    """On the five reports read by hand: a claim is right where a half of its words and its act are the hand's.

    An optional line, and what is read from its words, are neither error nor loss; of a mutual accusation the hand has one line.
    """
    tally = Tally()
    for hand in json.loads(HAND.read_text(encoding="utf-8")):
        member = Member(name=hand["file"], payload=(folder / hand["file"]).read_bytes(), media="text/plain")
        reading = reader()(member)
        assert isinstance(reading, Reading)
        _score_seed(tally, hand, reading)
    return tally


def _score_seed(tally: Tally, hand: dict[str, Any], reading: Reading) -> None:
    name, text = hand["file"][:3], reading.article.text
    used: set[str] = set()
    for line in hand["claims"]:
        at = (line["start"], line["end"])
        near = [
            c
            for c in reading.claims
            if c.act == line["act"] and c.id not in used and overlap(stretch(c.evidence[0]), at) >= 0.5
        ]
        best = max(near, key=lambda c: likeness(stretch(c.evidence[0]), at), default=None)
        if best is not None:
            used |= {c.id for c in near if c.evidence == best.evidence}
        if line.get("optional"):
            continue
        tally.counts += Counter(wanted=1, right=best is not None)
        if best is None:
            tally.failures.append(f"{name}: not found: {line['act']} {line['object']} {text[slice(*at)]!r}")
        else:
            judged = (best.realis, best.polarity) == (line["realis"], line["polarity"])
            tally.counts += Counter(object=best.object == line["object"], judged=judged)
    slight = [(line["start"], line["end"]) for line in hand["claims"] if line.get("optional")]
    for claim in reading.claims:
        if claim.id not in used and not any(overlap(stretch(claim.evidence[0]), s) >= 0.5 for s in slight):
            tally.counts["extra"] += 1
            tally.failures.append(f"{name}: extra {shown(claim)}")
