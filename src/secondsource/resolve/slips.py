"""readings, links -> Problems: rare errors that two articles share though nothing else hangs them together.

The same weekday that is not the date's, or the same misspelling of a name that other reports spell otherwise, may mean
that the one was written from the other. It is shown as a hint, and joins nothing: two may also have erred alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from secondsource.model import Origin, Problem, Reading
from secondsource.resolve.naming import fold
from secondsource.resolve.spelling import swapped

RARE = 3  # articles that may hold one error; more of them are a custom
OTHERWISE = 2  # other articles at least that spell the name in one other way
HINT = "perhaps one was written from the other: a hint, no proof"


def shared_slips(readings: Sequence[Reading], actor_of: Mapping[str, str], found: Sequence[Origin]) -> tuple[Problem, ...]:
    """A Problem for every two articles of different origins that share a rare error, under the first one's name."""
    names = {r.article.id: r.article.name for r in readings}
    origin = {article: o for o in found for article in o.articles}
    made: list[Problem] = []
    for what, holders in (*_weekdays(readings), *_spellings(readings, actor_of)):
        for left, right in combinations(sorted(holders), 2):
            one, other = origin[left], origin[right]
            if one.id != other.id and other.id not in one.derived and one.id not in other.derived:
                text = f"{what} here and in {names[right]}, which share nothing else; {HINT}"
                made.append(Problem(name=names[left], article=left, stage="resolve", text=text))
    return tuple(made)


def _weekdays(readings: Sequence[Reading]) -> Iterator[tuple[str, set[str]]]:
    """Words for a day that contradict themselves, and the articles that print them."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    printed: dict[str, str] = {}
    for reading in readings:
        for time in reading.times:
            if time.note:
                words = " ".join(fold(time.quote.exact))
                held[words].add(reading.article.id)
                printed[words] = min(printed.get(words, time.quote.exact), time.quote.exact)
    for words in sorted(held):
        if 2 <= len(held[words]) <= RARE:
            yield f"“{printed[words]}”, a weekday that is not the date’s, stands", held[words]


def _spellings(readings: Sequence[Reading], actor_of: Mapping[str, str]) -> Iterator[tuple[str, set[str]]]:
    """Slips of the fingers in the last word of one person's name, and the articles that print them."""
    held: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for reading in readings:
        for mention in reading.mentions:
            words = fold(mention.quote.exact) if mention.kind == "person" and mention.via == "name" else ()
            if words and mention.id in actor_of:
                held[actor_of[mention.id]][words[-1]].add(reading.article.id)
    for actor in sorted(held):
        usual = max(held[actor], key=lambda word: (len(held[actor][word]), word))
        for word in sorted(held[actor]):
            holders = held[actor][word]
            others = held[actor][usual] - holders
            if 2 <= len(holders) <= RARE and len(others) >= max(OTHERWISE, len(holders)) and swapped(word, usual):
                yield f"“{word}” for “{usual}” stands", holders
