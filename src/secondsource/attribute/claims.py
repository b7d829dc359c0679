"""sentences, attributions, times, figures, mentions, act tables -> claims: what is asserted, by whom, and how real it is

For the outlet's own voice and inside every content of an attribution. What a demand, an offer or a refusal is about is its object
and no second claim; what is blamed in an accusation is claimed by the accuser. A field without words stays empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from secondsource.attribute.acts import NOUN_TAGS, Acts, Group, doer, pobjects
from secondsource.attribute.conditions import MADE, Clause, conditions, repointed
from secondsource.attribute.deeds import TIMES, Deed, Deeds, place_of
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.objects import Labels
from secondsource.attribute.positions import Voice, position
from secondsource.attribute.realis import Judge
from secondsource.attribute.stances import Stances
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
        stances = [d for d in Stances(tree, self.acts, self.labels).all() if self._inner(tree, d) is not None]
        named = list(Deeds(tree, self.acts, self.labels).all())
        about = covered(tree, [d for d in named if d.act in ABOUT])
        told = list(self._announced(tree, found))
        if told:
            stances = [d for d in stances if not any(d.verb in t.words for t in told)]
        stances += told
        about |= {k for d in stances for k in d.words}
        hung: set[int] = set()
        for deed in [*named, *stances]:
            start, end = tree.span(deed.words)
            cue = tree.tokens[deed.cue]
            stance = deed.group.frame == "speaker"
            if not stance and (deed.cue in about or deed.verb in about or any(c.start <= cue.start < c.end for c in found if c.sentence == number)):
                continue
            if not standing(tree, deed, self.acts):
                continue
            attribution, own = self._attribution(tree, deed, start, end)
            realis, polarity, denied = judge.of(deed)
            held = tuple(c for c in found if c.of is not None and c.of[0] < end and start < c.of[1])
            voice = Voice(tree, attribution if not own else None, self._speakers(attribution), self._called(tree, deed.actor))
            deed, realis, polarity = position(deed, voice, realis, polarity, bool(held), self.acts)
            if attribution is not None and not own and attribution.cue.kind == "deny" and attribution.mode == "indirect" and deed.act != "deny" and not denied:
                polarity = "negative" if polarity == "positive" else "positive"
            realis = self._dated(tree, deed, realis, start, end)
            if deed.act in {"deny", "refuse"} and any(tree.lower(d.verb) in self.acts.governors["denying"] | {"rejected", "rejects"} for d in (deed,)) and self._says_what(tree, deed, named, judge):
                continue
            hung.update(c.start for c in held)
            made = Made(deed, number, realis, polarity, attribution, own, held)
            yield from self._claim(made, tree, start, end)
            if deed.group.frame == "erupted" and self._when(tree, deed) is not None:  # "since Sunday clashes have erupted": they began
                began = replace(deed, act="start", label="attacks", group=replace(deed.group, act="start"))
                yield from self._claim(replace(made, deed=began), tree, start, end)

        yield from self._hanging(number, tree, [c for c in found if c.start not in hung and c.of_sentence == number])

    def _says_what(self, tree: Tree, deed: Deed, named: list[Deed], judge: Judge) -> bool:
        """Whether what is denied is a deed of its own: then that deed, negative, is the claim."""
        inside = set(tree.subtree(deed.verb))
        return any(d.verb in inside and d.verb != deed.verb and judge.of(d)[2] for d in named)

    def _hanging(self, number: int, tree: Tree, found: list[Clause]) -> Iterator[Claim]:
        """A condition of what names no act is kept all the same: somebody says that the one hangs on the other."""
        for c in found:
            words = tree.at(*c.of) if c.of is not None else []
            top = tree.top(words) if words else None
            if c.of is None or top is None or not tree.is_verb(top) or c.sentence != c.of_sentence:
                continue
            label = self.labels.of_clause(tree, top)
            group = Group(act="say", plover=None, cameo=None, label=label)
            deed = Deed(top, group, "say", doer(tree, top), None, label, None, tuple(words))
            attribution = self._inner(tree, deed)
            yield from self._claim(Made(deed, number, "conditional", "positive", attribution, False, (c,)), tree, *c.of)

    def _dated(self, tree: Tree, deed: Deed, realis: Realis, start: int, end: int) -> Realis:
        if realis == "actual" and background(tree, deed, self.article, self._when(tree, deed), self.acts):
            return "background"
        return realis

    def _attribution(self, tree: Tree, deed: Deed, start: int, end: int) -> tuple[Attribution | None, bool]:
        """The attribution that a speech act itself is, else the innermost one whose content holds the deed."""
        cue = tree.tokens[deed.cue]
        if self.acts.defaults[deed.act]["kind"] == "speech" and deed.group.frame != "speaker":
            for a in self.attributions:
                words = a.cue.evidence
                if words is not None and words.start <= cue.start < words.end:
                    return a, True
        return self._inner(tree, deed), False

    def _called(self, tree: Tree, head: int | None) -> tuple[str, ...]:
        if head is None or tree.tag(head) not in {"NNP", "NNPS"}:
            return ()
        m = self.discourse.refer(Span(*tree.span(self._phrase(tree, head, {"relcl", "acl", "appos", "punct", "advcl", "conj", "cc"}))))
        return tuple(w for w in (m.name, m.stands_for) if w)

    def _announced(self, tree: Tree, found: list[Clause]) -> Iterator[Deed]:
        """ "Our condition for X is that Y do Z": an offer of X, and a demand for Z."""
        sentence = tree.sentence
        for c in found:
            if not c.announced or c.of is None or not (sentence.start <= c.start < sentence.end and c.of_sentence == c.sentence):
                continue
            words, of = tree.at(c.start, c.end), tree.at(*c.of)
            top, of_top = tree.top(words), tree.top(of)
            if top is None or of_top is None:
                continue
            offered = self.labels.of_clause(tree, of_top) if tree.is_verb(of_top) else self.labels.of_phrase(tree, [of_top])
            asked = self.labels.of_clause(tree, top) if tree.is_verb(top) else self.labels.of_phrase(tree, [top])
            if offered is None:
                continue
            subject = tree.subject(top) if tree.is_verb(top) else next(iter(pobjects(tree, top, ("from", "of", "by"))), None)
            owner = next((tree.children(k, "poss")[0] for k in range(min(words)) if tree.lower(k) in MADE and tree.children(k, "poss")), None)
            offered = "ceasefire" if offered == "attacks" else offered
            whole = tuple(range(min(*words, *of), max(*words, *of) + 1))
            for act, label, held in (("conditional_offer", offered, whole), ("demand", asked, tuple(words))):
                default = self.acts.defaults[act]
                group = Group(act=act, plover=default.get("plover"), cameo=default.get("cameo"), label=label, frame="speaker")
                if act == "conditional_offer" or label is not None:
                    yield Deed(top, group, act, owner, subject, label, None, held)

    def _speakers(self, attribution: Attribution | None) -> tuple[str, ...]:
        """The words, full names and roles of the speakers."""
        if attribution is None:
            return ()
        known = {m.id: m for m in self.discourse.mentions()} if attribution.speakers else {}
        found: list[str] = []
        for s in attribution.speakers:
            m = known.get(s.mention or "")
            found += [w for w in (s.evidence.exact if s.evidence else None, m.name if m else None, *(m.roles if m else ())) if w]
        return tuple(found)

    def _inner(self, tree: Tree, deed: Deed) -> Attribution | None:
        """The innermost attribution whose content holds the deed."""
        cue = tree.tokens[deed.cue]
        best: Attribution | None = None
        size = 0
        for a in self.attributions:
            for q in a.content:
                if q.start <= cue.start and cue.end <= q.end and (best is None or q.end - q.start < size):
                    best, size = a, q.end - q.start
        return best

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
        actor = self._actor(m, tree)
        target, place = self._mention(tree, deed.target), self._place(tree, deed)
        if actor is None and deed.actor is None and deed.group.frame == "speaker" and m.attribution and m.attribution.speakers:
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

    def _actor(self, m: Made, tree: Tree) -> str | None:
        """The doer's mention; "it", "they" and "he" in what somebody is said to say are, where nothing else is known, the speaker."""
        actor = self._mention(tree, m.deed.actor)
        if actor is None or m.deed.actor is None or m.attribution is None or m.attribution.mode != "indirect" or len(m.attribution.speakers) != 1:
            return actor
        if tree.lower(m.deed.actor) not in {"it", "they", "he", "she"} or not same_clause(tree, m):
            return actor
        known = {x.id: x for x in self.discourse.mentions()}[actor]
        return actor if known.name or known.antecedent else m.attribution.speakers[0].mention or actor

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
        mine: set[int] = set()
        if d.content is not None:
            mine.update(tree.subtree(d.content, lambda c: tree.dep(c) == "relcl"))
        start = d.noun if d.noun is not None else d.verb
        for c in tree.children(start, "dobj", "prep", "dative"):
            inner = tree.subtree(c, lambda k: tree.dep(k) in {"relcl", "acl"})
            mine.update(k for k in inner if tree.tag(k) in NOUN_TAGS or tree.tag(k) == "VBG")
        found |= mine - {d.cue, d.verb}
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


def same_clause(tree: Tree, m: Made) -> bool:
    """Whether the content begins no earlier than a few words before the doer: "said on Friday it had freed them"."""
    actor = m.deed.actor
    return actor is not None and m.attribution is not None and any(abs(tree.tokens[actor].start - q.start) < 12 for q in m.attribution.content)


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
