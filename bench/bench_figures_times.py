"""Figures and times, right of all, on the cases of tests/cases and on the hand reading of the five seed reports.

Run: `python bench/bench_figures_times.py [-v]`. With -v it lists what failed. Exit 1 below a floor of bench/floors.toml.
A case counts as right when every field that the issue names is right; what was found and is not expected counts as extra.
"""

import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from secondsource.attribute.figures import figures
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.numbers import Numbers
from secondsource.attribute.parse import Parser
from secondsource.attribute.speech import attributions
from secondsource.attribute.times import times
from secondsource.attribute.timewords import Calendar
from secondsource.data import table
from secondsource.language import load
from secondsource.model import Article, Figure, Segment, Span, TimeExpression, When, WhenField
from secondsource.segment.marks import quotations
from secondsource.segment.sentences import sentences

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
FLOORS = {
    "figures": 0.90,
    "figures_extra_wrong": 0.10,
    "times": 0.93,
    "times_extra_wrong": 0.07,
    "seeds_precision": 0.85,
    "seeds_recall": 0.75,
}


class Case(NamedTuple):
    file: str
    passage: str
    published: str | None
    expected: tuple[tuple[str, ...], ...]


class Score(NamedTuple):
    right: int
    total: int
    extra: int
    failures: list[str]


def cases(folder: Path) -> Iterator[Case]:
    """The cases of one folder, as tests/cases/README.md describes them."""
    for file in sorted(folder.glob("*.txt")):
        for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            circumstances = dict(line[1:].split(" ", 1) for line in lines if line.startswith("@"))
            passage = "\n".join(line for line in lines if not line.startswith(("@", "=>")))
            wanted = [line[2:].strip() for line in lines if line.startswith("=>")]
            if passage:
                fields = tuple(tuple(f.strip() for f in line.split(" | ")) for line in wanted if line != "none")
                yield Case(file.stem, passage.replace("\\n", "\n"), circumstances.get("published"), fields)


def article_of(text: str, published: When | None, segments: tuple[Segment, ...] = ()) -> Article:
    held = segments or (Segment(kind="body", start=0, end=len(text)),)
    field = WhenField(value=published, basis="stated") if published else WhenField()
    return Article(name="case", sha256="0" * 64, text=text, published=field, segments=held)


def day(value: str | None) -> When | None:
    return When(earliest=value, latest=value, precision="day", text=value) if value else None


@cache
def parser() -> Parser:
    return Parser(load())


@cache
def calendar() -> Calendar:
    return Calendar(table("times"))


@cache
def number_words() -> Numbers:
    return Numbers(table("numbers"))


def read(article: Article) -> tuple[tuple[TimeExpression, ...], tuple[Figure, ...]]:
    """The times and the figures of an article, as the pipeline reads them."""
    parsed = parser()(article.text, sentences(article))
    marked = quotations(article.text, [Span(s.start, s.end) for s in article.segments])
    found = times(article, parsed, calendar())
    said = attributions(article, parsed, marked, Discourse(article, parsed, table("names"), marked), found, table("cues"))
    return found, figures(article, parsed, said, found, number_words())


def interval(when: When | None) -> str:
    return f"{when.earliest or '-'}..{when.latest or '-'}" if when else "-"


def plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def keys(field: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in field.split("; ") if "=" in part)


def words_fit(printed: str, found: str) -> bool:
    """The same words, or one inside the other."""
    a, b = printed.lower(), found.lower()
    return a in b or b in a


def time_wrong(wanted: tuple[str, ...], found: TimeExpression) -> list[str]:
    got = (found.quote.exact, interval(found.when), found.when.precision)
    return [f"{w} != {g}" for w, g in zip(wanted[1:3], got[1:], strict=False) if w != g]


def figure_wrong(wanted: tuple[str, ...], found: Figure) -> list[str]:
    got = [f"{plain(found.low)}..{plain(found.high)}", found.bound, found.counted, found.whose or "-", found.scope]
    wrong = [f"{w} != {g}" for w, g in zip(wanted[1:6], got, strict=True) if w != g]
    more = keys(wanted[6]) if len(wanted) > 6 else {}
    days = {"as_of": found.as_of.latest if found.as_of else None, "since": found.since.earliest if found.since else None}
    if more.get("counter", "-") != (found.counter or "-"):
        wrong.append(f"counter {more.get('counter', '-')} != {found.counter or '-'}")
    wrong += [f"{key} {more[key]} != {value}" for key, value in days.items() if key in more and more[key] != value]
    return wrong


def score(kind: str, only: str = "") -> Score:
    right = total = extra = 0
    failures = []
    for case in cases(CASES / kind):
        if only not in case.file:
            continue
        article = article_of(case.passage, day(case.published))
        found_times, found_figures = read(article)
        found: list[Any] = list(found_times if kind == "times" else found_figures)
        for wanted in case.expected:
            total += 1
            best = next((f for f in found if words_fit(wanted[0], exact(f))), None)
            wrong = ["not found"] if best is None else (time_wrong if kind == "times" else figure_wrong)(wanted, best)
            right += not wrong
            if best is not None:
                found.remove(best)
            if wrong:
                failures.append(f"{case.file}: {case.passage!r} [{wanted[0]}]: {'; '.join(wrong)}")
        extra += len(found)
        failures += [f"{case.file}: {case.passage!r}: extra {exact(f)!r} {shown(f)}" for f in found]
    return Score(right, total, extra, failures)


def exact(found: TimeExpression | Figure) -> str:
    return found.quote.exact if isinstance(found, TimeExpression) else found.evidence[0].exact


def shown(found: TimeExpression | Figure) -> str:
    if isinstance(found, TimeExpression):
        return interval(found.when)
    return (
        f"{plain(found.low)}..{plain(found.high)} {found.bound} {found.counted}, {found.whose}, {found.scope}, {found.counter}"
    )


def seeds() -> tuple[tuple[int, int, int], list[str]] | None:
    """((right, found, wanted), failures) on the hand reading of the seeds; None where they are missing."""
    gold = Path(os.environ.get("SECONDSOURCE_GOLD", ROOT.parent / "shared" / "gold"))
    papers_file, texts = gold / "reading" / "seed_gold.json", gold.parent / "seeds"
    if not papers_file.is_file() or not texts.is_dir():
        return None
    papers = {p["file"]: p for p in json.loads(papers_file.read_text(encoding="utf-8"))}
    right = found = wanted = 0
    failures: list[str] = []
    for read_by_hand in json.loads((ROOT / "tests" / "gold" / "seeds.json").read_text(encoding="utf-8")):
        name = read_by_hand["file"]
        with (texts / name).open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        article = article_of(text, seed_day(papers[name]), seed_segments(papers[name]))
        got_times, got_figures = read(article)
        r, f, w = match_seed(read_by_hand, text, got_times, got_figures, failures, name[:3])
        right, found, wanted = right + r, found + f, wanted + w
    return (right, found, wanted), failures


def seed_day(papers: dict[str, Any]) -> When | None:
    """The day that the page's own words give; a page dated only by what others tell has none."""
    if "range" in papers["precision"]:
        return None
    first, last = papers.get("date_range") or (papers["date"], papers["date"])
    return When(earliest=first[:10], latest=last[:10], precision="day" if first == last else "range")


def seed_segments(papers: dict[str, Any]) -> tuple[Segment, ...]:
    kinds = {"title": "title", "wire": "body", "body": "body", "quote_block": "body", "subheading": "subheading"}
    return tuple(
        Segment(kind=kinds[s["type"]], start=s["start"], end=s["end"])  # type: ignore[arg-type]
        for s in papers["segments"] if s["type"] in kinds
    )  # fmt: skip


def match_seed(
    hand: dict[str, Any], text: str, got_times: tuple[TimeExpression, ...], got_figures: tuple[Figure, ...],
    failures: list[str], name: str,
) -> tuple[int, int, int]:  # fmt: skip
    """What is not resolved asserts nothing and is left out of precision; optional lines are neither error nor loss."""
    right = wanted = found = 0
    lines = {"times": [t for t in got_times if t.when.precision != "unknown"], "figures": list(got_figures)}
    for kind, got in lines.items():
        left = list(got)
        for line in hand[kind]:
            best = next((g for g in left if overlap(g, line)), None)
            if best is not None:
                left.remove(best)
            if line.get("optional"):
                continue
            wanted += 1
            found += best is not None
            fits = best is not None and seed_fits(line, best)
            right += fits
            if not fits:
                failures.append(f"{name} {text[line['start'] : line['end']]!r}: {shown(best) if best else 'not found'}")
        found += len(left)
        failures += [f"{name} extra {exact(g)!r}: {shown(g)}" for g in left]
    return right, found, wanted


def overlap(got: TimeExpression | Figure, line: dict[str, Any]) -> bool:
    quote = got.quote if isinstance(got, TimeExpression) else got.evidence[0]
    return bool(quote.start < line["end"] and line["start"] < quote.end)


def seed_fits(line: dict[str, Any], got: TimeExpression | Figure) -> bool:
    if isinstance(got, TimeExpression):
        return (got.when.earliest, got.when.latest) == (line["earliest"], line["latest"])
    wanted = [line[k] for k in ("low", "high", "bound", "counted", "whose", "scope")]
    return wanted == [got.low, got.high, got.bound, got.counted, got.whose, got.scope]


def floors() -> dict[str, float]:
    file = ROOT / "bench" / "floors.toml"
    kept = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {**FLOORS, **kept.get("figures_times", {})}


def main(arguments: list[str]) -> int:
    floor, low = floors(), []
    for kind in ("figures", "times"):
        result = score(kind)
        share, surplus = result.right / result.total, result.extra / result.total
        print(f"{kind:8} {result.right}/{result.total} right ({share:.3f}, floor {floor[kind]}), {result.extra} extra")
        low += [kind] * (share < floor[kind]) + [f"{kind} extra"] * (surplus > floor[f"{kind}_extra_wrong"])
        if "-v" in arguments:
            print(*("  " + failure for failure in result.failures), sep="\n")
    by_hand = seeds()
    if by_hand is None:
        print("seeds    skipped: no folder with the seed reports (SECONDSOURCE_GOLD)")
    else:
        (right, found, wanted), failures = by_hand
        p, r = right / max(found, 1), right / max(wanted, 1)
        print(f"seeds    P {right}/{found} ({p:.2f}), R {right}/{wanted} ({r:.2f})")
        low += ["seeds"] * (p < floor["seeds_precision"] or r < floor["seeds_recall"])
        if "-v" in arguments:
            print(*("  " + failure for failure in failures), sep="\n")
    if low:
        print("below the floor:", ", ".join(low))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
