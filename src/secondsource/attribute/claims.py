"""sentences, attributions, times, figures, mentions, act tables -> claims: what is asserted, by whom, and how real it is

For the outlet's own voice and inside every content of an attribution. What a demand, an offer or a refusal is about is its object
and no second claim; what is blamed in an accusation is claimed by the accuser. A field without words stays empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from secondsource.attribute.acts import NOUN_TAGS, Acts
from secondsource.attribute.conditions import Clause, conditions, repointed
from secondsource.attribute.deeds import TIMES, Deed, Deeds, place_of
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.objects import Labels
from secondsource.attribute.positions import Voice, position
from secondsource.attribute.realis import Judge
from secondsource.attribute.standing import background, standing
from secondsource.attribute.tree import Tree
from secondsource.model import (
    Article, Attribution, Claim, Condition, Figure, Polarity, Quote, Realis, Sentence, Span, TimeExpression,
)  # fmt: skip

ABOUT = frozenset({"demand", "appeal", "order", "offer", "conditional_offer", "promise", "agree", "accept", "refuse", "threaten", "praise"})


@dataclass(frozen=True)
class Made:
    """A deed with the fields that are read from its sentence."""

    deed: Deed
    number: int
    realis: Realis
    polarity: Polarity
    attribution: Attribution | None
    own: bool
    conditions: tuple[Clause, ...]


def claims(
    article: Article, sentences: Sequence[Sentence], attributions: Sequence[Attribution], times: Sequence[TimeExpression],
    figures: Sequence[Figure], discourse: Discourse, acts: Acts,
) -> tuple[Claim, ...]:  # fmt: skip
    """Every claim of the article, in the text's order. `acts` is made of the tables `acts` and `objects`."""
    return Reader(article, attributions, times, figures, discourse, acts).all(sentences)


class Reader:
    """Reads the claims of one article."""

    def __init__(
        self, article: Article, attributions: Sequence[Attribution], times: Sequence[TimeExpression], figures: Sequence[Figure],
        discourse: Discourse, acts: Acts,
    ) -> None:  # fmt: skip
        self.article = article
        self.attributions = sorted(attributions, key=lambda a: min(q.start for q in a.content) if a.content else 0)
        self.times = sorted(times, key=lambda t: t.quote.start)
        self.figures = figures
        self.discourse = discourse
        self.acts = acts
        self.labels = Labels(acts.things, acts)
        self.trees = discourse.trees

    def all(self, sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
        found = repointed(conditions(self.trees), self.trees)
        made: dict[str, Claim] = {}
        for number, tree in enumerate(self.trees):
            if not tree.tokens:
                continue
            here = [c for c in found if number in (c.sentence, c.of_sentence)]
            for claim in self._sentence(number, tree, here):
                made.setdefault(claim.id, claim)
        return tuple(sorted(made.values(), key=lambda c: (c.evidence[0].start, c.evidence[0].end, c.act, c.id)))

    def _sentence(self, number: int, tree: Tree, found: list[Clause]) -> Iterator[Claim]:
        judge = Judge(tree, self.acts)
        deeds = list(Deeds(tree, self.acts, self.labels).all())
        about = covered(tree, [d for d in deeds if d.act in ABOUT])
        for deed in deeds:
            start, end = tree.span(deed.words)
            cue = tree.tokens[deed.cue]
            if deed.cue in about or deed.verb in about or any(c.start <= cue.start < c.end for c in found if c.sentence == number):
                continue
            if not standing(tree, deed, self.acts):
                continue
            attribution, own = self._attribution(tree, deed, start, end)
            realis, polarity = judge.of(deed)
            held = tuple(c for c in found if c.of is not None and c.of[0] < end and start < c.of[1])
            voice = Voice(tree, attribution if not own else None, self.article.text)
            changed = position(deed, voice, realis, polarity, bool(held), self.acts, self.labels)
            if changed is None:
                continue
            deed, realis, polarity = changed
            if attribution is not None and not own and attribution.cue.kind == "deny" and attribution.mode == "indirect" and deed.act != "deny" and not denies(tree, deed):
                polarity = "negative" if polarity == "positive" else "positive"
            realis = self._dated(tree, deed, realis, start, end)
            yield from self._claim(Made(deed, number, realis, polarity, attribution, own, held), tree, start, end)

    def _dated(self, tree: Tree, deed: Deed, realis: Realis, start: int, end: int) -> Realis:
        if realis == "actual" and background(tree, deed, self.article, self._when(tree, deed), self.acts):
            return "background"
        return realis

    def _attribution(self, tree: Tree, deed: Deed, start: int, end: int) -> tuple[Attribution | None, bool]:
        """The attribution that a speech act itself is, else the innermost one whose content holds the deed."""
        cue = tree.tokens[deed.cue]
        if self.acts.defaults[deed.act]["kind"] == "speech":
            for a in self.attributions:
                words = a.cue.evidence
                if words is not None and words.start <= cue.start < words.end:
                    return a, True
        best: Attribution | None = None
        size = 0
        for a in self.attributions:
            for q in a.content:
                if q.start <= cue.start and cue.end <= q.end and (best is None or q.end - q.start < size):
                    best, size = a, q.end - q.start
        return best, False

    def _when(self, tree: Tree, deed: Deed) -> TimeExpression | None:
        """The time in the deed's own clause: on the deed before on the clause, not in another clause."""
        sentence = tree.sentence
        here = [t for t in self.times if sentence.start <= t.quote.start < sentence.end]
        best: tuple[int, TimeExpression] | None = None
        for t in here:
            words = tree.at(t.quote.start, t.quote.end)
            top = tree.top(words) if words else None
            if top is None:
                continue
            distance = reaches(tree, top, deed)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, t)
        return best[1] if best else None

    def _claim(self, m: Made, tree: Tree, start: int, end: int) -> Iterator[Claim]:
        deed = m.deed
        time = self._when(tree, deed)
        actor, target, place = self._mention(tree, deed.actor), self._mention(tree, deed.target), self._place(tree, deed)
        if actor is None and m.deed.actor is None and deed.group.frame == "speaker" and m.attribution and m.attribution.speakers:
            actor = m.attribution.speakers[0].mention
        cue = tree.tokens[deed.cue]
        figure = next((f.id for f in self.figures if any(start <= q.start and q.end <= end for q in f.evidence)), None)
        base = Claim(
            article=self.article.id, act=deed.act, evidence=(self.article.quote(start, end),), object=deed.label, actor=actor, target=target,
            place=place, realis=m.realis, polarity=m.polarity, conditions=self._conditions(m), when=time.when if time else None,
            figure=figure, attribution=m.attribution.id if m.attribution else None, plover=plover(deed, m, self.acts),
            cameo=deed.group.cameo, cue=self.article.quote(cue.start, cue.end),
        )  # fmt: skip
        yield from self._mutual(base, tree, deed)

    def _mutual(self, claim: Claim, tree: Tree, deed: Deed) -> Iterator[Claim]:
        """ "A and B accused each other": each of the other."""
        target = deed.target
        words = {tree.lower(k) for k in tree.subtree(target)} if target is not None else set()
        each = words and words <= {"each", "one", "another", "other", "the"}
        if claim.act != "accuse" or not (each or deed.group.parts[:1] in {("accusation",), ("blame",), ("barbs",)}) or deed.actor is None:
            yield claim
            return
        sides = [deed.actor, *tree.children(deed.actor, "conj")]
        if len(sides) != 2:
            yield claim
            return
        names = [self._mention(tree, s, alone=True) for s in sides]
        for a, b in ((0, 1), (1, 0)):
            yield msgspec.structs.replace(claim, actor=names[a], target=names[b], id="")

    def _conditions(self, m: Made) -> tuple[Condition, ...]:
        made = []
        for c in m.conditions:
            of = self.article.quote(*c.of) if c.of else None
            made.append(Condition(words=self.article.quote(c.start, c.end), of=of))
        return tuple(made)

    def _mention(self, tree: Tree, head: int | None, alone: bool = False) -> str | None:
        """The mention of the noun phrase at `head`, with what is joined to it unless `alone`."""
        if head is None or tree.tag(head) not in NOUN_TAGS | {"PRP", "PRP$", "WP", "WDT", "DT", "CD", "JJ", "VBG", "JJS", "POS", "EX", "PDT", "RB", "IN"}:
            return None
        if tree.tag(head) in {"EX", "RB", "IN", "VBG"} or tree.lower(head) in TIMES:
            return None
        skip = {"relcl", "acl", "appos", "punct", "advcl"} | ({"conj", "cc"} if alone else set())
        start, end = tree.span(self._phrase(tree, head, skip))
        return self.discourse.refer(Span(start, end)).id

    def _phrase(self, tree: Tree, head: int, skip: set[str]) -> list[int]:
        return tree.subtree(head, lambda c: tree.dep(c) in skip and not (tree.dep(c) == "punct" and tree.tag(c) == "HYPH"))

    def _place(self, tree: Tree, deed: Deed) -> str | None:
        return self._mention(tree, place_of(tree, deed, self.acts), alone=True)


def covered(tree: Tree, deeds: Sequence[Deed]) -> set[int]:
    """Words that are what a demand, an offer, a refusal … is about: no claims of their own."""
    found: set[int] = set()
    for d in deeds:
        if d.content is not None:
            found.update(tree.subtree(d.content, lambda c: tree.dep(c) in {"relcl"}))
        start = d.noun if d.noun is not None else d.verb
        for c in tree.children(start, "dobj", "prep", "dative"):
            found.update(k for k in tree.subtree(c, lambda k: tree.dep(k) in {"relcl", "acl"}) if tree.tag(k) in NOUN_TAGS or tree.tag(k) == "VBG")
        found -= {d.cue, d.verb}
    return found


def reaches(tree: Tree, time: int, deed: Deed) -> int | None:
    """How many steps a time stands above the deed's clause; None where it belongs to another clause."""
    own = {deed.verb, deed.cue}
    chain = [time, *tree.ancestors(time)]
    for step, k in enumerate(chain):
        if k in own:
            return step
        if step and tree.is_verb(k):
            above = tree.ancestors(deed.verb)
            links = [deed.verb, *above]
            if k in above and all(tree.dep(j) in {"xcomp", "conj", "advcl"} for j in links[: links.index(k)]) and k > deed.verb - 40:
                return step + 5 + links.index(k)
            return None
    return None


def denies(tree: Tree, deed: Deed) -> bool:
    """The sentence's own denying verb was already counted."""
    return any(tree.lower(k).startswith(("den", "disput", "reject", "dismiss")) for k in tree.ancestors(deed.verb))


def plover(deed: Deed, m: Made, acts: Acts) -> str | None:
    """The PLOVER root: a planned or refused deed is what is said of it, an agreement, a threat or a rejection."""
    default = acts.defaults[deed.act]
    root = deed.group.plover
    if root is None or default["kind"] == "speech":
        return root if m.polarity == "positive" or deed.act != "agree" else "REJECT"
    coop = default.get("tone") == "coop" and root not in {"SANCTION", "ASSAULT"}
    if m.realis in {"planned", "conditional"}:
        if m.polarity == "negative":
            return "REJECT" if coop else "AGREE"
        return ("CONSULT" if deed.act == "meet" else "AGREE") if coop else ("PROTEST" if deed.act == "protest" else "THREATEN")
    if m.polarity == "negative" and m.realis == "actual":
        return "REJECT" if coop else None
    return root if m.realis in {"actual", "background"} else None


__all__ = ["claims", "Quote"]
