"""quotations, parsed sentences -> which reporting word each quotation belongs to

A quotation belongs to the reporting verb behind it ("…," he said), before it (he said: "…"), to the speaker label before
it, or to the quotation it carries on. All its sentences belong to the same speaker.
"""

from secondsource.attribute.frames import Frames
from secondsource.attribute.leads import REACH, Leads, Spoken
from secondsource.attribute.tree import Tree
from secondsource.model import Quotation


class Quoting(Leads):
    """Assigns the quotations of one article."""

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
                self._reach_back(spoken, q)
                self._take(waiting, spoken, q)
                waiting = []
                continue
            held = self._carried(q)
            if held is not None:
                self._own(q, held)
                waiting = []
            elif self.alone(q):
                waiting.append(q)
        return self.spoken

    def unowned(self) -> list[Quotation]:
        """Speech that begins a sentence and has no owner."""
        return [q for q in self.quotations if q.kind == "speech" and q.start not in self.owner and self._begins(q)]

    def _begins(self, q: Quotation) -> bool:
        """Whether the quotation begins a sentence, or stands behind a colon."""
        return self._begins_sentence(q) or self.text[max(0, q.start - 2) : q.start].rstrip().endswith(":")

    def _reach_back(self, spoken: Spoken, q: Quotation) -> None:
        """The quotation that the paragraph before left open, for `q` to carry on, has the speaker of `q`."""
        before = self.quotation_before(q)
        left = before is not None and not before.closed and before.start not in self.owner
        if q.continues and before is not None and left and before.paragraph == q.paragraph - 1:
            spoken.quotations.insert(0, before)
            self.owner[before.start] = spoken

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
        return (inner_last in ",!?." and before in {",", ":", "—", "–", ""}) or before == ":" or self._begins_sentence(q)

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
                if self._asks(tree, number, k, q):
                    return None
                spoken = self._made(number, k)
                spoken.lead = spoken.lead or self._lead(q, self._by_outlet(spoken))
                return spoken
            if (
                tree.is_verb(k)
                and tree.dep(k) in {"ROOT", "conj"}
                and tree.tag(k) in {"VBD", "VBZ", "VBP"}
                and t.text.lower() not in {"is", "was", "has", "had"}
            ):
                return None
        return None

    def _asks(self, tree: Tree, number: int, k: int, q: Quotation) -> bool:
        """ "asked them to write", "who called it a “farce,” told his men to go": what is to be done, and no words of it."""
        frames = Frames(tree, number, self.lexicon)
        if frames.purpose(k):
            return True
        told = any(frames.to_infinitive(c) for c in tree.children(k, "xcomp", "ccomp", "advcl") if c > k)
        return told and not self._begins_sentence(q)

    def _by_outlet(self, spoken: Spoken) -> bool:
        """Whether an agency or a station reports it: then the sentence before it, with its own speaker, is what it reports."""
        tree = self.trees[spoken.sentence]
        return any(tree.lower(w) in self.lexicon.outlets for words in spoken.speakers for w in words[-3:])

    def _lead(self, q: Quotation, reported: bool = False) -> tuple[int, int] | None:
        """The unquoted beginning of a sentence that ends in quoted words: The plan “is a mistake,” she said."""
        number = self.sentence_at(q.start)
        held = self.sentences[number]
        tree = self.trees[number]
        before = self.text[max(held.start, q.start - 401) : q.start].rstrip()
        if held.start == q.start or not before or before[-1] in ":;.!?—–-“”\"'" or len(before) > 400:
            return None
        if before[-1] == "," and not self.text[q.inner_start : q.inner_start + 1].islower():
            return None
        words = [t.i for t in tree.tokens if t.end <= q.start]
        if len(words) < 2 or any(self.quoted(tree.tokens[w].start) is not None for w in words):
            return None
        if not reported and any(tree.is_verb(w) and self._speaks(tree, number, w) for w in words):
            return None  # it has a reporting verb of its own
        return held.start, q.start

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
            if mark == "," and self._describes(tree, k, words[-1], q):
                return None  # "the firm, which hopes to build there, “should go”": the verb only describes
            if tree.is_verb(k) and self._speaks(tree, number, k, colon=mark == ":"):
                if self._own_clause(tree, k, words[-1]):
                    return None  # "said she had one wish: “…”": the clause is the content, and takes the quotation in
                return self._with_fore(number, k, q, mark)
            if (
                mark != ":"
                and tree.tag(k) in {"VBD", "VBZ", "VBP", "MD"}
                and tree.dep(k) not in {"relcl", "auxpass", "advcl", "acl"}
            ):
                return None
        return None

    def _describes(self, tree: Tree, k: int, last: int, q: Quotation) -> bool:
        """Whether the relative clause at verb `k` stands between two commas, and the quoted words go on behind it."""
        if tree.dep(k) != "relcl" or last - k <= 2:
            return False
        first = tree.subtree(k)[0]
        begun = first > 0 and tree.tokens[first - 1].text == ","
        return begun and self.text[q.inner_start : q.inner_start + 1].islower()

    def _with_fore(self, number: int, k: int, q: Quotation, mark: str) -> Spoken:
        spoken = self._made(number, k)
        if mark == "," and not spoken.quotations:
            spoken.fore = self._fore(number, k, q)
        return spoken

    def _fore(self, number: int, k: int, q: Quotation) -> tuple[int, int] | None:
        """The unquoted first half of a sentence whose second half is quoted: The task, she said, “is to begin.”"""
        tree = self.trees[number]
        spoken = self.by_cue[(number, k)]
        mine = [*spoken.cue_words, *(w for words in spoken.speakers for w in words)]
        first = min(mine)
        words = [w for w in range(first - 1) if tree.tag(w) != "_SP"]
        if (
            not self.text[q.inner_start : q.inner_start + 1].islower()
            or len(words) < 2
            or tree.tokens[first - 1].text != ","
            or tree.tag(words[0]) in {"IN", "RB", "TO", "VBG", "VBN", "CC"}
            or not any(tree.dep(w) in {"nsubj", "nsubjpass"} or tree.tag(w).startswith("NN") for w in words)
            or any(self.quoted(tree.tokens[w].start) is not None for w in words)
            or any(tree.is_verb(w) and self._speaks(tree, number, w) for w in words)
        ):
            return None
        return tree.tokens[words[0]].start, tree.tokens[words[-1]].end

    def _own_clause(self, tree: Tree, k: int, last: int) -> bool:
        """Whether an unquoted clause with a verb of its own stands between the reporting verb `k` and word `last`."""
        return any(
            tree.tag(m) in {"VBD", "VBZ", "VBP", "MD"}
            and tree.dep(m) not in {"relcl", "advcl", "acl"}
            and k in tree.ancestors(m)
            and not any(
                tree.dep(a) in {"relcl", "advcl", "acl", "nsubj"} for a in [m, *tree.ancestors(m)[: tree.ancestors(m).index(k)]]
            )
            and self.quoted(tree.tokens[m].start) is None
            for m in range(k + 1, last)
        )

    def _split(self, number: int, q: Quotation) -> Spoken | None:
        """“A,” X said, “b.”: the second half belongs to the verb between the two."""
        for spoken in reversed(self.spoken[-2:]):
            if (
                spoken.sentence == number
                and spoken.cue >= 0
                and spoken.quotations
                and self.text[q.inner_start : q.inner_start + 1].islower()
            ):
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
        if (
            previous.paragraph == q.paragraph
            or self.sentences[latest.sentence].paragraph == self.sentences[self.sentence_at(q.start)].paragraph
        ):
            return latest
        if self.alone(q) and previous.paragraph == q.paragraph - 1 and self._ends_in_speech(latest, q):
            return latest
        return None

    def _has_own_verb(self, q: Quotation) -> bool:
        """Whether the sentence goes on behind the quotation to a reporting verb of its own: “A” would be B, she said."""
        number = self.sentence_at(q.end - 1)
        tree = self.trees[number]
        for t in tree.tokens:
            if (
                t.start >= q.end
                and tree.is_verb(t.i)
                and self._speaks(tree, number, t.i)
                and tree.child(t.i, "nsubj") is not None
            ):
                return self.quoted(t.start) is None
        return False

    def _ends_in_speech(self, latest: Spoken, q: Quotation) -> bool:
        """Whether the paragraph before `q` ends with the words of `latest` or with its reporting clause."""
        n = self.sentence_at(q.start)
        held = self.sentences[n - 1] if n else None
        return held is not None and (latest.sentence == n - 1 or latest.quotations[-1].end >= held.end - 2)
