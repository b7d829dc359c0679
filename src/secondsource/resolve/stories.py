"""articles -> stories: which of them tell of one story. Only what belongs to a place and a day is bounded by a story; that two
articles are copies is never read from it.

Words and pairs of words, weighed by a frozen table of how common they are, with the days of publication; pairs first, then
connected components, so that a story may run on for weeks.
"""

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from secondsource.model import SPOKEN, Article, Components, Link, Reading, Record, Story, identify, least
from secondsource.resolve.wording import number

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


class Weighed(Record, frozen=True, kw_only=True):
    """Terms as numbers, with their weights beside them, flat: as dicts they would be most of what a large case holds."""

    article: str
    day: str
    terms: "array[int]"
    weights: "array[float]"
    keys: tuple[str, ...]


def stories(readings: Sequence[Reading], rarity: Rarity, components: Components) -> tuple[tuple[Link, ...], tuple[Story, ...]]:
    """Links of articles to stories, and the stories; every article is in one."""
    texts = {r.article.id: weighed(r.article, rarity) for r in readings}
    cluster = components(texts, _edges(texts))
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article, root in cluster.items():
        members[root].append(article)
    made = [Story(id=identify("story", least(found)), articles=tuple(sorted(found))) for found in members.values()]
    links = [Link(kind="story", member=a, cluster=s.id) for s in made for a in s.articles]
    return tuple(sorted(links, key=lambda link: link.member)), tuple(sorted(made, key=lambda s: s.id))


def weighed(article: Article, rarity: Rarity) -> Weighed:
    """An article's terms with their weights; `keys` are the heaviest, by which others are proposed."""
    counted: Counter[str] = Counter()
    for segment in article.segments:
        if segment.kind in SPOKEN:
            words = [w.casefold() for w in WORD.findall(article.text, segment.start, segment.end)]
            counted.update(words)
            rare = [rarity(word) > 2 for word in words]
            counted.update(f"{words[i]} {words[i + 1]}" for i in range(len(words) - 1) if rare[i] and rare[i + 1])
    weights = {term: weight for term, many in counted.items() if (weight := (1 + math.log(many)) * _weight(term, rarity)) > 0}
    # Added up in one order: sums of fractions must not depend on the order in which words came.
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:KEYS]
    when = article.published.value
    return Weighed(
        article=article.id,
        day=((when.earliest or when.latest or "") if when else "")[:10],
        terms=array("Q", [number([term]) for term in weights]),
        weights=array("d", [weight / length for weight in weights.values()]),
        keys=tuple(heaviest),
    )


def _weight(term: str, rarity: Rarity) -> float:
    first, _, second = term.partition(" ")
    return (rarity(first) + rarity(second)) / 2 if second else rarity(first)


def _proposed(texts: Mapping[str, Weighed]) -> Iterator[tuple[str, str]]:
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


def _edges(texts: Mapping[str, Weighed]) -> Iterator[tuple[str, str]]:
    """Pairs of one story; those of one left article come together, so that its terms are looked up in one dict."""
    held: dict[int, float] = {}
    before = ""
    for left, right in _proposed(texts):
        if left != before:
            held, before = dict(zip(texts[left].terms, texts[left].weights, strict=True)), left
        if one_story(held, texts[left].day, texts[right]):
            yield left, right


def one_story(held: Mapping[int, float], day: str, b: Weighed) -> bool:
    """Whether an article of a day, whose terms and weights are `held`, tells of the story of `b`."""
    cosine = math.fsum(weight * held[term] for term, weight in zip(b.terms, b.weights, strict=True) if term in held)
    return cosine >= (ALIKE if _near(day, b.day) else ALIKE_FAR)


def _near(left: str, right: str) -> bool:
    return bool(left and right) and abs((date.fromisoformat(left) - date.fromisoformat(right)).days) <= NEAR_DAYS
