"""sentences, names -> mentions: who the words of an article stand for

Only this article's own words decide. Where two readings are open, the mention stays unresolved: unknown beats wrong.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from secondsource.attribute.names import POSSESSIVE, Entity, Gazetteer, Register, Use, phrase_of
from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import ActorKind, Article, Mention, Quotation, Sentence, Span, Via

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
I = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})  # noqa: E741
PLACES = frozenset(
    {"in", "at", "near", "from", "into", "around", "outside", "on", "over", "toward", "towards", "through", "across", "inside"}
)
LEADERS = frozenset(
    {"president", "premier", "chancellor", "king", "queen", "prince", "ruler", "dictator", "emir", "sultan", "leader"}
)
SAME_OFFICE = {
    "premier": frozenset({"premier", "prime"}),
    "leader": LEADERS | {"prime"},
    "strongman": LEADERS,
    "ruler": LEADERS,
    "dictator": LEADERS,
    "diplomat": frozenset({"diplomat", "foreign", "ambassador", "envoy", "secretary"}),
    "candidate": frozenset({"candidate", "nominee", "senator", "governor"}),
    "nominee": frozenset({"candidate", "nominee"}),
    "lawmaker": frozenset({"senator", "representative", "congressman", "congresswoman", "lawmaker"}),
    "businessman": frozenset({"businessman", "billionaire", "mogul", "developer"}),
    "spokesman": frozenset({"spokesman", "spokesperson"}),
    "spokeswoman": frozenset({"spokeswoman", "spokesperson"}),
}
LOOK_BACK = 4  # sentences


class Discourse:
    """The actors that one article speaks of. `refer` makes or finds the mention that a noun phrase is."""

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], names: dict[str, Any], quotations: Sequence[Quotation] = ()
    ) -> None:
        self.article = article
        self.sentences = tuple(sentences)
        self.table = Gazetteer(names)
        self.trees = [Tree(s) for s in self.sentences]
        self.starts = [s.start for s in self.sentences]
        self.register = Register(self.trees, self.table)
        self._mentions: dict[tuple[int, int], Mention] = {}
        self._quoted = [q.span for q in quotations if q.kind == "speech"]
        self._quote_starts = [s.start for s in self._quoted]
        self._voices: list[tuple[Span, str | None, str | None]] = []
        self._pronouns: dict[tuple[int, int], Entity | None] = {}

    def mentions(self) -> tuple[Mention, ...]:
        """Every mention that was asked for, in the text's order."""
        return tuple(sorted(self._mentions.values(), key=lambda m: (m.quote.start, m.quote.end)))

    def voice(self, span: Span, mention: Mention) -> None:
        """From now on "I" and "we" inside `span` stand for `mention`."""
        self._voices.append((span, mention.antecedent or mention.id, mention.name))

    def refer(self, span: Span) -> Mention:
        """The mention that the noun phrase at `span` is; relative clauses and appositions are left out of its words."""
        number = max(0, bisect_right(self.starts, span.start) - 1)
        tree = self.trees[number] if self.trees else None
        words = tree.at(span.start, span.end) if tree else []
        top = tree.top(words) if tree and words else None
        if tree is None or top is None:
            return self._keep((span.start, span.end), "unknown", None, "description")
        if tree.tokens[top].text in POSSESSIVE or tree.dep(top) in {"case", "prep"}:
            top = next((k for k in words if tree.tag(k) in NAME_TAGS | {"NN", "NNS", "PRP", "PRP$"}), top)
        first, last = core(tree, top, words[0])
        if (named := self._use(number, top)) is not None:
            last = max(last, named.last)  # the Committee of the Red Cross
        where = (tree.tokens[first].start, tree.tokens[last].end)
        if where in self._mentions:
            return self._mentions[where]
        return self._resolve(tree, number, top, first, last, where)

    def _resolve(self, tree: Tree, number: int, top: int, first: int, last: int, where: tuple[int, int]) -> Mention:
        low = tree.lower(top)
        if tree.tag(top) in {"PRP", "PRP$"}:
            return self._pronoun(number, top, low, where)
        if tree.tag(top) in {"WP", "WDT", "WP$"}:
            return self._relative(tree, top, where)
        use = self._use(number, top)
        if use is not None and (held := self._title_of(tree, number, use)) is not None:
            return self._keep(where, "person", held, "description", (phrase_of(tree, first, last),))
        if use is not None and use.entity is not None:
            return self._named(tree, use, top, where)
        appositive = next((c for c in tree.children(top, "appos") if tree.tag(c) in NAME_TAGS), None)
        office = low in self.table.offices or low in self.table.persons
        if appositive is not None and (use := self._use(number, appositive)) and use.entity:
            body = office and use.entity.kind in {"organisation", "group", "state"}  # the head of the Mission (MIV)
        else:
            body = True
        if not body and use is not None and use.entity is not None:
            role = phrase_of(tree, first, last)
            return self._keep(where, use.entity.kind, use.entity, "description", (role,))
        return self._described(tree, number, top, first, last, where)

    def _title_of(self, tree: Tree, number: int, use: Use) -> Entity | None:
        """The person beside an office in capitals: "The UN Commander in Vardia, Gen. Rupert Dorn"."""
        if use.words[-1].lower() not in self.table.offices:
            return None
        for c in tree.children(use.last, "appos"):
            beside = self._use(number, c)
            if beside is not None and beside.entity is not None and beside.entity.kind == "person":
                return beside.entity
        return None

    def _use(self, number: int, word: int) -> Use | None:
        return next((u for u in self.register.uses[number] if u.first <= word <= u.last), None)

    def _named(self, tree: Tree, use: Use, top: int, where: tuple[int, int]) -> Mention:
        entity = use.entity
        assert entity is not None
        low = " ".join(use.words).lower()
        stands: str | None = None
        via: Via = "name"
        kind = entity.kind
        head = tree.head(top)
        placed = tree.dep(top) == "pobj" and head is not None and tree.lower(head) in PLACES
        if low in self.table.metonyms:
            via, stands, kind = "metonym", self.table.metonyms[low], "organisation"
        elif low in self.table.capitals and not placed:
            via, kind = "metonym", "state"
            stands = f"government of {self.table.state_names[self.table.capitals[low]]}"
        titles = (phrase_of(tree, use.first - len(use.titles), use.first - 1),) if use.titles else ()
        return self._keep(where, kind, entity, via, titles, stands)

    def _keep(
        self,
        where: tuple[int, int],
        kind: ActorKind,
        entity: Entity | None,
        via: Via,
        roles: tuple[str, ...] = (),
        stands: str | None = None,
        plural: bool = False,
        antecedent: str | None = None,
        name: str | None = None,
    ) -> Mention:
        if entity is not None:
            name = entity.name
            n, a, b = entity.where
            home = (self.trees[n].tokens[a].start, self.trees[n].tokens[b].end)
            if not (home[0] >= where[0] and home[1] <= where[1]):
                antecedent = self._home(entity, home).id
            known = tuple(dict.fromkeys((*roles, *entity.roles)))
            roles = known[:6]
        mention = Mention(
            article=self.article.id,
            quote=self.article.quote(*where),
            kind=kind,
            name=name,
            via=via,
            antecedent=antecedent,
            roles=roles,
            stands_for=stands,
            plural=plural,
        )
        self._mentions[where] = mention
        return mention

    def _home(self, entity: Entity, home: tuple[int, int]) -> Mention:
        """The mention at the place where the entity's fullest name stands."""
        n, a, b = entity.where
        tree = self.trees[n]
        top = tree.top(range(a, b + 1))
        first, last = core(tree, b if top is None else top, a)
        where = (tree.tokens[first].start, tree.tokens[last].end)
        if where in self._mentions:
            return self._mentions[where]
        if not (where[0] <= home[0] and home[1] <= where[1]):
            where = home
        return self._mentions.get(where) or self._keep(where, entity.kind, entity, "name")

    def _pronoun(self, number: int, top: int, low: str, where: tuple[int, int]) -> Mention:
        if low in I:
            held = [v for v in self._voices if v[0].start <= where[0] and where[1] <= v[0].end]
            if held:
                best = min(held, key=lambda v: v[0].end - v[0].start)
                return self._keep(
                    where, "unknown", None, "pronoun", antecedent=best[1], name=best[2], plural=low in {"we", "us", "our"}
                )
        entity = self.pronoun_entity(number, top)
        kind: ActorKind = entity.kind if entity else "person" if low in HE | SHE else "group" if low in THEY else "unknown"
        if entity is None and low in THEY | IT:
            found = self._thing(number, low)
            if found is not None:
                return self._keep(where, found.kind, None, "pronoun", antecedent=found.id, name=found.name, plural=low in THEY)
        if entity is None and low in HE | SHE and (meant := self._described_person(number, top)) is not None:
            return self._keep(where, "person", None, "pronoun", antecedent=meant.antecedent or meant.id, name=meant.name)
        return self._keep(where, kind, entity, "pronoun", plural=low in THEY)

    def _described_person(self, number: int, top: int) -> Mention | None:
        """For "he" and "she" where nobody is named: "the governor", subject of this or the last sentence, and no second one."""
        for n in (number, number - 1):
            if n < 0 or self.sentences[n].paragraph != self.sentences[number].paragraph:
                return None
            tree = self.trees[n]
            fits = [
                t.i
                for t in tree.tokens
                if t.dep in {"nsubj", "nsubjpass"}
                and t.tag == "NN"
                and (n < number or t.i < top)
                and (tree.lower(t.i) in self.table.offices or tree.lower(t.i) in self.table.persons)
            ]
            if fits:
                first, last = core(tree, fits[-1], 0)
                return self.refer(Span(tree.tokens[first].start, tree.tokens[last].end)) if len(fits) == 1 else None
        return None

    def pronoun_entity(self, number: int, top: int) -> Entity | None:
        """The named person that "he" or "she" stands for, None where it is open."""
        key = (number, top)
        if key not in self._pronouns:
            self._pronouns[key] = None
            low = self.trees[number].lower(top)
            if low in HE or low in SHE:
                self._pronouns[key] = self._person(number, top, "m" if low in HE else "f")
        return self._pronouns[key]

    def _person(self, number: int, top: int, gender: str) -> Entity | None:
        inside = self._in_quotation(self.trees[number].tokens[top].start)
        paragraph = self.sentences[number].paragraph
        for n in range(number, max(-1, number - LOOK_BACK), -1):
            if self.sentences[n].paragraph < paragraph - 2:
                break
            found = self._persons(n, top if n == number else None, gender, inside)
            if self._stranger(n, top if n == number else None, inside) and not any(subject for _, subject in found):
                return None  # "the spokesman" of the sentence before, whose name is not known
            if not found:
                continue
            if len({id(e) for e, _ in found}) == 1:
                return found[0][0]
            subjects = [e for e, subject in found if subject]
            return subjects[-1] if n == number and subjects else subjects[0] if subjects else None
        return None

    def _persons(self, n: int, before: int | None, gender: str | None, inside: bool) -> list[tuple[Entity, bool]]:
        """Persons of sentence `n` that fit, with whether they are subjects; earlier pronouns count as whom they stand for."""
        tree = self.trees[n]
        out: list[tuple[int, Entity, bool]] = []
        for use in self.register.uses[n]:
            entity = use.entity
            if entity is None or entity.kind not in {"person", "unknown"} or (before is not None and use.last >= before):
                continue
            if entity.words[-1] in self.table.things:
                continue
            if entity.kind == "unknown" and tree.dep(use.last) not in {"nsubj", "nsubjpass"}:
                continue
            if (gender and entity.gender not in {None, gender}) or tree.dep(use.last) in {"compound", "nmod", "amod"}:
                continue
            if not inside and self._in_quotation(tree.tokens[use.first].start):
                continue
            out.append((use.last, entity, tree.dep(use.last) in {"nsubj", "nsubjpass"} or named_subject(tree, use.last)))
        wanted = HE if gender == "m" else SHE
        for t in tree.tokens:
            described = t.tag == "NN" and t.dep in {"nsubj", "nsubjpass"} and t.text.lower() in self.table.offices
            if described and (before is None or t.i < before) and (inside or not self._in_quotation(t.start)):
                first, last = core(tree, t.i, 0)
                words = [tree.lower(k) for k in range(first, last + 1)]
                held = self._holder(n, t.text.lower(), words) if words[0] == "the" and n else None
                if held is not None and (not gender or held.gender in {None, gender}):
                    out.append((t.i, held, True))
            if (before is None or t.i < before) and t.tag == "PRP" and t.text.lower() in wanted:
                held = self.pronoun_entity(n, t.i)
                if held is not None and (inside or not self._in_quotation(t.start)):
                    out.append((t.i, held, t.dep in {"nsubj", "nsubjpass"}))
        return [(e, s) for _, e, s in sorted(out, key=lambda x: x[0])]

    def _stranger(self, n: int, before: int | None, inside: bool) -> bool:
        """Whether somebody without a name, "a police spokesman", is the subject of sentence `n` (before word `before`)."""
        tree = self.trees[n]
        for t in tree.tokens:
            if (
                t.tag == "NN"
                and t.dep in {"nsubj", "nsubjpass"}
                and (before is None or t.i < before)
                and (t.text.lower() in self.table.offices or t.text.lower() in self.table.persons)
                and (inside or not self._in_quotation(t.start))
                and not any(tree.tag(c) in NAME_TAGS for c in tree.children(t.i, "appos"))
            ):
                first, last = core(tree, t.i, 0)
                words = [tree.lower(k) for k in range(first, last + 1)]
                if self._holder(n, t.text.lower(), words) is None or words[0] in {"a", "an"}:
                    return True
        return False

    def _thing(self, number: int, low: str) -> Mention | None:
        """For "it" and "they": the subject of the sentence before, where it is a body or a group."""
        if number == 0 or self.sentences[number].paragraph != self.sentences[number - 1].paragraph:
            return None
        tree = self.trees[number - 1]
        root = next((t.i for t in tree.tokens if t.dep == "ROOT" and tree.is_verb(t.i)), None)
        subject = tree.subject(root) if root is not None else None
        if subject is None or tree.tag(subject) in {"PRP", "EX", "DT", "WDT", "WP"}:
            return None
        many = tree.tag(subject) in {"NNS", "NNPS"} or tree.child(subject, "conj") is not None
        body = tree.lower(subject) in self.table.bodies or tree.tag(subject) in NAME_TAGS
        if (low in THEY) == many or (low in IT and body and not many):
            found = self.refer(Span(*tree.span(tree.subtree(subject))))
            return None if found.kind == "person" and low in IT else found
        return None

    def _relative(self, tree: Tree, top: int, where: tuple[int, int]) -> Mention:
        """who, which: the noun that the relative clause hangs on."""
        for up in tree.ancestors(top):
            if tree.dep(up) == "relcl" and (noun := tree.head(up)) is not None:
                first, last = core(tree, noun, tree.subtree(noun)[0])
                held = self.refer(Span(tree.tokens[first].start, tree.tokens[last].end))
                return self._keep(where, held.kind, None, "pronoun", antecedent=held.antecedent or held.id, name=held.name)
        return self._keep(where, "unknown", None, "pronoun")

    def _described(self, tree: Tree, number: int, top: int, first: int, last: int, where: tuple[int, int]) -> Mention:
        low = tree.lower(top)
        words = [tree.lower(k) for k in range(first, last + 1)]
        plural = tree.tag(top) in {"NNS", "NNPS"} or tree.child(top, "conj") is not None
        definite = words[0] in {"the", "his", "her", "its", "their"} or words[0] in self.table.demonyms
        definite = definite or (words[0] in self.table.states and words[1:2] in (["'s"], ["’s"]))
        definite = definite or (tree.tag(top) in NAME_TAGS and low in self.table.offices)
        if not plural and (low in self.table.offices or low in self.table.persons or aged(words)):
            entity = self._holder(number, low, words) if definite else None
            return self._keep(where, "person", entity, "description", (phrase_of(tree, first, last),))
        kind: ActorKind = "unknown"
        if low in self.table.bodies:
            kind = "organisation"
        elif plural or low in self.table.plural_bodies:
            kind = "group"
        same = self._same_body(number, low, words) if kind == "organisation" and definite else None
        return self._keep(where, same.kind if same else kind, same, "description", plural=plural)

    def _holder(self, number: int, office: str, words: Sequence[str]) -> Entity | None:
        """The one person named before (or the one named at all) with this office; a demonym must fit."""
        wanted = SAME_OFFICE.get(office, frozenset({office}))
        known = self.table.demonyms, self.table.states
        codes = {names[w] for w in words for names in known if w in names}
        gender = "m" if office in self.table.male else "f" if office in self.table.female else None
        fits: list[Entity] = []
        for entity in self.register.entities:
            if entity.kind != "person" or entity.where[0] > number or (gender and entity.gender not in {None, gender}):
                continue
            for role in entity.roles:
                parts = role.lower().replace("'s", "").replace("’s", "").split()
                if not wanted & set(parts):
                    continue
                held = {c for w in parts if (c := self.table.demonyms.get(w) or self.table.states.get(w))}
                if codes and held and not codes & held:
                    continue
                if codes and not held:
                    continue
                fits.append(entity)
                break
        if len(fits) > 1:  # "the home minister" where two ministers are named
            marks = {w for w in words if w not in {"the", "a", office} and w not in known[0] and w not in known[1]}
            alike = [e for e in fits if marks and any(marks <= set(role.lower().split()) for role in e.roles)]
            fits = alike or fits
        if len(fits) == 1:
            return fits[0]
        if len(fits) > 1:
            return self._latest(number, fits)
        if aged(words):
            found = self._persons(number - 1, None, gender, False) if number else []
            return found[0][0] if found and len({id(e) for e, _ in found}) == 1 else None
        return None

    def _latest(self, number: int, fits: Sequence[Entity]) -> Entity | None:
        """The one of `fits` that was last named as a subject."""
        for n in range(number - 1, max(-1, number - LOOK_BACK), -1):
            here = [u.entity for u in self.register.uses[n] if u.entity in fits]
            if here:
                return here[0] if len({id(e) for e in here}) == 1 else None
        return None

    def _same_body(self, number: int, low: str, words: Sequence[str]) -> Entity | None:
        if words[0] != "the" or len(words) != 2:
            return None
        fits = [e for e in self.register.entities if e.kind == "organisation" and low in e.words and e.where[0] < number]
        return fits[0] if len(fits) == 1 else None

    def _in_quotation(self, place: int) -> bool:
        k = bisect_right(self._quote_starts, place) - 1
        return k >= 0 and self._quoted[k].start <= place < self._quoted[k].end


def named_subject(tree: Tree, word: int) -> bool:
    """A name in apposition to a subject is a subject too."""
    head = tree.head(word)
    return tree.dep(word) == "appos" and head is not None and tree.dep(head) in {"nsubj", "nsubjpass"}


def aged(words: Sequence[str]) -> bool:
    """The 52-year-old surgeon."""
    return any("year-old" in w for w in words) or ("year" in words and "old" in words)


def core(tree: Tree, top: int, floor: int) -> tuple[int, int]:
    """First and last word of the noun phrase at `top`: what stands before it, and "of …" behind a common noun."""
    left = [k for k in tree.subtree(top, lambda c: tree.dep(c) in {"relcl", "appos", "punct", "cc", "conj", "acl"}) if k <= top]
    first = top
    for k in reversed([k for k in left if k < top]):
        if k == first - 1 or tree.dep(k + 1) == "punct":
            first = k
        else:
            break
    last = top
    if tree.tag(top) not in NAME_TAGS:
        for child in tree.children(top, "prep"):
            if child == last + 1 and tree.lower(child) in {"of", "for"}:
                words = tree.subtree(child, lambda c: tree.dep(c) in {"relcl", "appos", "acl", "punct"})
                run = [k for n, k in enumerate(words) if k == words[0] + n]
                last = run[-1]
    return max(first, min(floor, top)) if first < floor else first, last
