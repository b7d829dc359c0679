"""what somebody pasted -> the sentence that is looked for, or in words why it is none.

A sentence may come with its frame ("…, the minister said on Friday"): what is looked for is what was said,
and the frame says by whom. Without a frame all its words are looked for.
"""

from collections.abc import Sequence

from secondsource.model import Claim, Figure, Reading, Record, TraceStatus, When
from secondsource.trace.words import CONTENT, Vocabulary, Word

LONGEST = 120  # words; more is a page, not a sentence
MOST_SENTENCES = 6
FEWEST_CONTENT = 2
SAYING = frozenset({"say", "claim", "report", "confirm", "warn", "believe"})
LATIN = 0x250  # code points above it are of another script
ENGLISH = 0.3  # of the words are common English ones: whatever else they look like, it is English


class Asked(Record, frozen=True, kw_only=True):
    """A sentence that is looked for. `words`: all; `core`: what is said, without the frame; `speaker`: words of the
    frame's speaker; `figures`: what it counts; `saying`: how it is said, where a frame says so."""

    text: str
    words: tuple[Word, ...]
    core: tuple[Word, ...]
    speaker: frozenset[str] = frozenset()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    days: tuple[When, ...] = ()
    actors: tuple[str, ...] = ()
    saying: str | None = None


class Refused(Record, frozen=True, kw_only=True):
    """Why something pasted cannot be looked for, and what to do."""

    status: TraceStatus
    answer: str


def asked(sentence: str, reading: Reading | None, vocabulary: Vocabulary) -> Asked | Refused:
    """The sentence as it is looked for. `reading`: of the sentence itself, where one was made."""
    words = vocabulary.words(sentence)
    if not words:
        return Refused(
            status="empty", answer="Nothing was pasted: give one sentence in quotation marks, or - to read it from stdin."
        )
    if len(words) == 1:
        text = f"“{sentence.strip()}” is a single word: paste the sentence that it stands in, or at least four words of it."
        return Refused(status="one_word", answer=text)
    if (many := _sentences(sentence)) > MOST_SENTENCES or len(words) > LONGEST:
        held = f"{len(words)} words in {many} sentences or lines"
        text = f"That is {held}, more than a sentence: paste the one whose way you want to see."
        return Refused(status="whole_article", answer=text)
    if foreign := _foreign(sentence, reading, words, vocabulary):
        return Refused(status="other_language", answer=foreign)
    said = _framed(reading)
    core: tuple[Word, ...] = words
    speaker, saying = frozenset[str](), None
    inside = () if said is None or reading is None else tuple(
        w for w in words if any(q.start <= w.start < q.end for q in reading.attributions[said].content)
    )  # fmt: skip
    if reading and said is not None and 2 * len(inside) >= len(words):
        attribution = reading.attributions[said]
        if sum(w.weight >= CONTENT for w in inside) >= FEWEST_CONTENT:
            core = inside
        # Words at a sentence's start have a capital too: a name is what keeps one, or is no common word.
        names = " ".join(s.evidence.exact for s in attribution.speakers if s.evidence)
        found = [w for w in vocabulary.words(names) if w.weight >= CONTENT and len(w.folded) > 1]
        speaker = frozenset(w.stem for w in found)
        saying = attribution.cue.kind
    return Asked(
        text=sentence, words=words, core=core, speaker=speaker, saying=saying,
        figures=reading.figures if reading else (), claims=reading.claims if reading else (),
        actors=_actors(reading) if reading else (),
        days=tuple(t.when for t in reading.times if t.when.precision in {"day", "hour", "minute"}) if reading else (),
    )  # fmt: skip


def _actors(reading: Reading) -> tuple[str, ...]:
    """The words for those who do what the sentence claims."""
    words = {m.id: m.quote.exact for m in reading.mentions}
    return tuple(words[c.actor] for c in reading.claims if c.actor in words)


def _framed(reading: Reading | None) -> int | None:
    """The place of the outermost attribution that frames most of the sentence."""
    if reading is None:
        return None
    outer = [n for n, a in enumerate(reading.attributions) if a.parent is None and a.content and a.speakers]
    outer = [n for n in outer if reading.attributions[n].cue.kind in SAYING or reading.attributions[n].mode != "indirect"]
    return max(outer, key=lambda n: sum(q.end - q.start for q in reading.attributions[n].content), default=None)


def _sentences(sentence: str) -> int:
    return sum(sentence.count(mark) for mark in (". ", "! ", "? ", "\n")) + 1


def _foreign(sentence: str, reading: Reading | None, words: Sequence[Word], vocabulary: Vocabulary) -> str:
    """Why the sentence cannot be English, in words; empty if it can."""
    letters = [c for c in sentence if c.isalpha()]
    if sum(ord(c) > LATIN for c in letters) * 2 > len(letters):
        return (
            "The sentence is not in Latin script: only English reports are read, so paste the English words that a report has."
        )
    language = reading.article.language if reading else None
    known = sum(word.folded in vocabulary.rarity for word in words)
    if language in {None, "en"} or known >= ENGLISH * len(words):
        return ""
    head = f"The sentence reads as “{language}”, not English"
    return f"{head}: only English reports are read, so paste the English words that a report has."
