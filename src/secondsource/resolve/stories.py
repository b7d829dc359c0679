"""articles -> stories: which of them tell of one story. Only what belongs to a place and a day is bounded by a story; that two
articles are copies is never read from it.

Words and pairs of words, weighed by a frozen table of how common they are, with the days of publication; pairs first, then
connected components, so that a story may run on for weeks.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from secondsource.model import SPOKEN, Article, Components, Link, Reading, Record, Story, identify, least

# Cosines, refitted with single links: B3 P .90, R .90 on 150 real reports of 50 stories of one beat and 36 small stories.
ALIKE = 0.18
ALIKE_FAR = 0.28  # where the days of publication lie far apart or are not known: years of one beat must not run together
NEAR_DAYS = 5
KEYS = 24  # heaviest terms of an article, by which others are proposed
NEIGHBOURS = 12  # articles on either side, in the order of days, that share a key and are looked at
SHARED_KEYS = 2
WORD = re.compile(r"[^\W\d_]{2,}")


class Rarity:
    """How much a word tells: half its band in the table, the most for a word that is not there."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.rarest = float(table["rarest"])
        self.of = {word: int(band) / 2 for band, words in table["bands"].items() for word in words.split()}

    def __call__(self, word: str) -> float:
        return self.of.get(word, self.rarest)


class _Text(Record, frozen=True, kw_only=True):
    article: str
    day: str
    weights: dict[str, float]
    keys: tuple[str, ...]


def stories(readings: Sequence[Reading], rarity: Rarity, components: Components) -> tuple[tuple[Link, ...], tuple[Story, ...]]:
    """Links of articles to stories, and the stories; every article is in one."""
    texts = {r.article.id: _text(r.article, rarity) for r in readings}
    cluster = components(texts, ((a, b) for a, b in _proposed(texts) if _one_story(texts[a], texts[b])))
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article, root in cluster.items():
        members[root].append(article)
    made = [Story(id=identify("story", least(found)), articles=tuple(sorted(found))) for found in members.values()]
    links = [Link(kind="story", member=a, cluster=s.id) for s in made for a in s.articles]
    return tuple(sorted(links, key=lambda link: link.member)), tuple(sorted(made, key=lambda s: s.id))


def _text(article: Article, rarity: Rarity) -> _Text:
    counted: Counter[str] = Counter()
    for segment in article.segments:
        if segment.kind in SPOKEN:
            words = [w.casefold() for w in WORD.findall(article.text, segment.start, segment.end)]
            counted.update(words)
            counted.update(f"{a} {b}" for a, b in pairwise(words) if rarity(a) > 2 and rarity(b) > 2)
    weights = {term: (1 + math.log(many)) * _weight(term, rarity) for term, many in counted.items()}
    weights = {term: weight for term, weight in weights.items() if weight > 0}
    # Added up in one order: sums of fractions must not depend on the order in which words came.
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:KEYS]
    when = article.published.value
    return _Text(
        article=article.id,
        day=((when.earliest or when.latest or "") if when else "")[:10],
        weights={term: weight / length for term, weight in weights.items()},
        keys=tuple(heaviest),
    )


def _weight(term: str, rarity: Rarity) -> float:
    words = term.split()
    return math.fsum(map(rarity, words)) / len(words)


def _proposed(texts: Mapping[str, _Text]) -> Iterator[tuple[str, str]]:
    """Pairs that share heavy terms; of a term that very many hold, each with its neighbours in time."""
    index: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, text in texts.items():
        for key in text.keys:
            index[key].append((text.day, name))
    shared: Counter[tuple[str, str]] = Counter()
    for holders in index.values():
        ordered = [name for _, name in sorted(holders)]
        for place, left in enumerate(ordered):
            for right in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                shared[min(left, right), max(left, right)] += 1
    return (pair for pair, many in sorted(shared.items()) if many >= SHARED_KEYS)


def _one_story(a: _Text, b: _Text) -> bool:
    few, many = (a.weights, b.weights) if len(a.weights) <= len(b.weights) else (b.weights, a.weights)
    cosine = math.fsum(weight * many[term] for term, weight in few.items() if term in many)
    return cosine >= (ALIKE if _near(a.day, b.day) else ALIKE_FAR)


def _near(left: str, right: str) -> bool:
    return bool(left and right) and abs((date.fromisoformat(left) - date.fromisoformat(right)).days) <= NEAR_DAYS
