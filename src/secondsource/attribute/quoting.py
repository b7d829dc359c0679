"""quotations, parsed sentences -> which reporting word each quotation belongs to

A quotation belongs to the reporting verb behind it ("…," he said), before it (he said: "…"), to the speaker label before it, or to
the quotation it carries on. All its sentences belong to the same speaker.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from secondsource.attribute.forms import Lexicon
from secondsource.attribute.frames import Found, Frames, trim
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
    label: tuple[int, int] | None = None
    addressee: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)


class Quoting:
    """Assigns the quotations of one article."""

    def __init__(self, text: str, sentences: Sequence[Sentence], trees: Sequence[Tree], quotations: Sequence[Quotation], lexicon: Lexicon) -> None:
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
        return n >= 0 and (q.start < self.sentences[n].end or q.start - self.sentences[n].end < 3) or n < 0 and bool(self.starts) and q.end > self.starts[0]

    def quoted(self, place: int) -> Quotation | None:
        """The outermost quotation that covers `place`."""
        k = bisect_right(self._q_starts, place) - 1
        return self.quotations[k] if k >= 0 and self.quotations[k].end > place else None

    def assign(self) -> list[Spoken]:
        """Every quotation that is somebody's speech, under its reporting word."""
        if not self.sentences:
            return []
        waiting: list[Quotation] = []
        for q in self.quotations:
            if not self._is_speech(q):
                continue
            led = self.text[max(0, q.start - 3) : q.start].rstrip().endswith(":")
            spoken = (self.before(q) if led else None) or self.after(q) or self.before(q) or self._label(q) or self._signed(q)
            if spoken is not None:
                self._own(q, spoken)
                self._take(waiting, spoken, q)
                waiting = []
                continue
            held = self._carried(q)
            if held is not None:
                self._own(q, held)
                waiting = []
            elif self._alone(q):
                waiting.append(q)
        return self.spoken

    def unowned(self) -> list[Quotation]:
        """Speech that begins a sentence and has no owner."""
        return [q for q in self.quotations if q.kind == "speech" and q.start not in self.owner and self._begins_sentence(q)]

    def same_paragraph(self, n: int, m: int) -> bool:
        return self.sentences[n].paragraph == self.sentences[m].paragraph

    def _take(self, waiting: list[Quotation], spoken: Spoken, q: Quotation) -> None:
        """Quotations that stood alone just before belong to the first speaker behind them."""
        for w in reversed(waiting):
            if 0 <= q.paragraph - w.paragraph <= 1 and self._begins_paragraph(q):
                spoken.quotations.insert(0, w)
                self.owner[w.start] = spoken
                q = w
            else:
                return

    def _own(self, q: Quotation, spoken: Spoken) -> None:
        spoken.quotations.append(q)
        self.owner[q.start] = spoken

    def _is_speech(self, q: Quotation) -> bool:
        if q.kind == "speech":
            return True
        inner_last = self._last(q)
        before = self.text[max(0, q.start - 2) : q.start].rstrip()[-1:]
        return inner_last in ",!?." or before == ":" or self._begins_sentence(q)

    def _last(self, q: Quotation) -> str:
        """The last character inside the marks that is no mark itself."""
        return self.text[q.inner_start : q.inner_end].rstrip("'’”\"‘ ")[-1:] or " "

    def _begins_sentence(self, q: Quotation) -> bool:
        held = self.sentences[self.sentence_at(q.start)]
        return held.start == q.start or self.text[held.start : q.start].rstrip()[-1:] in {".", "!", "?"}

    def _begins_paragraph(self, q: Quotation) -> bool:
        n = self.sentence_at(q.start)
        return self.sentences[n].start == q.start and (n == 0 or self.sentences[n - 1].paragraph != self.sentences[n].paragraph)

    # -- the reporting verb behind or before ---------------------------------------------------------------------------

    def after(self, q: Quotation) -> Spoken | None:
        """“…,” X said; “…,” said X."""
        last = self._last(q)
        follows = self.text[q.end : q.end + 1]
        if last not in ",?!—-…." and follows not in {",", "—", "–"}:
            return None
        number = self.sentence_at(q.end - 1)
        tree = self.trees[number]
        words = [t.i for t in tree.tokens if t.start >= q.end]
        if not words and number + 1 < len(self.sentences):
            number += 1
            tree = self.trees[number]
            if self.sentences[number].paragraph != self.sentences[number - 1].paragraph or not tree.tokens or last in ",":
                return None
            words = [t.i for t in tree.tokens]
            if tree.tokens[0].text[:1].isupper() and last == ".":
                return None
        if last == "." and follows != "," and words and tree.tokens[words[0]].text[:1].isupper():
            return None
        for k in words[:REACH]:
            t = tree.tokens[k]
            if self.quoted(t.start) is not None or t.text in {";", ":"}:
                return None
            if tree.is_verb(k) and self._speaks(tree, number, k):
                if t.tag == "VBG" and tree.child(k, "nsubj") is None and tree.dep(k) != "pcomp":
                    return None  # “…”, adding that: the quotation is not its own
                return self._made(number, k, q, behind=True)
            if tree.is_verb(k) and tree.dep(k) in {"ROOT", "conj"} and tree.tag(k) in {"VBD", "VBZ", "VBP"} and t.text.lower() not in {"is", "was", "has", "had"}:
                return None
        return None

    def before(self, q: Quotation) -> Spoken | None:
        """X said: “…”; X said, “…”; X, adding: “…”."""
        number = self.sentence_at(q.start)
        tree = self.trees[number]
        words = [t.i for t in tree.tokens if t.end <= q.start]
        if not words:
            return self._lead_in(number, q)
        mark = tree.tokens[words[-1]].text
        if mark == ":" and not any(tree.is_verb(k) for k in words):
            return None
        if mark == "," and (held := self._split(number, q)) is not None:
            return held
        if mark not in {",", ":", "—", "–", "--"} and not self._adjacent(tree, number, words[-1], q):
            return None
        for k in reversed(words[-REACH:]):
            t = tree.tokens[k]
            inside = self.quoted(t.start)
            if inside is not None and mark not in {":"}:
                if inside.start in self.owner and self.text[inside.inner_end - 1] in ",.":
                    return None
                continue
            if tree.is_verb(k) and self._speaks(tree, number, k, colon=mark == ":"):
                return self._made(number, k, q, behind=False)
            if mark == ":" and tree.tag(k) in {"NN", "NNS"} and tree.lower(k) in self.lexicon.nouns:
                continue
            if mark != ":" and tree.tag(k) in {"VBD", "VBZ", "VBP", "MD"} and tree.dep(k) not in {"relcl", "auxpass", "advcl", "acl"}:
                return None
        return None

    def _split(self, number: int, q: Quotation) -> Spoken | None:
        """“A,” X said, “b.”: the second half belongs to the verb between the two."""
        for spoken in reversed(self.spoken[-2:]):
            if spoken.sentence == number and spoken.cue >= 0 and spoken.quotations and self.text[q.inner_start : q.inner_start + 1].islower():
                last = spoken.quotations[-1]
                cue = self.trees[number].tokens[spoken.cue]
                if last.end <= cue.start and cue.end <= q.start and self.text[last.inner_end - 1] in ",—-":
                    return spoken
        return None

    def _adjacent(self, tree: Tree, number: int, word: int, q: Quotation) -> bool:
        """`said “We …”`: no comma, but a whole sentence begins."""
        head = self.text[q.inner_start : q.inner_start + 1]
        if not head.isupper():
            return False
        if tree.is_verb(word):
            return self._speaks(tree, number, word)
        return False

    def _speaks(self, tree: Tree, number: int, k: int, colon: bool = False) -> bool:
        frames = Frames(tree, number, self.lexicon)
        takes = {f for e in frames.entries(k) for f in e.takes}
        if k + 2 < len(tree) and tree.lower(k + 1) == "as" and tree.lower(k + 2) == "saying":
            return False  # "was quoted as saying": saying is the cue
        if "quote" in takes:
            return tree.dep(k) not in {"amod", "aux"}
        if colon and takes & {"object", "as", "clause", "told"}:
            return True
        return False

    def _made(self, number: int, k: int, q: Quotation, behind: bool) -> Spoken:
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
            speakers = self._near(tree, k, q, outside)
        spoken = Spoken(number, k, kind, [], frames.cue_words(k, entry), speakers)
        if entry is not None:
            spoken.addressee = frames.addressee(k, entry, stop)
        self.by_cue[key] = spoken
        self.spoken.append(spoken)
        return spoken

    def _near(self, tree: Tree, k: int, q: Quotation, outside: set[int]) -> tuple[tuple[int, ...], ...]:
        """Where the parse shows no subject: the noun phrase between quotation and verb, else the one behind the verb."""
        left = []
        j = k - 1
        while j in outside and tree.dep(j) != "ROOT":
            left.append(j)
            j -= 1
        words = trim(tree, tuple(sorted(left)))
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

    # -- layout --------------------------------------------------------------------------------------------------------

    def _lead_in(self, number: int, q: Quotation) -> Spoken | None:
        """A paragraph that ends with a colon, or says "as follows", and then a block of quoted words."""
        if number == 0 or self.sentences[number].start != q.start:
            return None
        held = self.sentences[number - 1]
        tree = self.trees[number - 1]
        if not tree.tokens or tree.tokens[-1].text != ":":
            return None
        near = [k for k in range(max(0, len(tree) - 5), len(tree)) if tree.tag(k) in {"NN", "NNS"} and tree.lower(k) in self.lexicon.nouns]
        if near and (held_by := self._noun_lead(number - 1, near[-1])) is not None:
            return held_by
        for k in reversed(range(len(tree))):
            if self.quoted(tree.tokens[k].start) is None and tree.is_verb(k) and self._speaks(tree, number - 1, k, colon=True):
                return self._made(number - 1, k, q, behind=False)
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
            if person and all(tree.tokens[k].text[:1].isupper() or tree.lower(k) in {"of", "the", "de", "van"} for k in person) and len(person) <= 6:
                spoken = Spoken(n, -1, "say", [], (), (name if len(name) <= 14 else person,))
                self.spoken.append(spoken)
                return spoken
        return None

    def _headline(self, n: int, q: Quotation, name: Sequence[int]) -> bool:
        """“…”: somebody, as a line of its own without a full stop and without a verb."""
        tree = self.trees[n]
        last = tree.tokens[-1].text
        return (
            self._begins_paragraph(q) and last not in {".", "!", "?"} and not any(tree.is_verb(k) for k in name)
            and tree.lower(name[0]) not in {"the", "a"} and len(name) <= 10 and any(tree.tag(k) in NOUN_TAGS for k in name)
        )  # fmt: skip

    def _carried(self, q: Quotation) -> Spoken | None:
        """The speech that a quotation without a reporting word carries on."""
        if not self.spoken or not self._begins_sentence(q) or self._has_own_verb(q):
            return None
        latest = self.spoken[-1]
        previous = latest.quotations[-1] if latest.quotations else None
        if previous is None:
            return None
        if q.continues and previous.paragraph == q.paragraph - 1:
            return latest
        if previous.paragraph == q.paragraph or self.sentences[latest.sentence].paragraph == self.sentences[self.sentence_at(q.start)].paragraph:
            return latest
        if self._alone(q) and previous.paragraph == q.paragraph - 1 and self._ends_in_speech(latest, q):
            return latest
        return None

    def _has_own_verb(self, q: Quotation) -> bool:
        """Whether the sentence goes on behind the quotation to a reporting verb of its own: “A” would be B, she said."""
        number = self.sentence_at(q.end - 1)
        tree = self.trees[number]
        for t in tree.tokens:
            if t.start >= q.end and tree.is_verb(t.i) and self._speaks(tree, number, t.i) and tree.child(t.i, "nsubj") is not None:
                return self.quoted(t.start) is None
        return False

    def _ends_in_speech(self, latest: Spoken, q: Quotation) -> bool:
        """Whether the paragraph before `q` ends with the words of `latest` or with its reporting clause."""
        n = self.sentence_at(q.start)
        held = self.sentences[n - 1] if n else None
        return held is not None and (latest.sentence == n - 1 or latest.quotations[-1].end >= held.end - 2)

    def _alone(self, q: Quotation) -> bool:
        """Whether the quotation is a whole paragraph."""
        n, m = self.sentence_at(q.start), self.sentence_at(q.end - 1)
        begins = self._begins_paragraph(q)
        ends = q.end >= self.sentences[m].end and (m + 1 == len(self.sentences) or self.sentences[m + 1].paragraph != self.sentences[m].paragraph)
        return begins and ends and n <= m


def found_cues(found: Sequence[Found]) -> dict[tuple[int, int], Found]:
    """Frames by their cue's place."""
    return {(f.sentence, f.cue): f for f in found}
