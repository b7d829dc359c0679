"""tests/cases/questions/*.toml -> testimonies, and what the rules say of them, beside what the case says they should."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from secondsource.compare.meeting import meets
from secondsource.compare.questions import questions
from secondsource.compare.rules import judge
from secondsource.compare.testimonies import enemy_series, people_of
from secondsource.engine import components
from secondsource.model import Claim, Figure, Quote, Testimony, When
from secondsource.rate.support import Roots, support

CASES = Path(__file__).parent / "cases" / "questions"


class Outcome(NamedTuple):
    name: str
    wanted: str
    found: str
    wanted_verdict: str
    verdict: str


def outcomes(folder: Path = CASES) -> Iterator[Outcome]:
    for file in sorted(folder.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield outcome(f"{file.stem}: {case['name']}", case)


def outcome(name: str, case: dict[str, Any]) -> Outcome:
    sides = {t["side"] for t in case["testimony"]} | {t.get("actor_side", "") for t in case["testimony"]}
    heard = [testimony(n, t, sides - {""}) for n, t in enumerate(case["testimony"])]
    left, right = heard[:2]
    roots: Roots = {t["article"]: t["origin"] if t["known"] else None for t in case["testimony"]}
    origin = {t["article"]: t["origin"] for t in case["testimony"]}

    def count(articles: Any) -> tuple[int, int]:
        held = set(articles)
        known = {roots[a] for a in held} - {None}
        return max(len(known), min(1, len(held))), len({origin[a] for a in held})

    asked, judged, _ = questions(heard, {}, components)
    pair = [j for j in judged if j.claims == (left.id, right.id)]
    # Two figures that stand in two questions are compared by nobody: here the rules are asked why.
    apart = judge(left, right, None, heard) if not pair and left.figure and right.figure and meets(left, right) else None
    made = pair[0] if pair else (apart if apart and apart.kind == "not_comparable" else None)
    weighed = support(asked, judged, heard, count, roots)
    both = [q.verdict for q in weighed if sum(len(a.claims) for a in q.answers) > 1]
    verdict = both[0] if both else (made.kind if made and made.kind == "not_comparable" else "")
    return Outcome(name, case["judgement"], made.kind if made else "none", case["verdict"], verdict)


def testimony(number: int, given: dict[str, Any], sides: set[str]) -> Testimony:
    """One [[case.testimony]] as a record; names stand for ids."""
    article, words = given["article"], Quote(given["article"], number * 10, number * 10 + 5, "words")
    side, kind = given.get("side", ""), given["kind"]
    asserters = (given["asserter"],) if given.get("asserter") else ()
    claim = figure = None
    if kind == "figure":
        figure = Figure(
            article=article, counted=given["counted"], whose=given["whose"] or None, counter=given["counter"] or None,
            low=given["low"], high=given.get("high"), bound=given["bound"], scope=given["scope"], evidence=(words,),
            as_of=day(given.get("as_of")),
        )  # fmt: skip
    else:
        when = interval(given) if given.get("earliest") else None
        claim = Claim(
            article=article, act="accuse" if kind == "accuse" else given["act"], evidence=(words,),
            object=given.get("object") or None, actor=given.get("actor") or None, target=given.get("target") or None,
            place=given.get("place") or None, realis=given.get("realis", "actual"), polarity=given.get("polarity", "positive"),
            when=when,
        )  # fmt: skip
    people = people_of(given.get("whose"), {s: s for s in sides})
    record = figure or claim
    assert record is not None
    return Testimony(
        id=f"{article}-{number}", article=article, origin=given["origin"], evidence=(words,), asserters=asserters,
        utterance=given.get("utterance"), claim=claim, figure=figure, actor=given.get("actor") or None,
        target=given.get("target") or None, place=given.get("place") or None, sides=(side,) if side else asserters,
        actor_side=given.get("actor_side") or None, story="one",
        day=day(given.get("as_of")) or day(given.get("said")) or day(given.get("published")),
        enemy=enemy_series(given.get("whose"), [side] if side else [], people) if kind == "figure" else None,
    )  # fmt: skip


def day(iso: str | None) -> When | None:
    return When(earliest=iso, latest=iso, precision="day") if iso else None


def interval(given: dict[str, Any]) -> When:
    return When(earliest=given["earliest"], latest=given["latest"], precision=given.get("precision", "day"))
