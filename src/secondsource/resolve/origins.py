"""articles -> origins: which texts are not independent of each other.

Two articles share an origin when one is a copy of the other, word for word (`overlap`) or in other words (`reworded`), or when
both credit the same agency or outlet as the one whose text they carry. An article with two credited leans on both and joins
neither; so does a text of which a part is shared. An analyst's decision outranks all of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from secondsource.model import (
    Article,
    Components,
    Count,
    Decision,
    Link,
    Origin,
    OriginReason,
    Quote,
    Reading,
    Record,
    identify,
)
from secondsource.resolve.lineage import counter, first_of, grouped, known_roots, roots_among
from secondsource.resolve.naming import fold
from secondsource.resolve.overlap import Pair, overlaps
from secondsource.resolve.reworded import reworded
from secondsource.resolve.selectors import names_of
from secondsource.resolve.versions import lineage, lineage_of
from secondsource.resolve.wording import Wording, wording

OWN = {"republished_from", "derived_from"}  # relations that say whose text it is
SAID = {
    "copy": "{a} and {b} share {share:.0%} of their words outside quotations",
    "reworded_copy": "{a} and {b} hold the same figures, names and quotations in one order ({share:.0%}), in other words",
    "partly_derived": "{a} and {b} share a part of their words outside quotations ({share:.0%})",
}


class Credit(Record, frozen=True, kw_only=True):
    """Whose text an article says it carries, as printed, with the words that say so."""

    name: str
    evidence: tuple[Quote, ...]


Credits = Mapping[tuple[str, ...], Credit]  # folded name -> credit


class Lineage(Record, frozen=True, kw_only=True):
    """What resolving origins gives: links, origins, the copies that were aligned, and the names that stand for absent roots."""

    links: tuple[Link, ...]
    origins: tuple[Origin, ...]
    copies: tuple[tuple[str, str], ...]
    absent: dict[str, tuple[str, ...]]

    def count(self) -> Count:
        """Articles -> how many independent origins they have, (low, high)."""
        return counter(self.origins, self.absent)

    def roots(self) -> dict[str, str | None]:
        """Article -> its origin where that is known."""
        return known_roots(self.origins)


def origins(readings: Sequence[Reading], components: Components, decisions: Iterable[Decision] = ()) -> Lineage:
    """Links of articles to origins, and the origins; every article is in exactly one."""
    case = _Case(readings, decisions)
    cluster = components(case.articles, case.edges())
    ids = {root: identify("origin", root) for root in cluster.values()}
    of_article = {article: ids[root] for article, root in cluster.items()}
    members = {ids[root]: found for root, found in grouped(cluster).items()}
    leaning = case.leaning(of_article)
    made = tuple(case.origin(name, found, leaning) for name, found in sorted(members.items()))
    return Lineage(
        links=tuple(Link(kind="origin", member=article, cluster=of_article[article]) for article in sorted(of_article)),
        origins=made,
        copies=tuple((p.left, p.right) for p in case.pairs if p.kind == "copy"),
        absent=case.absent(of_article),
    )


class _Case:
    """All articles with what hangs them together."""

    def __init__(self, readings: Sequence[Reading], decisions: Iterable[Decision]) -> None:
        self.articles = {r.article.id: r.article for r in sorted(readings, key=lambda r: r.article.id)}
        self.texts: dict[str, Wording] = {r.article.id: wording(r) for r in readings}
        self.words = {name: len(text.words) for name, text in self.texts.items()}
        self.credited = {name: credits_of(article) for name, article in self.articles.items()}
        self.by_outlet = self._by_outlet()
        decisions = tuple(decisions)
        self.decided = self._decided(decisions)
        self.same, self.distinct = self._paired(decisions, "same_origin"), self._paired(decisions, "not_a_copy")
        self.pairs = self._pairs()
        self.credits = {name: other for name in self.articles if (other := self._credited_article(name))}
        steps = [step for p in self.pairs if p.kind != "partly_derived" and (step := self._step(p))]
        self.comes_from = {*steps, *self.credits.items()}

    def _pairs(self) -> list[Pair]:
        found = list(overlaps(self.texts))
        copied = [p for p in found if p.kind == "copy"]
        found += reworded(self.texts, [(p.left, p.right) for p in copied])
        better = {(p.left, p.right) for p in found if p.kind != "partly_derived"}
        kept = [p for p in found if p.kind != "partly_derived" or (p.left, p.right) not in better]
        kept = [p for p in kept if (p.left, p.right) not in self.distinct and (p.right, p.left) not in self.distinct]
        return [p for p in kept if p.left not in self.decided and p.right not in self.decided]

    def _by_outlet(self) -> dict[tuple[str, ...], list[str]]:
        held: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for name, article in self.articles.items():
            if article.outlet.value:
                held[fold(article.outlet.value)].append(name)
        return dict(held)

    def _credited_article(self, name: str) -> str | None:
        """The one article of the outlet that this article credits."""
        named = self.credited[name]
        held = self.by_outlet.get(next(iter(named)), []) if len(named) == 1 else []
        return held[0] if len(held) == 1 else None

    def _step(self, pair: Pair) -> tuple[str, str] | None:
        """(the article that comes from the other, the other), where that is known."""
        first, _ = first_of(self.articles[pair.left], self.articles[pair.right], self.credits, self.words)
        return None if first is None else (pair.right if first == pair.left else pair.left, first)

    def edges(self) -> list[tuple[str, str]]:
        """Articles that share an origin."""
        edges = [(p.left, p.right) for p in self.pairs if p.kind != "partly_derived"] + list(self.same)
        held: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for name, named in self.credited.items():
            if len(named) == 1 and name not in self.decided:
                held[next(iter(named))].append(name)
        for words, group in held.items():
            own = [a for a in self.by_outlet.get(words, []) if a not in self.decided and len(self.credited[a]) < 2]
            everyone = sorted({*group, *own})
            edges += [(everyone[0], other) for other in everyone[1:]]
        ruled: defaultdict[str, list[str]] = defaultdict(list)
        for name, decision in self.decided.items():
            ruled[str(decision.value)].append(name)
        edges += [(found[0], other) for found in ruled.values() for other in found[1:]]
        return edges

    def leaning(self, of_article: Mapping[str, str]) -> dict[str, set[str]]:
        """Origin -> the origins that it leans on in part; on each other where nobody can tell who was first."""
        made: defaultdict[str, set[str]] = defaultdict(set)
        for pair in self.pairs:
            left, right = of_article[pair.left], of_article[pair.right]
            if pair.kind == "partly_derived" and left != right:
                step = self._step(pair)
                for child, root in [step] if step else [(pair.left, pair.right), (pair.right, pair.left)]:
                    made[of_article[child]].add(of_article[root])
        for name, named in self.credited.items():
            if len(named) > 1 and name not in self.decided:
                others = {o for words in named for o in self._origins_of(words, of_article)}
                made[of_article[name]] |= others - {of_article[name]}
        return made

    def _origins_of(self, words: tuple[str, ...], of_article: Mapping[str, str]) -> set[str]:
        """The origins whose text is that of the one who is named so."""
        clients = [a for a, named in self.credited.items() if len(named) == 1 and words in named]
        return {of_article[a] for a in [*self.by_outlet.get(words, []), *clients] if a not in self.decided}

    def absent(self, of_article: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Origin -> those it leans on in part and of whom no article is here: two that lean on one absent agency share it."""
        made: defaultdict[str, set[str]] = defaultdict(set)
        for name, named in self.credited.items():
            if len(named) > 1:
                made[of_article[name]] |= {" ".join(words) for words in named if not self._origins_of(words, of_article)}
        return {origin: tuple(sorted(names)) for origin, names in sorted(made.items()) if names}

    def origin(self, name: str, members: tuple[str, ...], leaning: Mapping[str, set[str]]) -> Origin:
        roots = roots_among(members, self.comes_from)
        credited = Counter(c.name for a in members for c in self.credited[a].values() if len(self.credited[a]) == 1)
        outlets = sorted({self.articles[a].outlet.value or "" for a in roots})
        ruled = [self.decided[a] for a in members if a in self.decided]
        by_name = min(credited, key=lambda n: (-credited[n], n)) if credited else None
        return Origin(
            id=name,
            name=str(ruled[0].value) if ruled else by_name or (outlets[0] if len(outlets) == 1 and outlets[0] else None),
            articles=members,
            reasons=tuple(sorted(self._reasons(members), key=lambda r: (r.kind, r.text, r.evidence))),
            derived=tuple(sorted(leaning.get(name, set()))),
            # Known: an analyst says so, a name is credited of whom nothing else is here, or every page that may be the first
            # says who publishes it. A relay that credits a page which is here tells nothing new of where that one came from.
            known=bool(ruled) or self._credits_absent(members) or all(outlets),
        )

    def _credits_absent(self, members: Sequence[str]) -> bool:
        return any(
            words not in self.by_outlet or set(self.by_outlet[words]) <= {name}
            for name in members if len(self.credited[name]) == 1 for words in self.credited[name]
        )  # fmt: skip

    def _reasons(self, members: Sequence[str]) -> Iterator[OriginReason]:
        held = set(members)
        for pair in self.pairs:
            if pair.left in held or pair.right in held:
                a, b = self.articles[pair.left], self.articles[pair.right]
                first, why = first_of(a, b, self.credits, self.words)
                text = f"{SAID[pair.kind].format(a=a.name, b=b.name, share=pair.share)}; {why}"
                yield OriginReason(kind=pair.kind, text=text, evidence=pair.evidence, first=first)  # type: ignore[arg-type]
        for (left, right), d in sorted((self.same | self.distinct).items(), key=lambda pair: pair[1].id):
            if left in held or right in held:
                said = "are of one origin" if d.kind == "same_origin" else "are no copies of each other"
                both = f"{self.articles[left].name} and {self.articles[right].name} {said}"
                yield OriginReason(kind="decision", text=f"{both} ({d.by}, {d.date}: {d.reason})")
        for name in members:
            for credit in self.credited[name].values():
                kind = "credit" if len(self.credited[name]) == 1 else "partly_derived"
                text = f"{self.articles[name].name} carries the text of {credit.name}"
                yield OriginReason(kind=kind, text=text, evidence=credit.evidence)  # type: ignore[arg-type]
            if name in self.decided:
                d = self.decided[name]
                yield OriginReason(kind="decision", text=f"{d.by}, {d.date}: {d.reason}")

    def _decided(self, decisions: Iterable[Decision]) -> dict[str, Decision]:
        """Article -> what an analyst ruled of its origin; the latest ruling holds."""
        ruled = sorted((d for d in decisions if d.kind == "origin"), key=lambda d: (d.date, d.id))
        return {name: d for d in ruled for name in self._called(d.target.get("article", ""))}

    def _paired(self, decisions: Iterable[Decision], kind: str) -> dict[tuple[str, str], Decision]:
        """Two articles -> the decision of this kind on them; the latest ruling holds."""
        ruled = sorted((d for d in decisions if d.kind == kind), key=lambda d: (d.date, d.id))
        return {
            (left, right): d for d in ruled
            for left in self._called(d.target.get("article", "")) for right in self._called(str(d.value)) if left != right
        }  # fmt: skip

    def _called(self, words: str) -> list[str]:
        """The articles that an address, a hash or a name means."""
        return [name for name, article in self.articles.items() if words and words in names_of(article)] or [
            name for name, article in self.articles.items() if lineage(words) and lineage(words) == lineage_of(article)
        ]


def credits_of(article: Article) -> dict[tuple[str, ...], Credit]:
    """Those whose text this article carries by its own words; it is no credit to name oneself."""
    named: dict[tuple[str, ...], Credit] = {}
    own = fold(article.outlet.value) if article.outlet.value else ()
    for relation in article.relations:
        if relation.kind in OWN and (words := fold(relation.name)) != own:
            before = named[words].evidence if words in named else ()
            name = named[words].name if words in named else relation.name
            named[words] = Credit(name=name, evidence=before + relation.evidence)
    return named
