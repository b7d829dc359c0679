"""sentences, attributions, times, figures, mentions, act tables -> claims: what is asserted, by whom, and how real it is

For the outlet's own voice and inside every content of an attribution. What a demand, an offer or a refusal is about is its
object and no second claim; what is blamed in an accusation is claimed by the accuser. A field without words stays empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.announced import repointed
from secondsource.attribute.belonging import covered, plover, same_clause
from secondsource.attribute.conditions import conditions
from secondsource.attribute.context import Context
from secondsource.attribute.deed import Deed
from secondsource.attribute.deeds import Deeds
from secondsource.attribute.extent import TIMES, place_of
from secondsource.attribute.hanging import MADE, Clause
from secondsource.attribute.mentions import Discourse
from secondsource.attribute.objects import Labels
from secondsource.attribute.positions import READY, Voice, position
from secondsource.attribute.realis import SAID, Judge
from secondsource.attribute.roles import NOUN_TAGS, doer, pobjects
from secondsource.attribute.stances import Stances
from secondsource.attribute.standing import background, standing
from secondsource.attribute.together import between, instead, others
from secondsource.attribute.tree import Tree
from secondsource.model import (
    SPOKEN,
    Article,
    Attribution,
    Claim,
    Condition,
    Figure,
    Mention,
    Polarity,
    Realis,
    Sentence,
    Span,
    TimeExpression,
)  # fmt: skip

DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
REJECTING = frozenset({"reject", "rejects", "rejected"})
PRONOUNS = frozenset({"it", "they", "he", "she"})
NOUN_LIKE = frozenset({"PRP", "PRP$", "WP", "WDT", "DT", "CD", "JJ", "JJS", "POS", "PDT"})
# Cues whose content is what somebody takes or gives, not what he tells.
TAKEN = frozenset({"agree", "refuse", "offer"})
# Acts that stand as somebody's position until he takes another.
HELD = frozenset({"demand", "appeal", "offer", "conditional_offer", "refuse", "promise", "threaten"})
ABOUT = frozenset(
    {"demand", "appeal", "order", "offer", "conditional_offer", "promise", "agree", "accept", "refuse", "threaten", "praise"}
)


@dataclass(frozen=True)
class Made:
    """A deed with the fields that are read from its sentence."""

    deed: Deed
    number: int
    realis: Realis
    polarity: Polarity
    attribution: Attribution | None
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
        self.discourse = discourse
        self.acts = acts
        self.labels = Labels(acts.things, acts)
        self.trees = discourse.trees
        self.context = Context(discourse.sentences, attributions, times, figures, discourse.mentions())

    def all(self, sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
        found = repointed(conditions(self.trees), self.trees)
        made: dict[str, Claim] = {}
        for number, (sentence, tree) in enumerate(zip(sentences, self.trees, strict=True)):
            if not tree.tokens or sentence.segment not in SPOKEN:
                continue
            here = [c for c in found if number in (c.sentence, c.of_sentence)]
            for claim in self._sentence(number, tree, here):
                made.setdefault(claim.id, claim)
        return tuple(sorted(made.values(), key=lambda c: (c.evidence[0].start, c.evidence[0].end, c.act, c.id)))

    def _sentence(self, number: int, tree: Tree, found: list[Clause]) -> Iterator[Claim]:
        judge = Judge(tree, self.acts)
        hung: set[int] = set()
        for deed in self._asserted(number, tree, found, judge):
            made = self._made(number, tree, deed, found, judge)
            hung.update(c.start for c in made.conditions)
            yield from self._claim(made, tree)
            if made.deed.group.frame == "erupted" and self.context.when(number, tree, deed) is not None:
                # "since Sunday clashes have erupted": they began
                began = replace(made.deed, act="start", label="attacks", group=replace(made.deed.group, act="start"))
                yield from self._claim(replace(made, deed=began), tree)
        yield from self._hanging(number, tree, [c for c in found if c.start not in hung and c.of_sentence == number])

    def _asserted(self, number: int, tree: Tree, found: list[Clause], judge: Judge) -> list[Deed]:
        """The deeds and positions of a sentence, without what others are about and without what nobody asserts."""
        stances = [
            d
            for d in Stances(tree, self.acts, self.labels).all()
            if d.act == "offer" or self._inner(number, tree, d) is not None
        ]
        named = list(Deeds(tree, self.acts, self.labels).all())
        told = list(self._announced(tree, found))
        stances = [d for d in stances if not any(d.verb in t.words for t in told)] + told
        about = covered(tree, [d for d in named if d.act in ABOUT or (d.content is not None and d.act == "end")])
        about |= {k for d in stances for k in d.words}
        inside = [(c.start, c.end) for c in found if c.sentence == number]
        free = [
            d for d in named if not {d.cue, d.verb} & about and not any(a <= tree.tokens[d.cue].start < b for a, b in inside)
        ]
        kept = [d for d in [*free, *stances] if standing(tree, d, self.acts)]
        return [d for d in kept if not self._says_what(tree, d, named, judge)]

    def _made(self, number: int, tree: Tree, deed: Deed, found: list[Clause], judge: Judge) -> Made:
        """The deed with whose words it is, how real it is, and what it hangs on."""
        start, end = tree.span(deed.words)
        attribution, own = self._attribution(number, tree, deed)
        realis, polarity, denied = judge.of(deed)
        held = tuple(c for c in found if c.of is not None and c.of[0] < end and start < c.of[1])
        speakers = self.context.speakers(attribution)
        voice = Voice(tree, None if own else attribution, speakers, self._called(tree, deed.actor))
        deed, realis, polarity = position(deed, voice, realis, polarity, bool(held), self.acts)
        by_other = attribution is not None and not own and attribution.cue.kind == "deny" and attribution.mode == "indirect"
        word = (
            attribution.cue.evidence.exact.lower() if attribution is not None and attribution.cue.evidence is not None else ""
        )
        if denied and not own and word in SAID and polarity == "negative" and attribution is not None and attribution.speakers:
            polarity = "positive"  # "denied X's claim that …": X claims it
        if by_other and deed.act != "deny" and not denied:
            polarity = "negative" if polarity == "positive" else "positive"
        realis = self._dated(number, tree, deed, realis)
        return Made(deed, number, realis, polarity, attribution, held)

    def _says_what(self, tree: Tree, deed: Deed, named: list[Deed], judge: Judge) -> bool:
        """Whether what is denied is a deed of its own: then that deed, negative, is the claim."""
        if deed.act not in {"deny", "refuse"} or tree.lower(deed.verb) not in self.acts.governors["denying"] | REJECTING:
            return False
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
            ready = any(tree.lower(k) in READY for k in tree.children(top, "acomp"))
            act = "conditional_offer" if ready else "say"
            default = self.acts.defaults[act]
            group = Group(act=act, plover=default.get("plover"), cameo=default.get("cameo"), label=label)
            deed = Deed(top, group, act, doer(tree, top), None, label, None, tuple(words))
            attribution = self._inner(number, tree, deed)
            if act == "say" and label in self.acts.words["refusable"] and self._will_not(tree, top):
                # "will not go for talks until they disarm": a refusal that names its end
                default = self.acts.defaults["refuse"]
                group = Group("refuse", default.get("plover"), default.get("cameo"), label)
                refused = replace(deed, act="refuse", group=group)
                yield from self._claim(Made(refused, number, "actual", "positive", attribution, (c,)), tree)
                continue
            yield from self._claim(Made(deed, number, "conditional", "positive", attribution, (c,)), tree)

    def _will_not(self, tree: Tree, verb: int) -> bool:
        helpers = {tree.lower(k) for k in tree.children(verb, "aux")}
        return tree.is_negated(verb) and bool(helpers & {"will", "wo", "can", "ca", "shall", "would"})

    def _dated(self, number: int, tree: Tree, deed: Deed, realis: Realis) -> Realis:
        if realis == "actual" and self._is_past(number, tree, deed):
            return "background"
        if realis == "actual" and background(tree, deed, self.article, self.context.when(number, tree, deed)):
            return "background"
        return realis

    def _is_past(self, number: int, tree: Tree, deed: Deed) -> bool:
        """ "had demanded", "had wanted": what somebody asked for before, where the outlet tells it and gives no day."""
        if deed.act not in HELD or "had" not in {tree.lower(c) for c in tree.children(deed.verb, "aux")}:
            return False
        said = self._inner(number, tree, deed)
        return (said is None or said.mode == "direct") and self.context.when(number, tree, deed) is None

    def _attribution(self, number: int, tree: Tree, deed: Deed) -> tuple[Attribution | None, bool]:
        """The attribution that a speech act itself is, else the innermost one whose content holds the deed."""
        if self.acts.defaults[deed.act]["kind"] == "speech" and deed.group.frame != "speaker":
            own = self.context.cued(number, tree.tokens[deed.cue].start)
            if own is not None:
                return own, True
        return self._inner(number, tree, deed), False

    def _inner(self, number: int, tree: Tree, deed: Deed) -> Attribution | None:
        cue = tree.tokens[deed.cue]
        said = self.context.inner(number, cue.start, cue.end)
        if said is not None and said.cue.kind in TAKEN and said.mode == "indirect" and tree.dep(deed.verb) in {"acl", "relcl"}:
            # "accepted a truce that X had offered": who accepted does not say who offered
            return self.context.parent(said)
        return said

    def _called(self, tree: Tree, head: int | None) -> tuple[str, ...]:
        if head is None or tree.tag(head) not in {"NNP", "NNPS"}:
            return ()
        m = self.discourse.refer(
            Span(*tree.span(self._phrase(tree, head, {"relcl", "acl", "appos", "punct", "advcl", "conj", "cc"})))
        )
        return tuple(w for w in (m.name, m.stands_for) if w)

    def _announced(self, tree: Tree, found: list[Clause]) -> Iterator[Deed]:
        """ "Our condition for X is that Y do Z": an offer of X, and a demand for Z."""
        sentence = tree.sentence
        offers: set[tuple[int, int]] = set()
        for c in found:
            if (
                not c.announced
                or c.of is None
                or not (sentence.start <= c.start < sentence.end and c.of_sentence == c.sentence)
            ):
                continue
            words, of = tree.at(c.start, c.end), tree.at(*c.of)
            top, of_top = tree.top(words), tree.top(of)
            if top is None or of_top is None:
                continue
            offered = self.labels.of_clause(tree, of_top) if tree.is_verb(of_top) else self.labels.of_phrase(tree, [of_top])
            asked = self.labels.of_clause(tree, top) if tree.is_verb(top) else self.labels.of_phrase(tree, [top])
            if offered is None or offered == "borders":
                continue
            subject = tree.subject(top) if tree.is_verb(top) else next(iter(pobjects(tree, top, ("from", "of", "by"))), None)
            owner = next(
                (tree.children(k, "poss")[0] for k in range(min(words)) if tree.lower(k) in MADE and tree.children(k, "poss")),
                None,
            )
            offered = "ceasefire" if offered == "attacks" else offered
            whole = tuple(range(min(*words, *of), max(*words, *of) + 1))
            for act, label, held in (("conditional_offer", offered, whole), ("demand", asked, tuple(words))):
                default = self.acts.defaults[act]
                group = Group(act=act, plover=default.get("plover"), cameo=default.get("cameo"), label=label, frame="speaker")
                known = act == "conditional_offer" and c.of in offers
                if label is not None and not known:
                    yield Deed(top, group, act, owner, subject, label, None, held)
            offers.add(c.of)

    def _claim(self, m: Made, tree: Tree) -> Iterator[Claim]:
        deed = m.deed
        if deed.actor is None and (first := between(tree, deed)) is not None:
            deed = replace(deed, actor=first)
            m = replace(m, deed=deed)
        if (living := instead(tree, deed, self.acts)) is not None:
            deed = replace(deed, actor=living)
            m = replace(m, deed=deed)
        start, end = tree.span(deed.words)
        time = self.context.when(m.number, tree, deed)
        actor = self._actor(m, tree)
        target, place = self._mention(tree, deed.target), self._place(tree, deed)
        if actor is None and deed.actor is None and deed.group.frame == "speaker" and m.attribution and m.attribution.speakers:
            actor = m.attribution.speakers[0].mention
        cue = tree.tokens[deed.cue]
        figure = self.context.figure(m.number, start, end)
        base = Claim(
            article=self.article.id, act=deed.act, evidence=(self.article.quote(start, end),), object=deed.label, actor=actor,
            co_actors=self._co_actors(tree, deed, {actor, target}), target=target, place=place,
            realis=m.realis, polarity=m.polarity,
            conditions=self._conditions(m), when=time.when if time else None, figure=figure.id if figure else None,
            attribution=m.attribution.id if m.attribution else None, plover=plover(tree, deed, m.realis, m.polarity, self.acts),
            cameo=deed.group.cameo, cue=self.article.quote(cue.start, cue.end),
        )  # fmt: skip
        yield from self._mutual(base, tree, deed)

    def _actor(self, m: Made, tree: Tree) -> str | None:
        """The doer's mention; "it", "they", "he" in what somebody is said to say, where nothing else is known: the speaker."""
        head = m.deed.actor
        actor = self._refer(tree, head)
        if head is None or actor is None:
            return None
        said = m.attribution
        if said is None or said.mode != "indirect" or len(said.speakers) != 1 or tree.lower(head) not in PRONOUNS:
            return actor.id
        known = actor.name or actor.antecedent or not same_clause(tree, head, said)
        return actor.id if known else said.speakers[0].mention or actor.id

    def _co_actors(self, tree: Tree, deed: Deed, known: set[str | None]) -> tuple[str, ...]:
        named = (self._mention(tree, k, alone=True) for k in others(tree, deed, self.acts))
        return tuple(dict.fromkeys(n for n in named if n is not None and n not in known))

    def _mutual(self, claim: Claim, tree: Tree, deed: Deed) -> Iterator[Claim]:
        """ "A and B accused each other": each of the other."""
        target = deed.target
        words = {tree.lower(k) for k in tree.subtree(target)} if target is not None else set()
        each = words and words <= {"each", "one", "another", "other", "the"}
        if (
            claim.act != "accuse"
            or not (each or deed.group.parts[:1] in {("accusation",), ("blame",), ("barbs",)})
            or deed.actor is None
        ):
            yield claim
            return
        sides = [deed.actor, *tree.children(deed.actor, "conj")]
        if len(sides) != 2:
            yield claim
            return
        names = [self._mention(tree, s, alone=True) for s in sides]
        for a, b in ((0, 1), (1, 0)):
            yield msgspec.structs.replace(claim, actor=names[a], target=names[b], co_actors=(), id="")

    def _conditions(self, m: Made) -> tuple[Condition, ...]:
        made = []
        for c in m.conditions:
            of = self.article.quote(*c.of) if c.of else None
            made.append(Condition(words=self.article.quote(c.start, c.end), of=of))
        return tuple(made)

    def _mention(self, tree: Tree, head: int | None, alone: bool = False) -> str | None:
        mention = self._refer(tree, head, alone)
        return mention.id if mention is not None else None

    def _refer(self, tree: Tree, head: int | None, alone: bool = False) -> Mention | None:
        """The mention of the noun phrase at `head`, with what is joined to it unless `alone`."""
        if head is None or tree.tag(head) not in NOUN_TAGS | NOUN_LIKE or tree.lower(head) in TIMES:
            return None
        skip = {"relcl", "acl", "appos", "punct", "advcl"} | ({"conj", "cc"} if alone else set())
        return self.discourse.refer(Span(*tree.span(self._phrase(tree, head, skip))))

    def _phrase(self, tree: Tree, head: int, skip: set[str]) -> list[int]:
        def outside(c: int) -> bool:
            deed = tree.dep(c) == "prep" and tree.child(c, "pcomp") is not None  # "accused the other of shelling"
            dateline = tree.dep(c) == "nmod" and any(tree.tokens[k].text in DASHES for k in tree.children(c, "punct"))
            return deed or dateline or (tree.dep(c) in skip and tree.tag(c) != "HYPH")

        return tree.subtree(head, outside)

    def _place(self, tree: Tree, deed: Deed) -> str | None:
        return self._mention(tree, place_of(tree, deed, self.acts), alone=True)
