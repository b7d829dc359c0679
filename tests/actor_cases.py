"""tests/cases/actors/*.txt -> whether the program takes two names for one actor, beside what the case says."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from secondsource.attribute.mentions import Discourse
from secondsource.attribute.parse import Parser
from secondsource.data import table
from secondsource.engine import components
from secondsource.model import Article, Mention, Reading, Segment, Span
from secondsource.resolve.bodies import Bodies
from secondsource.resolve.entities import actors, demonyms, titles
from secondsource.resolve.known import Known
from secondsource.segment.marks import quotations
from secondsource.segment.sentences import sentences

CASES = Path(__file__).parent / "cases" / "actors"


class Outcome(NamedTuple):
    name: str
    wanted: str
    found: str


def outcomes(parser: Parser, folder: Path = CASES) -> Iterator[Outcome]:
    for file in sorted(folder.glob("*.txt")):
        for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            passage = "\n".join(line for line in lines if not line.startswith(("@", "=>")))
            pairs = [[f.strip() for f in line[2:].split(" | ")] for line in lines if line.startswith("=>")]
            if passage and pairs:
                yield from judged(file.stem, passage.split("\\n\\n"), pairs, parser)


def judged(file: str, reports: list[str], pairs: list[list[str]], parser: Parser) -> Iterator[Outcome]:
    """Each paragraph that is parted is a report of its own; an actor's words are looked for in all of them, in order."""
    read = [discourse(f"{n}.txt", text, parser) for n, text in enumerate(reports)]
    found = {words: refer(words, read, after) for a, b, _ in pairs for words, after in ((a, ""), (b, a))}
    readings = [Reading(article=d.article, mentions=d.mentions()) for d in read]
    links, _ = actors(
        readings,
        demonyms(table("names")["states"]),
        components,
        titles(table("names")),
        Bodies(table("bodies")),
        Known(table("bodies")),
    )
    actor_of = {link.member: link.cluster for link in links}
    antecedents = {m.id: m.antecedent for d in read for m in d.mentions()}
    for a, b, wanted in pairs:
        one, other = (actor(found[words], actor_of, antecedents) for words in (a, b))
        yield Outcome(f"{file}: {a} | {b}", wanted, "same" if one is not None and one == other else "apart")


def discourse(name: str, text: str, parser: Parser) -> Discourse:
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(name=name, sha256=digest, text=text, segments=(Segment(kind="body", start=0, end=len(text)),))
    marked = quotations(text, [Span(0, len(text))])
    return Discourse(article, parser(text, sentences(article)), table("names"), marked)


def refer(words: str, read: list[Discourse], after: str) -> Mention | None:
    for d in read:
        floor = d.article.text.find(after) + len(after) if after in d.article.text else 0
        for start in (floor, 0):
            at = d.article.text.find(words, start)
            if at >= 0:
                return d.refer(Span(at, at + len(words)))
    return None


def actor(mention: Mention | None, actor_of: dict[str, str], antecedents: dict[str, str | None]) -> str | None:
    if mention is None:
        return None
    name: str | None = mention.id
    for _ in range(5):
        if name is None or name in actor_of:
            break
        name = antecedents.get(name)
    return actor_of.get(name) if name else mention.id
