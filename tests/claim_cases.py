"""The cases of claims and conditions, read and compared: what the runner and the benchmark share."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from secondsource.attribute.acts import Acts
from secondsource.attribute.claims import claims
from secondsource.attribute.conditions import Clause, conditions, repointed
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.parse import Parser
from secondsource.attribute.speech import attributions
from secondsource.attribute.times import times
from secondsource.attribute.timewords import Calendar
from secondsource.data import table
from secondsource.model import (
    Article, Attribution, Claim, Mention, Segment, Sentence, Span, TimeExpression, When, WhenField,
)  # fmt: skip
from secondsource.segment.marks import quotations
from secondsource.segment.sentences import sentences


CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One passage and its expectations, each a list of fields."""

    name: str
    text: str
    published: str | None
    expected: list[list[str]]


class Read(NamedTuple):
    """What is read from one passage."""

    article: Article
    sentences: tuple[Sentence, ...]
    discourse: Discourse
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    claims: tuple[Claim, ...]
    conditions: tuple[Clause, ...]
    mentions: dict[str, Mention]


@cache
def acts() -> Acts:
    return Acts(table("acts"), table("objects"))


@cache
def parser() -> Parser:
    return Parser()


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
    when = WhenField(value=When(earliest=published, latest=published, precision="day"), basis="stated") if published else WhenField()
    return Article(name="case", sha256=text[:64], text=text, segments=(Segment(kind="body", start=0, end=len(text)),), published=when)


def read(article: Article, parsed: tuple[Sentence, ...] | None = None) -> Read:
    """The whole reading of one article, up to its claims."""
    found = parsed or parser()(article.text, sentences(article))
    spans: dict[int, Span] = {}
    for s in found:
        held = spans.get(s.paragraph)
        spans[s.paragraph] = Span(held.start, s.end) if held else Span(s.start, s.end)
    quoted = quotations(article.text, list(spans.values()))
    discourse = Discourse(article, found, table("names"), quoted)
    when = times(article, found, Calendar(table("times")))
    said = attributions(article, found, quoted, discourse, when, table("cues"))
    made = claims(article, found, said, when, (), discourse, acts())
    clauses = repointed(conditions(discourse.trees), discourse.trees)
    mentions = {m.id: m for m in discourse.mentions()}
    return Read(article, found, discourse, said, when, made, clauses, mentions)


def place_of(text: str, words: str, start: int = 0) -> tuple[int, int] | None:
    """Where the words of an expectation stand; " ... " stands for everything between."""
    first, _, last = words.partition(" ... ")
    a = text.lower().find(first.lower(), start)
    if a < 0:
        return None
    if not last:
        return a, a + len(first)
    b = text.lower().find(last.lower(), a + len(first))
    return (a, b + len(last)) if b >= 0 else None


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Characters in both, of the characters of the shorter."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / max(1, min(a[1] - a[0], b[1] - b[0]))


def likeness(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Characters in both, of all that either has."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / max(1, max(a[1], b[1]) - min(a[0], b[0]))
