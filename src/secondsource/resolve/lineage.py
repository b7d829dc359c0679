"""articles of one origin, and origins that lean on others -> which was first, and how many are independent.

Direction by credit, an agency's own mark, then date, then fullness; where none tells, it is said to be unknown, and an origin
that may be nobody's is not counted as somebody's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from secondsource.model import Article, Count, Origin, When

MARK = re.compile(r"\(([^()]+)\)[\s\-–—]*$")
FULLER = 1.1  # times as many words: below, length tells nothing

Direction = tuple[str | None, str]  # the article (id) that was first, and why; None: not known


def signed(article: Article) -> bool:
    """Whether a page bears its own outlet's mark where agencies print it, in the dateline: "CITY, May 6 (NPA)"."""
    outlet, place = article.outlet.value, article.dateline.value
    mark = MARK.search(place) if outlet and place else None
    if not mark or not outlet:
        return False
    initials = "".join(w[0] for w in outlet.split() if w[0].isupper())
    return mark.group(1).casefold() in {outlet.casefold(), initials.casefold()}


def first_of(left: Article, right: Article, credit: Mapping[str, str], words: Mapping[str, int]) -> Direction:
    """Which of two articles the other comes from. `credit`: article -> the one it credits; `words`: how many each has."""
    for one, other in ((left, right), (right, left)):
        if credit.get(other.id) == one.id and credit.get(one.id) != other.id:
            return one.id, f"{other.name} credits {one.name}"
    if credit.get(left.id) == right.id and credit.get(right.id) == left.id:
        return None, "each credits the other: direction unknown"
    if signed(left) != signed(right):
        one = left if signed(left) else right
        if not (right if one is left else left).outlet.value:
            return one.id, f"{one.name} bears the mark of {one.outlet.value}, the other page names nobody"
    order = _earlier(left.published.value, right.published.value)
    if order:
        one = left if order < 0 else right
        return one.id, f"{one.name} is dated earlier"
    long, short = sorted((left, right), key=lambda a: (-words[a.id], a.id))
    if words[long.id] >= FULLER * max(1, words[short.id]):
        return long.id, f"{long.name} is the fuller text"
    return None, "direction unknown: no credit, no earlier date, no fuller text"


def _earlier(left: When | None, right: When | None) -> int:
    """-1 or 1 where one was published before the other, by day or, where both say, by minute; 0 where that is not known."""
    if not (left and right and left.earliest and left.latest and right.earliest and right.latest):
        return 0
    size = 10 if min(map(len, (left.earliest, left.latest, right.earliest, right.latest))) <= 10 else 16
    if left.latest[:size] < right.earliest[:size]:
        return -1
    return 1 if right.latest[:size] < left.earliest[:size] else 0


def roots_among(members: Sequence[str], comes_from: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Articles of one origin that may be its root: those that come from none of the others; all where each comes from one."""
    later = {child for child, _ in comes_from}
    roots = tuple(sorted(set(members) - later))
    return roots or tuple(sorted(members))


def ancestry(found: Sequence[Origin], absent: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Origin -> itself and all that it leans on, however far; `absent`: names it credits that no article here is of."""
    direct = {o.id: {*o.derived, *(f"name:{name}" for name in absent.get(o.id, ()))} for o in found}
    reached: dict[str, frozenset[str]] = {}
    for origin in direct:
        seen, open_ = {origin}, [origin]
        while open_:
            for other in direct.get(open_.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    open_.append(other)
        reached[origin] = frozenset(seen)
    return reached


def counter(found: Sequence[Origin], absent: Mapping[str, Iterable[str]] | None = None) -> Count:
    """Articles -> how many independent origins they have, (low, high).

    High counts every origin. Low counts known origins no two of which lean on each other or on one third; where none is known
    it is 1, since somebody wrote it. An article made of two others' reports adds nothing to them and joins neither.
    """
    of_article = {article: origin for origin in found for article in origin.articles}
    above = ancestry(found, absent or {})

    def count(articles: Iterable[str]) -> tuple[int, int]:
        held = {of_article[a].id: of_article[a] for a in articles}
        taken: set[str] = set()
        low = 0
        # Those that lean on fewest come first: whoever leans on one of them shares it, so that nobody who relays counts more.
        for origin in sorted((o for o in held.values() if o.known), key=lambda o: (len(above[o.id]), o.id)):
            if not above[origin.id] & taken:
                taken |= above[origin.id]
                low += 1
        return max(low, min(1, len(held))), len(held)

    return count


def known_roots(found: Sequence[Origin]) -> dict[str, str | None]:
    """Article -> its origin where that is known."""
    return {article: origin.id if origin.known else None for origin in found for article in origin.articles}


def grouped(cluster: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Cluster -> its members, in order."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    for member, root in cluster.items():
        held[root].append(member)
    return {root: tuple(sorted(members)) for root, members in held.items()}
