"""The cases of segments and mastheads, read and compared: what a runner and the benchmark share."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from secondsource.data import table
from secondsource.model import Article, Member, Segment
from secondsource.read.masthead import masthead
from secondsource.read.page import page
from secondsource.segment.zones import zones

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One page and its expectations, each a (key, value)."""

    name: str
    payload: bytes
    expected: list[tuple[str, str]]


class Result(NamedTuple):
    """Whether each expectation of a case holds, and what was found instead."""

    case: Case
    right: list[bool]
    found: list[str]

    @property
    def passed(self) -> bool:
        return all(self.right)


def cases(stage: str) -> Iterator[Case]:
    """The cases of tests/cases/<stage>, one a file."""
    for path in sorted((CASES / stage).glob("*.txt")):
        words = re.sub(r"\A(?:#[^\n]*\n)+", "", path.read_text(encoding="utf-8"))
        body, _, told = words.rpartition("\n-----\n")
        mark = ":" if stage == "segment" else "="
        lines = [line for line in told.split("\n") if line.strip() and not line.startswith("#")]
        pairs = [(key.strip(), value.strip()) for key, _, value in (line.partition(mark) for line in lines)]
        yield Case(path.name, body.encode(), pairs)


def read(case: Case) -> tuple[Article, tuple[Segment, ...]]:
    """The case's page as an article."""
    html = ".html" in case.name
    name = case.name.removesuffix(".txt") if html else case.name
    given = page(Member(name=name, payload=case.payload, media="text/html" if html else "text/plain"))
    segments = zones(given, table("zones"))
    return masthead(given, segments, table("agencies")), segments


def segment_result(case: Case) -> Result:
    """An expectation holds when nine tenths of its characters are in segments of its kind."""
    article, segments = read(case)
    kinds: list[str | None] = [None] * len(article.text)
    for segment in segments:
        kinds[segment.start : segment.end] = [segment.kind] * (segment.end - segment.start)
    right, found, place = [], [], 0
    for kind, words in case.expected:
        span = _find(article.text, words, place)
        if span is None:
            right.append(False)
            found.append(f"words not found: {words[:60]}")
            continue
        inside = [kinds[i] for i in range(*span) if not article.text[i].isspace()]
        right.append(inside.count(kind) * 10 >= 9 * len(inside))
        found.append(" ".join(sorted({str(one) for one in inside})))
        place = span[1]
    return Result(case, right, found)


def _find(text: str, words: str, place: int) -> tuple[int, int] | None:
    ends = [r"\s+".join(re.escape(word) for word in part.split()) for part in words.split(" ... ")]
    match = re.compile(ends[0]).search(text, place)
    if match is None:
        return None
    last = match if len(ends) == 1 else re.compile(ends[-1]).search(text, match.end())
    return (match.start(), last.end()) if last else None


def masthead_result(case: Case) -> Result:
    """An expectation holds when the field's value is the one given; relations are compared as a whole."""
    article, _ = read(case)
    when = article.published.value
    shown = {
        "title": article.title.value, "outlet": article.outlet.value, "byline": article.byline.value,
        "dateline": article.dateline.value,
        "published": when and f"{when.earliest or '-'}..{when.latest or '-'} {when.precision} {article.published.basis}",
    }  # fmt: skip
    relations = sorted(f"{relation.kind} {relation.name}" for relation in article.relations)
    wanted = sorted(value for key, value in case.expected if key == "relation" and value != "-")
    right, found = [], []
    for key, value in case.expected:
        if key == "relation":
            right.append(relations == wanted if value == "-" else value in relations and len(relations) == len(wanted))
            found.append("; ".join(relations) or "-")
        else:
            right.append((shown[key] or "-") == value)
            found.append(shown[key] or "-")
    return Result(case, right, found)
