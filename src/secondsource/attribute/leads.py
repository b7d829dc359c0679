"""quotations, parsed sentences -> the words around a quotation, and the speech that only its layout gives to somebody"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from secondsource.attribute.forms import Lexicon
from secondsource.attribute.frames import Frames
from secondsource.attribute.grammar import WEEKDAYS
from secondsource.attribute.ground import trim
from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import Quotation, Sentence

REACH = 40  # words between a quotation and its verb
NOUN_TAGS = NAME_TAGS | {"NN", "NNS", "PRP", "CD", "DT"}


@dataclass
class Spoken:
    """Quotations of one speaker under one reporting word. `sentence`, `cue` -1: only the layout shows it."""

    sentence: int
    cue: int
    kind: str
    quotations: list[Quotation]
    cue_words: tuple[int, ...] = ()
    speakers: tuple[tuple[int, ...], ...] = ()
    lead: tuple[int, int] | None = None
    fore: tuple[int, int] | None = None  # unquoted words before the speaker, of which the quotation is the second half
    addressee: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)


class Leads:
    """What stands around the quotations of one article; labels, lead-ins and signatures."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], trees: Sequence[Tree], quotations: Sequence[Quotation], lexicon: Lexicon
    ) -> None:
        self.text, self.sentences, self.trees, self.lexicon = text, sentences, trees, lexicon
        self.starts = [s.start for s in sentences]
        self.quotations = [q for q in quotations if q.depth == 0 and self._printed(q)]
        self.spoken: list[Spoken] = []
        self.by_cue: dict[tuple[int, int], Spoken] = {}
        self.owner: dict[int, Spoken] = {}
        self._q_starts = [q.start for q in self.quotations]

    def sentence_at(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def _printed(self, q: Quotation) -> bool:
        """Whether the quotation stands in the report, not in a comment or an advert between its sentences."""
        n = bisect_right(self.starts, q.start) - 1
        return (n >= 0 and (q.start < self.sentences[n].end or q.start - self.sentences[n].end < 3)) or (
            n < 0 and bool(self.starts) and q.end > self.starts[0]
        )

    def quoted(self, place: int) -> Quotation | None:
        """The outermost quotation that covers `place`."""
        k = bisect_right(self._q_starts, place) - 1
        return self.quotations[k] if k >= 0 and self.quotations[k].end > place else None

    def quotation_before(self, q: Quotation) -> Quotation | None:
        k = bisect_right(self._q_starts, q.start - 1) - 1
        return self.quotations[k] if k >= 0 else None

    def _last(self, q: Quotation) -> str:
        """The last character inside the marks that is no mark itself."""
        return self.text[max(q.inner_start, q.inner_end - 8) : q.inner_end].rstrip("'’”\"‘ ")[-1:] or " "

    def _begins_sentence(self, q: Quotation) -> bool:
        held = self.sentences[self.sentence_at(q.start)]
        return held.start == q.start or self.text[max(held.start, q.start - 3) : q.start].rstrip()[-1:] in {".", "!", "?"}

    def _begins_paragraph(self, q: Quotation) -> bool:
        n = self.sentence_at(q.start)
        return self.sentences[n].start == q.start and (n == 0 or self.sentences[n - 1].paragraph != self.sentences[n].paragraph)

    def same_paragraph(self, n: int, m: int) -> bool:
        return self.sentences[n].paragraph == self.sentences[m].paragraph

    def alone(self, q: Quotation) -> bool:
        """Whether the quotation is a whole paragraph."""
        n, m = self.sentence_at(q.start), self.sentence_at(q.end - 1)
        begins = self._begins_paragraph(q)
        ends = q.end >= self.sentences[m].end and (
            m + 1 == len(self.sentences) or self.sentences[m + 1].paragraph != self.sentences[m].paragraph
        )
        return begins and ends and n <= m

    def _speaks(self, tree: Tree, number: int, k: int, colon: bool = False) -> bool:
        frames = Frames(tree, number, self.lexicon)
        takes = {f for e in frames.entries(k) for f in e.takes}
        if (k + 2 < len(tree) and tree.lower(k + 1) == "as" and tree.lower(k + 2) == "saying") or frames.quoted_as_saying(k):
            return False  # "was quoted as saying", "quoted him as saying": saying is the cue
        if "quote" in takes:
            return tree.dep(k) not in {"amod", "aux"}
        return bool(colon and takes & {"object", "as", "clause", "told"})

    def _made(self, number: int, k: int) -> Spoken:
        key = (number, k)
        if key in self.by_cue:
            return self.by_cue[key]
        tree = self.trees[number]
        frames = Frames(tree, number, self.lexicon)
        entry = next((e for e in frames.entries(k) if "quote" in e.takes), None) or frames.entry(k)
        kind = (entry.takes.get("quote") or next(iter(entry.takes.values()))) if entry else "say"
        outside = {t.i for t in tree.tokens if self.quoted(t.start) is None}
        stop = set(range(len(tree))) - outside
        speakers, _ = frames.speakers(k, stop)
        if not speakers or not set(speakers[0]) <= outside or not speakers[0]:
            speakers = self._near(tree, k, outside)
        spoken = Spoken(number, k, kind, [], frames.cue_words(k, entry), speakers)
        if entry is not None:
            spoken.addressee = frames.addressee(k, entry, stop)
        self.by_cue[key] = spoken
        self.spoken.append(spoken)
        return spoken

    def _near(self, tree: Tree, k: int, outside: set[int]) -> tuple[tuple[int, ...], ...]:
        """Where the parse shows no subject: the noun phrase between quotation and verb, else the one behind the verb."""
        left = []
        j = k - 1
        while j in outside and tree.dep(j) != "ROOT":
            left.append(j)
            j -= 1
        if any(tree.tag(w) in {"VBD", "VBZ", "VBP"} for w in left):
            comma = next((w for w in left if tree.tokens[w].text == ","), -1)
            left = [w for w in left if w > comma]  # "…,” who leads the talks, spokeswoman Dorne told"
        words = trim(tree, tuple(sorted(left)))
        if all(tree.lower(w) in WEEKDAYS for w in words):
            words = ()
        if words and any(tree.tag(w) in NOUN_TAGS for w in words) and not any(tree.tag(w) in {"VBD", "VBZ"} for w in words):
            return (words,)
        right = []
        j = k + 1
        while j in outside and tree.tag(j) not in {",", ".", ":", "VBD", "VBZ"}:
            right.append(j)
            j += 1
        words = trim(tree, tuple(right))
        if words and tree.tag(words[-1]) in NOUN_TAGS and tree.tag(words[0]) not in {"IN", "TO", "RB"}:
            return (words,)
        return ()

    def _lead_in(self, number: int, q: Quotation) -> Spoken | None:
        """A paragraph that ends with a colon, or says "as follows", and then a block of quoted words."""
        if number == 0 or self.sentences[number].start != q.start:
            return None
        held = self.sentences[number - 1]
        tree = self.trees[number - 1]
        if not tree.tokens or tree.tokens[-1].text != ":":
            return None
        near = [
            k
            for k in range(max(0, len(tree) - 5), len(tree))
            if tree.tag(k) in {"NN", "NNS"} and tree.lower(k) in self.lexicon.nouns
        ]
        if near and (held_by := self._noun_lead(number - 1, near[-1])) is not None:
            return held_by
        for k in reversed(range(len(tree))):
            if self.quoted(tree.tokens[k].start) is None and tree.is_verb(k) and self._speaks(tree, number - 1, k, colon=True):
                return self._made(number - 1, k)
        for k in range(len(tree)):
            if tree.tag(k) in {"NN", "NNS"} and tree.lower(k) in self.lexicon.nouns:
                return self._noun_lead(number - 1, k)
        return None if held.end - held.start > 80 else self._label_words(number - 1)

    def _noun_lead(self, number: int, k: int) -> Spoken | None:
        """X made the following comment: “…”."""
        tree = self.trees[number]
        frames = Frames(tree, number, self.lexicon)
        verb = next((a for a in tree.ancestors(k) if tree.is_verb(a)), None)
        holder = tree.child(k, "poss")
        top = holder if holder is not None else frames.subject(verb) if verb is not None else None
        if top is None:
            return None
        speakers = (frames.phrase(top, {k, *([verb] if verb is not None else [])}),)
        spoken = Spoken(number, k, self.lexicon.nouns[tree.lower(k)], [], (k,), speakers)
        self.by_cue[(number, k)] = spoken
        self.spoken.append(spoken)
        return spoken

    def _label_words(self, number: int) -> Spoken | None:
        tree = self.trees[number]
        words = [t.i for t in tree.tokens if t.tag in NOUN_TAGS | {"JJ", "IN"}]
        run = [k for k in words if tree.tag(k) in NAME_TAGS | {"NN", "NNS"}]
        if not run or any(tree.is_verb(k) for k in range(len(tree))):
            return None
        top = run[-1]
        frames = Frames(tree, number, self.lexicon)
        phrase = frames.phrase(top, [k for k in range(len(tree)) if tree.tag(k) in {"IN", "CC", ":"}])
        spoken = Spoken(number, -1, "say", [], (), (phrase,))
        self.spoken.append(spoken)
        return spoken

    def _label(self, q: Quotation) -> Spoken | None:
        """Name: “…”."""
        number = self.sentence_at(q.start)
        tree = self.trees[number]
        words = [t.i for t in tree.tokens if t.end <= q.start]
        if len(words) < 2 or len(words) > 9 or tree.tokens[words[-1]].text != ":":
            return None
        rest = words[:-1]
        if any(tree.is_verb(k) for k in rest) or not any(tree.tag(k) in NAME_TAGS | {"NN", "NNS"} for k in rest):
            return None
        spoken = Spoken(number, -1, "say", [], (), (tuple(rest),))
        self.spoken.append(spoken)
        return spoken

    def _signed(self, q: Quotation) -> Spoken | None:
        """“…” — Name, at the end of a line."""
        number = self.sentence_at(q.end - 1)
        paragraph = self.sentences[number].paragraph
        for n in (number, number + 1):
            if n >= len(self.sentences) or self.sentences[n].paragraph != paragraph:
                continue
            tree = self.trees[n]
            words = [t.i for t in tree.tokens if t.start >= q.end and t.text.strip()]
            if len(words) < 2 or tree.tokens[words[0]].text[0] not in "―—–-~:" or len(words) > 20:
                continue
            name = trim(tree, words[1:])
            if name and self._headline(n, q, name):
                top = tree.top(name)
                noun = top if top is not None and tree.tag(top) in NOUN_TAGS else name[-1]
                spoken = Spoken(n, -1, "say", [], (), (Frames(tree, n, self.lexicon).phrase(noun, words[:1]),))
                self.spoken.append(spoken)
                return spoken
            tail = [k for k in name if tree.tokens[k].text in {",", "("}]
            person = tuple(k for k in name if not tail or k < tail[0])
            if (
                person
                and all(tree.tokens[k].text[:1].isupper() or tree.lower(k) in {"of", "the", "de", "van"} for k in person)
                and len(person) <= 6
            ):
                spoken = Spoken(n, -1, "say", [], (), (name if len(name) <= 14 else person,))
                self.spoken.append(spoken)
                return spoken
        return None

    def _headline(self, n: int, q: Quotation, name: Sequence[int]) -> bool:
        """“…”: somebody, as a line of its own without a full stop and without a verb."""
        tree = self.trees[n]
        last = tree.tokens[-1].text
        return (
            self._begins_paragraph(q)
            and last not in {".", "!", "?"}
            and not any(tree.is_verb(k) for k in name)
            and tree.lower(name[0]) not in {"the", "a"}
            and len(name) <= 10
            and any(tree.tag(k) in NOUN_TAGS for k in name)
        )
