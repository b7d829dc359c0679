"""articles -> origins: which texts are not independent of each other.

Two articles share an origin when one is a copy of the other (shared 8-grams outside quotations), or when both credit the same
agency or outlet as the one whose text they carry. An article with two credited leans on both and joins neither. Quotations and
everything that is not the report (comments, adverts, forms) take no part: two outlets that quote one speech are not copies.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from secondsource.model import SPOKEN, Article, Components, Count, Link, Origin, OriginReason, Quote, Reading, identify, least
from secondsource.resolve.entities import fold

GRAM = 8  # words; shorter runs are shared by chance between reports of one event
COMMON = 50  # an 8-gram in more articles than this is a formula, not a trace of copying
# Containment of the smaller text. Independent reports of one story reach .02 once quotations are out (crossdoc survey, §3.2,
# BASIL); .50 stands above the highest value seen between independent reports with quotations in (.352).
COPY = 0.50
PARTLY = 0.20
FEWEST = 5  # shared 8-grams below this are no sign of anything
SHOWN = 3  # longest shared passages kept as evidence

WORD = re.compile(r"\w+")


class _Words:
    """The words of an article's report outside quotations, folded, with their offsets."""

    def __init__(self, reading: Reading) -> None:
        self.article = reading.article
        quoted = [q for a in reading.attributions if a.mode != "indirect" for q in a.content]
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.grams: dict[tuple[str, ...], int] = {}
        for segment in reading.article.segments:
            if segment.kind in SPOKEN:
                self._take(segment.start, segment.end, quoted)

    def _take(self, start: int, end: int, quoted: Sequence[Quote]) -> None:
        run: list[str] = []
        for match in WORD.finditer(self.article.text, start, end):
            if any(q.start <= match.start() < q.end for q in quoted):
                run = []
                continue
            self.words.append(match.group().casefold())
            self.spans.append(match.span())
            run.append(self.words[-1])
            if len(run) >= GRAM:
                self.grams.setdefault(tuple(run[-GRAM:]), len(self.words) - GRAM)


def origins(readings: Sequence[Reading], components: Components) -> tuple[tuple[Link, ...], tuple[Origin, ...]]:
    """Links of articles to origins, and the origins; every article is in exactly one."""
    texts = {reading.article.id: _Words(reading) for reading in readings}
    articles = {reading.article.id: reading.article for reading in readings}
    copies, partly = _overlaps(texts)
    credited = {name: _credits(article) for name, article in articles.items()}
    edges = [(left, right) for left, right, _ in copies] + _credit_edges(articles.values(), credited)
    cluster = components(articles, edges)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article, root in cluster.items():
        members[root].append(article)
    reasons: defaultdict[str, list[OriginReason]] = defaultdict(list)
    derived: defaultdict[str, set[str]] = defaultdict(set)
    ids = {root: identify("origin", least(found)) for root, found in members.items()}
    for left, right, shared in copies:
        reasons[cluster[left]].append(_shown("copy", texts[left], texts[right], shared))
    for left, right, shared in partly:
        if cluster[left] != cluster[right]:
            for one, other in ((left, right), (right, left)):
                reasons[cluster[one]].append(_shown("partly_derived", texts[one], texts[other], shared))
                derived[cluster[one]].add(ids[cluster[other]])
    outlets = {fold(a.outlet.value): ids[cluster[a.id]] for a in articles.values() if a.outlet.value and not credited[a.id]}
    by_credit = {name: ids[cluster[a]] for a in sorted(articles) for name in credited[a] if len(credited[a]) == 1}
    for article, named in credited.items():
        kind = "credit" if len(named) == 1 else "partly_derived"
        for words, relation in named.items():
            text = f"{articles[article].name} carries the text of {relation[0]}"
            reasons[cluster[article]].append(OriginReason(kind=kind, text=text, evidence=relation[1]))  # type: ignore[arg-type]
            leans_on = outlets.get(words) or by_credit.get(words)
            if len(named) > 1 and leans_on and leans_on != ids[cluster[article]]:
                derived[cluster[article]].add(leans_on)
    made = [
        Origin(
            id=ids[root],
            name=_name([articles[a] for a in found], credited),
            articles=tuple(sorted(found)),
            reasons=tuple(sorted(reasons[root], key=lambda r: (r.kind, r.text, r.evidence))),
            derived=tuple(sorted(derived[root])),
            known=any(len(credited[a]) == 1 or articles[a].outlet.value for a in found),
        )
        for root, found in members.items()
    ]
    links = tuple(Link(kind="origin", member=article, cluster=ids[root]) for article, root in sorted(cluster.items()))
    return links, tuple(sorted(made, key=lambda origin: origin.id))


def counter(found: Sequence[Origin], components: Components) -> Count:
    """Articles -> how many independent origins they have, (low, high).

    High counts every origin. Low counts known origins only, and origins that lean on each other once; where none is known
    it is 1, since somebody wrote it.
    """
    of_article = {article: origin for origin in found for article in origin.articles}
    leaning = components((o.id for o in found), ((o.id, other) for o in found for other in o.derived))

    def count(articles: Iterable[str]) -> tuple[int, int]:
        held = {of_article[a].id: of_article[a] for a in articles}
        known = {leaning[o.id] for o in held.values() if o.known}
        return max(len(known), min(1, len(held))), len(held)

    return count


def _credits(article: Article) -> dict[tuple[str, ...], tuple[str, tuple[Quote, ...]]]:
    """Folded name -> (name as printed, words) of those whose text this article carries by its own words."""
    named: dict[tuple[str, ...], tuple[str, tuple[Quote, ...]]] = {}
    for relation in article.relations:
        if relation.kind in {"republished_from", "derived_from"}:
            words = fold(relation.name)
            name, evidence = named.get(words, (relation.name, ()))
            named[words] = (name, evidence + relation.evidence)
    own = fold(article.outlet.value) if article.outlet.value else ()
    named.pop(own, None)
    return named


def _credit_edges(
    articles: Iterable[Article], credited: Mapping[str, Mapping[tuple[str, ...], object]]
) -> list[tuple[str, str]]:
    """Single credited to one name join each other, and the articles that this name itself published without a credit."""
    held: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, named in sorted(credited.items()):
        if len(named) == 1:
            held[next(iter(named))].append(name)
    own: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in articles:
        if article.outlet.value and not credited[article.id]:
            own[fold(article.outlet.value)].append(article.id)
    edges: list[tuple[str, str]] = []
    for words, group in held.items():
        everyone = sorted(group + own.get(words, []))
        edges += [(everyone[0], other) for other in everyone[1:]]
    return edges


def _overlaps(
    texts: Mapping[str, _Words],
) -> tuple[list[tuple[str, str, float]], list[tuple[str, str, float]]]:
    """Pairs of articles that share enough 8-grams: copies, and those that lean on each other in part."""
    index: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(texts):
        for gram in texts[name].grams:
            index[gram].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for holders in index.values():
        if 2 <= len(holders) <= COMMON:
            for place, left in enumerate(holders):
                for right in holders[place + 1 :]:
                    shared[left, right] += 1
    copies: list[tuple[str, str, float]] = []
    partly: list[tuple[str, str, float]] = []
    for (left, right), count in sorted(shared.items()):
        smaller = min(len(texts[left].grams), len(texts[right].grams))
        if count >= min(FEWEST, smaller):
            share = count / smaller
            if share >= COPY:
                copies.append((left, right, share))
            elif share >= PARTLY:
                partly.append((left, right, share))
    return copies, partly


def _shown(kind: str, left: _Words, right: _Words, share: float) -> OriginReason:
    """The longest passages that both articles hold, as words of each."""
    matcher = SequenceMatcher(None, left.words, right.words, autojunk=False)
    blocks = sorted(matcher.get_matching_blocks(), key=lambda b: (-b.size, b.a))[:SHOWN]
    evidence: list[Quote] = []
    for block in blocks:
        if block.size:
            for words, at in ((left, block.a), (right, block.b)):
                start, end = words.spans[at][0], words.spans[at + block.size - 1][1]
                evidence.append(words.article.quote(start, end))
    text = f"{left.article.name} and {right.article.name} share {share:.0%} of the shorter one's words outside quotations"
    return OriginReason(kind=kind, text=text, evidence=tuple(evidence))  # type: ignore[arg-type]


def _name(articles: Iterable[Article], credited: Mapping[str, Mapping[tuple[str, ...], tuple[str, object]]]) -> str | None:
    """Whose word it is: the credited name most often given, else the one outlet, else nobody's that is known."""
    named = Counter(name for a in articles for name, _ in credited[a.id].values() if len(credited[a.id]) == 1)
    if named:
        return min(named, key=lambda name: (-named[name], name))
    outlets = sorted({a.outlet.value for a in articles if a.outlet.value})
    return outlets[0] if len(outlets) == 1 else None
