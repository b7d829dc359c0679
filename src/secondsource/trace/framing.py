"""a report -> statements whose frame closes their sentence, where reading left them: "…, the keeper of the dam, N. N., said".

A long sentence with clauses of its own can hide from a parser that its last words say who says it. Here only what needs no
parser counts: a person, a body or a state that was read, between commas, and a word of saying right after it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from secondsource.model import Attribution, Cue, Reading, Relay, Sentence, Speaker
from secondsource.trace.words import CONTENT, Vocabulary

SPEAKERS = frozenset({"person", "organisation", "state"})
SAYING = re.compile(r",? ((?:has |had )?[a-z]{4,12})\b")
DESCRIBED = re.compile(r"(?:the|its|his|her|their|a|an) [^,“”\"]{3,80}\Z|(?:[^\W\d_]+['’]s) [^,“”\"]{3,80}\Z")
DATELINE = re.compile(r"[A-Z][^–—“\n]{1,60} [–—] ")
NAME = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'.-]+){1,3}(?=,? )")
MARKS = frozenset('“”„«»"')
FEWEST = 4  # words that are said


def framed(
    reading: Reading, sentences: Sequence[Sentence], vocabulary: Vocabulary, known: Callable[[str], str | None]
) -> Iterator[Attribution]:
    """Statements beside those that were read, each with speaker, cue, content, and day and channel where its words give them.
    `known`: a name -> a mention of the actor who has it, in any report."""
    for sentence in sentences:
        if sentence.segment != "body":
            continue
        said = [q for a in reading.attributions for q in a.content if sentence.start <= q.start < sentence.end]
        for mention, start, end in sorted(_speakers(reading, sentence, known), key=lambda s: -s[1]):
            found = _frame(reading, sentence, (mention, start, end), vocabulary)
            if found and not any(q.start < found.content[0].end and found.content[0].start < q.end for q in said):
                yield found
                break


def _speakers(reading: Reading, sentence: Sentence, known: Callable[[str], str | None]) -> Iterator[tuple[str, int, int]]:
    """Those in the sentence who can speak: a mention, and where it stands."""
    for mention in reading.mentions:
        inside = sentence.start < mention.quote.start and mention.quote.end < sentence.end
        if inside and mention.kind in SPEAKERS and mention.via != "pronoun":
            yield mention.id, mention.quote.start, mention.quote.end
    for found in NAME.finditer(reading.article.text, sentence.start, sentence.end):
        name = known(found.group())
        if name:
            yield name, found.start(), found.end()


def _frame(reading: Reading, sentence: Sentence, who: tuple[str, int, int], vocabulary: Vocabulary) -> Attribution | None:
    text = reading.article.text
    mention, first, last = who
    cue = SAYING.match(text, last, sentence.end)
    if cue is None or text.startswith(" that ", cue.end()) or not _says(cue[1], vocabulary):
        return None
    start = _start(text, sentence.start, first, apposed=cue.group().startswith(","))
    if start is None:
        return None
    opening = DATELINE.match(text, sentence.start, start)
    begin = opening.end() if opening else sentence.start
    words = vocabulary.words(text, begin, start)
    if len(words) < FEWEST or sum(w.weight >= CONTENT for w in words) < 2 or MARKS & set(text[begin:start]):
        return None
    article = reading.article
    relays = tuple(
        Relay(kind="told", name=r.name, evidence=q)
        for r in article.relations if r.kind == "cites"
        for q in r.evidence if cue.start(1) <= q.start < sentence.end
    )  # fmt: skip
    time = next((t for t in reading.times if cue.end() <= t.quote.start < sentence.end), None)
    return Attribution(
        article=article.id, mode="indirect", cue=Cue(kind="say", evidence=article.quote(cue.start(1), cue.end(1))),
        speakers=(Speaker(mention=mention, evidence=article.quote(start + 2, last)),),
        content=(article.quote(begin, start),), relays=relays[:1], said=time.when if time else None,
    )  # fmt: skip


def _says(cue: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a word of saying, in the past: a name before any other form need not be its speaker."""
    last = cue.split()[-1]
    if vocabulary.look(last)[1] not in vocabulary.cues:
        return False
    return last.endswith("ed") or last in {"said", "told", "says", "wrote", "tells"}


def _start(text: str, start: int, mention: int, *, apposed: bool) -> int | None:
    """Where what is said ends: at the comma before the speaker, or before the description that the speaker's name follows; a
    name between two commas has one."""
    comma = text.rfind(", ", start, mention)
    if comma < 0 or text[comma + 2 : mention].strip(" ").casefold() not in {"", "the"}:
        return None
    before = text.rfind(", ", start, comma)
    if before >= 0 and DESCRIBED.fullmatch(text, before + 2, comma):
        return before
    return comma if not apposed else None
