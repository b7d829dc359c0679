"""reports after a pledge -> the sentences that tell what became of it, and what each tells

A sentence speaks of a pledge where it names the accord, its object or two things of the pledge's own words, in a report that is
younger than the pledge. What is planned, wished or supposed tells nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from secondsource.model import Position, Reading, Record, When
from secondsource.rate.naming import Names
from secondsource.rate.passages import Passage, passages
from secondsource.rate.phrases import Phrases, label_words
from secondsource.rate.retractions import told_on
from secondsource.rate.shifts import day_of
from secondsource.rate.wording import Lexicon, tokens

ALIKE = 2  # content words that a sentence must share with the pledge's own
# To fail to do something is no accord's end.
SUPPOSED = frozenset({"if", "unless", "whether", "long"})
NO_END = (["failed", "to"], ["fails", "to"], ["broken", "off"])
CLAUSE = 12  # words between a party's name and its deed


class Told(Record, frozen=True, kw_only=True):
    """What one sentence tells of a pledge: kept, broken, failed_unattributed, disputed; and by whom, where it says so."""

    kind: str
    passage: Passage
    when: When | None
    by: tuple[str, ...] = ()


class Telling:
    """All reports, ready to be asked what became of a pledge."""

    def __init__(
        self,
        readings: Iterable[Reading],
        names: Names,
        outcomes: Mapping[str, Any],
        objects: Mapping[str, Any],
        strength: Mapping[str, Any],
    ) -> None:
        self.readings = sorted(readings, key=lambda r: (day_of(r.article.published.value) or "9999", r.article.id))
        self.passages = {r.article.id: passages(r.article) for r in self.readings}
        self.names = names
        self.lexicon = Lexicon(strength)
        self.labels = label_words(objects)
        self.accord = frozenset(outcomes["accord"]["words"].split())
        rows = ("kept", "failed", "broken", "unkept", "blame", "unseen", "not_yet", "violence", "bystander", "began")
        self.rows = {name: Phrases(outcomes[name]["words"]) for name in rows}
        self.speaking = frozenset(outcomes["speaking"]["words"].split())
        self.blaming = frozenset(outcomes["blame"]["one"].split())
        self.read: dict[str, tuple[frozenset[str], bool, frozenset[str]]] = {}
        self.deeds = {o: (Phrases(h["kept"]), Phrases(h["broken"])) for o, h in outcomes["object"].items()}

    def of(self, pledge: Position, parties: Sequence[str], group: Sequence[Position]) -> list[Told]:
        """What the reports tell of the pledge that `pledge` opened, in their order."""
        own = frozenset(s for p in group for q in (*p.evidence, *p.context) for s in self.lexicon.stems(q.exact))
        sides = {self.names.side_of.get(party, party) for party in parties} | set(parties)
        case = _Case(
            pledge=pledge,
            own=own,
            sides=frozenset(sides),
            several=len(parties) > 1,
            binding=any(p.act in {"agree", "accept"} for p in group),
        )
        found: list[Told] = []
        for reading in self.readings:
            read = self.passages[reading.article.id]
            for place in self._after(reading, read, day_of(pledge.when), group):
                found += self._tell(reading, read, place, case)
        return _answered(found)

    def _after(self, reading: Reading, read: Sequence[Passage], made: str | None, group: Sequence[Position]) -> Iterator[int]:
        """Places of the sentences that are younger than the pledge; of a report of the pledge only those behind it."""
        day = day_of(reading.article.published.value)
        last = max((q.end for p in group for q in p.evidence if q.article == reading.article.id), default=None)
        if made is None or day is None or day <= made:
            return
        for place, passage in enumerate(read):
            if passage.segment == "body" and (last is None or passage.quote.start >= last):
                told = day_of(told_on(reading, passage))
                if told is None or told >= made:
                    yield place

    def _tell(self, reading: Reading, read: Sequence[Passage], place: int, case: "_Case") -> Iterator[Told]:
        passage = read[place]
        beside = [p for p in read if p.paragraph == passage.paragraph and p.segment == "body"]
        about = self._about(passage.text, case) or self._about(" ".join(p.text for p in beside), case)
        if not about:
            return
        words = tokens(passage.text)
        when = told_on(reading, passage)
        if case.binding and self._has("blame", words):
            yield Told(kind="disputed", passage=passage, when=when)
            return
        accused = self._accusation(words, case)
        if case.several and accused:
            yield Told(kind="accused", passage=passage, when=when, by=accused)
            return
        kind, by = self._deed(reading, passage, words, about, case)
        if kind == "failed_unattributed" or (kind is None and self._has("violence", words)):
            near = [w for p in beside for w in tokens(p.text)]
            kind = "failed_unattributed" if kind or self._has("unseen", near) else None
        if kind:
            yield Told(kind=kind, passage=passage, when=when, by=by)

    def failed(self, text: str) -> bool:
        """Whether the words say that an accord failed."""
        return self._has("failed", tokens(text))

    def _has(self, row: str, words: Sequence[str]) -> bool:
        return any(True for _ in self.rows[row].places(words))

    def _about(self, text: str, case: "_Case") -> str:
        """How words speak of the pledge: by its name, by its object, by two of its own words; empty where they do not."""
        if text not in self.read:
            words = tokens(text)
            named = frozenset(self.labels[w] for w in words if w in self.labels)
            self.read[text] = (named, bool(self.accord & set(words)), self.lexicon.stems(text))
        named, accord, stems = self.read[text]
        mine = case.pledge.object
        if accord and (mine in named or not named - {mine, "agreement", "attacks"}):
            return "accord"
        if mine in named:
            return "object"
        return "words" if len(case.own & stems) >= ALIKE else ""

    def _accusation(self, words: list[str], case: "_Case") -> tuple[str, ...]:
        """Who is blamed where one side of the pledge blames another: "X blamed Y", "Y said that X had started it"."""
        found = [(i, self._sides(word, case)) for i, word in enumerate(words)]
        spots = [(i, side) for i, side in found if side]
        for at, word in enumerate(words):
            if word in self.blaming or word in self.speaking:
                before = [side for i, side in spots if i < at]
                after = [side for i, side in spots if i > at]
                blamed = word in self.blaming or any(self._has(row, words[at:]) for row in ("broken", "failed", "began"))
                if before and after and before[-1] != after[0] and blamed:
                    return (after[0],)
        return ()

    def _sides(self, word: str, case: "_Case") -> str:
        found = sorted((self.names.sides(word) | self.names.named(word)) & case.sides)
        return self.names.side_of.get(found[0], found[0]) if found else ""

    def _deed(
        self, reading: Reading, passage: Passage, words: list[str], about: str, case: "_Case"
    ) -> tuple[str | None, tuple[str, ...]]:
        """What the sentence says was done, and by which side of the pledge."""
        kept, broken = self.deeds.get(case.pledge.object, (Phrases(""), Phrases("")))
        rows = [(broken, "broken")]
        if about == "accord":
            rows += [(self.rows["broken"], "broken"), (self.rows["failed"], "failed_unattributed")]
        for row, kind in rows:
            for at, _ in row.places(words):
                if self._open(words, at) or self._negated(words, at) or self._no_end(words, at):
                    continue
                by = self._doer(words, at, case) if kind == "broken" else ()
                if kind != "broken" or (by and self._heard(reading, passage, words, by[0], case)):
                    return kind, by
        for row in (kept, *([self.rows["kept"]] if about == "accord" else [])):
            for at, _ in row.places(words):
                if self._open(words, at):
                    continue
                if not self._negated(words, at):
                    return "kept", ()
                if row is kept and about == "accord" and not case.several:
                    return "broken", tuple(sorted({self.names.side_of.get(p, p) for p in case.sides}))
        return None, ()

    def _heard(self, reading: Reading, passage: Passage, words: list[str], by: str, case: "_Case") -> bool:
        """Whether the report says it itself, or the doer admits it, or a bystander saw it: not one side of the other."""
        if not case.several:
            return True
        held = [
            a
            for a in reading.attributions
            if any(passage.quote.start < q.end and q.start < passage.quote.end for q in a.content)
        ]
        spoken = bool(held) or bool(self.speaking & set(words))
        if not spoken:
            return True
        speakers = [w for a in held for s in a.speakers if s.evidence for w in tokens(s.evidence.exact)]
        if any(self._sides(word, case) == by for word in speakers):
            return True
        return self._has("bystander", [*speakers, *words]) and not any(self._sides(word, case) for word in speakers)

    def _no_end(self, words: list[str], at: int) -> bool:
        """ "The sides failed after two weeks to conclude": no accord failed, none was made."""
        return words[at : at + 2] in NO_END or (words[at] in {"failed", "fails"} and "to" in words[at + 1 : at + CLAUSE])

    def _open(self, words: list[str], at: int) -> bool:
        """Whether a word just before says that the deed is not done yet."""
        return self._has("not_yet", words[max(0, at - 4) : at]) or bool(SUPPOSED & set(words[max(0, at - 8) : at]))

    def _negated(self, words: list[str], at: int) -> bool:
        near = words[max(0, at - 3) : at]
        return self._has("unkept", near) or any(w.endswith("n't") for w in near)

    def _doer(self, words: list[str], at: int, case: "_Case") -> tuple[str, ...]:
        """The side of the pledge whose name stands before the deed as its doer, or behind it after "by"."""
        spots: Iterable[int] = range(at - 1, max(0, at - CLAUSE) - 1, -1)
        if at and words[at - 1] in {"was", "were", "been", "being", "be", "is", "are"}:
            after = words[at : at + CLAUSE]
            if "by" not in after:
                return ()
            start = at + after.index("by")
            spots = range(start, min(start + 6, len(words)))
        named = next((side for i in spots if (side := self._sides(words[i], case))), "")
        return (named,) if named else ()


def _answered(found: Sequence[Told]) -> list[Told]:
    """Accusations between the sides of a pledge leave it disputed."""
    return [replace(t, kind="disputed", by=()) if t.kind == "accused" else t for t in found]


class _Case(Record, frozen=True, kw_only=True):
    """A pledge with the content words it was made in and the sides it binds."""

    pledge: Position
    own: frozenset[str]
    sides: frozenset[str]
    several: bool
    binding: bool
