"""drafts -> attributions: speakers resolved, nesting, mode, wording, channel"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from secondsource.attribute.channels import Channel, Channels
from secondsource.attribute.drafts import Draft
from secondsource.attribute.forms import Lexicon
from secondsource.attribute.ground import maker
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.nesting import speaks
from secondsource.model import (
    Article,
    Attribution,
    Cue,
    Mode,
    Quotation,
    Quote,
    Relay,
    Sentence,
    Span,
    Speaker,
    TimeExpression,
    Wording,
)

CERTAIN = frozenset({"say", "claim"})


class Recorder:
    """Makes the records of one article."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
        discourse: Discourse,
        times: Sequence[TimeExpression],
        lexicon: Lexicon,
    ) -> None:
        self.article, self.sentences, self.discourse, self.lexicon = article, sentences, discourse, lexicon
        self.quotations = sorted(quotations, key=lambda q: q.start)
        self.times: dict[int, list[TimeExpression]] = {}
        self.starts = [s.start for s in sentences]
        for t in times:
            n = self._at(t.quote.start)
            if n < len(sentences) and t.quote.start < sentences[n].end:
                self.times.setdefault(n, []).append(t)
        self.over: dict[int, list[tuple[int, int, Draft, Attribution]]] = {}  # by sentence: contents that reach into it
        self._q_starts = [q.start for q in self.quotations]
        self.body = " ".join(article.text[s.start : s.end] for s in sentences if s.segment == "body").lower()
        self.derived = any(r.kind == "derived_from" for r in article.relations)
        self.made: list[tuple[Draft, Attribution]] = []

    def records(self, drafts: list[Draft]) -> tuple[Attribution, ...]:
        """Outer ones are made first, so that "I" inside a speech can be resolved to its speaker."""
        drafts.sort(
            key=lambda d: (
                -(d.content[-1][1] - d.content[0][0]) if d.content else 0,
                d.content[0] if d.content else d.cue or (0, 0),
            )
        )
        seen: set[str] = set()
        for draft in drafts:
            outer = self._enclosing(draft)
            if outer is not None and self._idle(draft, outer[0]):
                continue
            record = self._record(draft, outer)
            if record.id not in seen:
                seen.add(record.id)
                self.made.append((draft, record))
                for a, b in draft.content:
                    for n in range(self._at(a), self._at(b - 1) + 1):
                        self.over.setdefault(n, []).append((a, b, draft, record))
                self._voice(draft)
        return tuple(sorted((r for _, r in self.made), key=lambda r: (where(r), r.id)))

    def _voice(self, draft: Draft) -> None:
        if draft.direct and draft.speakers:
            mention = self.discourse.refer(Span(*draft.speakers[0]))
            for start, end in draft.content:
                self.discourse.voice(Span(start, end), mention)

    def _idle(self, draft: Draft, outer: Draft) -> bool:
        """Inside another's words only what itself is told as speech is kept."""
        quoted = draft.frame in {"as", "object"} and any(
            q.start < b and a < q.end and q.kind != "title" for q in self._inner(outer) for a, b in draft.content
        )
        return not speaks(draft, outer, self.discourse.trees[draft.sentence], self.lexicon, quoted)

    def _inner(self, outer: Draft) -> list[Quotation]:
        """Quotations that stand in the content of `outer`, not around it."""
        out = []
        for a, b in outer.content:
            for k in range(bisect_left(self._q_starts, a), bisect_left(self._q_starts, b)):
                if self.quotations[k].end <= b + 1:
                    out.append(self.quotations[k])
        return out

    def _at(self, place: int) -> int:
        """The number of the sentence that holds `place`, or of the last before it."""
        return max(0, bisect_right(self.starts, place) - 1)

    def _enclosing(self, draft: Draft) -> tuple[Draft, Attribution] | None:
        """The smallest content that holds this cue and this content."""
        best: tuple[int, Draft, Attribution] | None = None
        first = draft.content[0][0] if draft.content else draft.cue[0] if draft.cue else 0
        last = draft.content[-1][1] if draft.content else draft.cue[1] if draft.cue else 0
        start = draft.cue[0] if draft.cue else first
        for a, b, outer, record in self.over.get(self._at(start), ()):
            if a <= start < b and a <= first and last <= b + 1 and (best is None or b - a < best[0]):
                best = (b - a, outer, record)
        return (best[1], best[2]) if best else None

    def _record(self, draft: Draft, outer: tuple[Draft, Attribution] | None) -> Attribution:
        quote = self.article.quote
        content = tuple(quote(a, b) for a, b in draft.content)
        tree = self.discourse.trees[draft.sentence]
        channel = Channel()
        if draft.verb >= 0 and draft.frame not in {"silence", "citing", "hedge", "noun"}:
            held = [*draft.content, *(c for c in (outer[0].content if outer else []) if not self._inside(c, draft))]
            channel = Channels(tree, draft.sentence, self.lexicon).read(
                draft.verb, [c for c in held if c not in ((0, 0),)], self.times.get(draft.sentence, ())
            )
        if not draft.speakers and draft.verb >= 0 and draft.frame in {"clause", "preposed"}:
            self._holder(draft)
        speakers = tuple(Speaker(mention=self.discourse.refer(Span(a, b)).id, evidence=quote(a, b)) for a, b in draft.speakers)
        mode = self._mode(draft)
        relays = [
            Relay(kind=k, name=n, evidence=quote(*e)) for k, n, e in channel.relays if draft.frame != "according" or k != "told"
        ]
        relays += self._relayed(outer)
        told = draft.addressee
        if told is not None and any(
            r.kind == "told" and r.evidence.start < told[1] and told[0] < r.evidence.end for r in relays
        ):
            told = None
        told = told or (channel.addressee if draft.frame != "according" else None)
        hedge = self._hedge(draft)
        return Attribution(
            article=self.article.id,
            mode=mode,
            speakers=speakers,
            cue=Cue(kind=self._kind(draft), evidence=quote(*draft.cue) if draft.cue else None),
            content=content,
            relays=tuple(relays),
            said=channel.said,
            parent=outer[1].id if outer else None,
            wording=self._wording(draft, mode, content, channel),
            addressee=quote(*told) if told else None,
            venue=quote(*channel.venue) if channel.venue else None,
            hedge=quote(*hedge) if hedge else None,
            question=quote(*draft.question) if draft.question else None,
        )

    def _inside(self, span: tuple[int, int], draft: Draft) -> bool:
        return bool(draft.cue) and span[0] <= (draft.cue or (0, 0))[0] < span[1]

    def _kind(self, draft: Draft) -> str:
        """An outlet that "says" passes on."""
        if draft.kind == "say" and draft.speakers and self._outlet(draft.speakers[0]) and not draft.direct:
            return "report"
        return draft.kind

    def _outlet(self, span: tuple[int, int]) -> bool:
        words = self.discourse.refer(Span(*span)).quote.exact.lower().replace("’", "'").split()
        if not words:
            return False
        bare = [w.removesuffix("'s").strip(",") for w in words[-3:]]
        text = self.article.text[slice(*span)].split()
        known = {w.strip(",’'").lower() for w in text if w.isupper() and len(w) > 1}  # BBC Verify, AP journalists
        return bare[-1] in self.lexicon.outlets or bare[-1] in {"newspaper", "website"} or bool(known & self.lexicon.outlets)

    def _relayed(self, outer: tuple[Draft, Attribution] | None) -> list[Relay]:
        """The outlet that reports the speech is its relay."""
        if outer is None or not outer[0].speakers or not self._outlet(outer[0].speakers[0]):
            return []
        a, b = outer[0].speakers[0]
        tree = self.discourse.trees[outer[0].sentence]
        channels = Channels(tree, outer[0].sentence, self.lexicon)
        kind = "according_to" if outer[0].frame == "according" else "reported_by"
        return [Relay(kind=kind, name=channels.outlet_name(tree.at(a, b)), evidence=self.article.quote(a, b))]  # type: ignore[arg-type]

    def _holder(self, draft: Draft) -> None:
        """ "It was stated in a statement by X": X speaks; in "the statement" alone, who made it in a sentence just before."""
        for number in range(draft.sentence, max(-1, draft.sentence - 3), -1):
            if self.sentences[number].paragraph < self.sentences[draft.sentence].paragraph - 1:
                return
            tree = self.discourse.trees[number]
            held = [draft.content, []][number != draft.sentence]
            for t in tree.tokens:
                if t.text.lower() not in self.lexicon.occasions or any(a <= t.start < b for a, b in held):
                    continue
                words = maker(tree, t.i)
                if words:
                    draft.speakers.append(tree.span(words))
                    return
            if number == draft.sentence and not any(t.text.lower() in self.lexicon.occasions for t in tree.tokens):
                return

    def _mode(self, draft: Draft) -> Mode:
        if draft.direct:
            return "direct"
        text = self.article.text
        quoted = total = 0
        for a, b in draft.content:
            if text[a : a + 5].lower() == "that ":
                a += 5
            total += b - a
            for q in self.quotations:
                if q.kind != "title" and q.start < b and a < q.end and not (draft.cue and q.start <= draft.cue[0] < q.end):
                    quoted += min(b, q.end) - max(a, q.start)
        return "indirect" if not quoted else "direct" if quoted >= total - 3 else "mixed"

    def _wording(self, draft: Draft, mode: Mode, content: Sequence[Quote], channel: Channel) -> Wording:
        if self.sentences[draft.sentence].segment == "title" and mode != "indirect" and not self._in_body(content):
            return "headline_only"
        if mode == "indirect":
            return "paraphrase"
        if channel.interpreted:
            return "translated"
        if any(
            ("[" in q.exact and not q.exact.startswith("[")) or (q.exact.startswith("[") and "]" in q.exact) for q in content
        ):
            return "insertion"
        return "rewritten" if self.derived and mode == "direct" else "as_printed"

    def _in_body(self, content: Sequence[Quote]) -> bool:
        return all(q.exact.strip(" .,!?“”\"'‘’").lower() in self.body for q in content)

    def _hedge(self, draft: Draft) -> tuple[int, int] | None:
        """The first hedging word in the content or beside the cue."""
        if draft.frame == "hedge":
            return draft.cue
        spans = [*draft.content, *([draft.cue] if draft.cue else [])]
        tree = self.discourse.trees[draft.sentence]
        if draft.direct:
            return None
        for t in tree.tokens:
            if t.text.lower() in self.lexicon.hedges and any(a <= t.start < b for a, b in spans):
                return t.start, t.end
        return None


def where(record: Attribution) -> tuple[int, int]:
    first = record.content[0] if record.content else record.cue.evidence
    return (first.start, first.end) if first else (0, 0)
