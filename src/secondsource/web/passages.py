"""places of words -> passages to read: what stands near each other is shown once, with all its words marked"""

from collections.abc import Iterable, Iterator

from secondsource.case.showing import Place
from secondsource.model import Record


class Passage(Record, frozen=True, kw_only=True):
    """Words of one article that stand near each other: the text around them in pieces, each marked or not, and their places.
    `anchor`: of the first of them on the article's page."""

    article: str
    pieces: tuple[tuple[str, bool], ...]
    places: tuple[Place, ...]
    anchor: str = ""


def passages(places: Iterable[Place]) -> Iterator[Passage]:
    """Places of one article whose surroundings overlap, as one passage; a place inside another one is not marked twice."""
    held = sorted(dict.fromkeys(places), key=lambda p: (p.article, p.start, -p.end))
    group: list[Place] = []
    for place in held:
        if group and (place.article != group[0].article or place.start - len(place.before) > max(p.end for p in group)):
            yield _passage(group)
            group = []
        group.append(place)
    if group:
        yield _passage(group)


def _passage(group: list[Place]) -> Passage:
    first = group[0].start - len(group[0].before)
    last = max(group, key=lambda p: p.end + len(p.after))
    letters: dict[int, str] = {}
    for p in group:
        around = p.before + p.exact + p.after
        letters.update(zip(range(p.start - len(p.before), p.end + len(p.after)), around, strict=True))
    marked = {at for p in group for at in range(p.start, p.end)}
    pieces: list[tuple[str, bool]] = []
    for at in range(first, last.end + len(last.after)):
        letter, mark = letters.get(at, ""), at in marked
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + letter, mark)
        else:
            pieces.append((letter, mark))
    return Passage(article=group[0].article, pieces=tuple(pieces), places=tuple(group))
