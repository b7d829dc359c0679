"""two states of a case -> the lines that are new, changed and dropped

Lines are compared by what stays when an article is read again or its page has a new version: the page's address and the
words of a statement; the question's kind and what is asked; the actor and object of a position.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from secondsource.model import Dossier, Reading, Record
from secondsource.resolve.versions import lineage_of

if TYPE_CHECKING:
    from secondsource.case.case import Case

Key = tuple[str, ...]


class Line(Record, frozen=True, kw_only=True):
    """One line of a dossier: its kind, the id of its record, what it says, and what may change of it."""

    kind: str
    id: str
    text: str
    state: str = ""


class Change(Record, frozen=True, kw_only=True):
    """A line that both dossiers have, and that says something else now."""

    kind: str
    id: str
    text: str
    before: str
    after: str


class Diff(Record, frozen=True, kw_only=True):
    """What came, what changed and what left between two runs."""

    before: int
    after: int
    new: tuple[Line, ...]
    changed: tuple[Change, ...]
    dropped: tuple[Line, ...]


def diff(case: "Case", before: int, after: int) -> Diff:
    """See `Case.diff`."""
    old = dict(_lines(case.dossier(before)))
    now = dict(_lines(case.dossier(after)))
    _carry(old, now)
    changed = [
        Change(kind=now[key].kind, id=now[key].id, text=now[key].text, before=old[key].state, after=now[key].state)
        for key in now.keys() & old.keys()
        if now[key].state != old[key].state
    ]
    return Diff(
        before=before,
        after=after,
        new=_sorted(now[key] for key in now.keys() - old.keys()),
        changed=tuple(sorted(changed, key=lambda c: (c.kind, c.text, c.id))),
        dropped=_sorted(old[key] for key in old.keys() - now.keys()),
    )


def _sorted(lines: Iterator[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.kind, line.text, line.id)))


def _lines(dossier: Dossier) -> Iterator[tuple[Key, Line]]:
    names = {a.id: a.name for a in dossier.actors}
    actor_of = dossier.cluster_of("actor")
    for reading in dossier.readings:
        yield from _of_article(reading, names, actor_of)
    seen: Counter[Key] = Counter()
    for question in dossier.questions:
        counts = (f"{a.text} ({a.reported_by.origins_low}-{a.reported_by.origins_high})" for a in question.answers)
        state = f"{question.verdict}: {'; '.join(sorted(counts))}"
        key: Key = ("question", question.kind, question.id)
        yield key, Line(kind="question", id=question.id, text=question.text, state=state)
    for p in dossier.positions:
        words = " … ".join(q.exact for q in p.evidence[:1])
        who = names.get(p.actor, p.actor)
        key = _numbered(seen, ("position", who, p.object, p.act, _day(p.when), _folded(words)))
        state = " and ".join(q.exact for q in p.conditions)
        yield key, Line(kind="position", id=p.id, text=f"{who}: {p.act} on {p.object}: {words}", state=state)
    for pledge in dossier.pledges:
        parties = ", ".join(names.get(p, p) for p in pledge.parties)
        key = _numbered(seen, ("pledge", parties, pledge.object, _day(pledge.when)))
        yield key, Line(kind="pledge", id=pledge.id, text=f"{parties}: {pledge.object}", state=pledge.outcome)


def _of_article(reading: Reading, names: Mapping[str, str], actor_of: Mapping[str, str]) -> Iterator[tuple[Key, Line]]:
    article = reading.article
    page = lineage_of(article) or article.id
    outlet = article.outlet.value or "outlet not stated"
    yield (
        ("article", page),
        Line(kind="article", id=article.id, text=f"{outlet}: {article.title.value or article.name}", state=article.sha256),
    )
    seen: Counter[Key] = Counter()
    for said in reading.attributions:
        words = " … ".join(q.exact for q in said.content)
        who = " and ".join(
            names.get(actor_of.get(s.mention or "", ""), s.evidence.exact if s.evidence else "") for s in said.speakers
        )
        day = _day(said.said)
        key = _numbered(seen, ("statement", page, _folded(words)))
        yield (
            key,
            Line(
                kind="statement", id=said.id, text=words, state=f"{who or 'nobody named'}, {said.cue.kind}{day and ', '}{day}"
            ),
        )
    for figure in reading.figures:
        words = figure.evidence[0].exact
        high = "" if figure.high is None else f"{figure.high:g}"
        state = f"{figure.counted}: {figure.low:g} to {high} ({figure.bound}, {figure.scope})"
        key = _numbered(seen, ("figure", page, figure.counted, _folded(words)))
        yield key, Line(kind="figure", id=figure.id, text=words, state=state)


def _numbered(seen: Counter[Key], key: Key) -> Key:
    """The key, with how many came before it under the same words."""
    seen[key] += 1
    return (*key, str(seen[key]))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _day(when: object) -> str:
    earliest, latest = getattr(when, "earliest", None), getattr(when, "latest", None)
    return f"{earliest or ''}/{latest or ''}" if earliest or latest else ""


def _carry(old: dict[Key, Line], now: dict[Key, Line]) -> None:
    """A question is named by its least answer, so that a new article can rename it: one with the same words in both is one."""
    lost = [key for key in old if key[0] == "question" and key not in now]
    came: dict[tuple[str, str], list[Key]] = {}
    for key in now:
        if key[0] == "question" and key not in old:
            came.setdefault((key[1], _folded(now[key].text)), []).append(key)
    for key in sorted(lost):
        same = came.get((key[1], _folded(old[key].text)), [])
        if len(same) == 1:
            old[same.pop()] = old.pop(key)
