"""drafts of positions -> entries: one an utterance, however many articles relay it"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from secondsource.model import Position, Quote, Record, When, Wording, identify, least
from secondsource.rate.shifts import RANK, day_of

WORDINGS: tuple[Wording, ...] = ("as_printed", "insertion", "translated", "rewritten", "paraphrase", "headline_only")
SOON = 2  # days
# Acts that two tellings of one utterance may give it.
ALIKE = (
    frozenset({"offer", "conditional_offer"}), frozenset({"demand", "appeal"}), frozenset({"promise", "offer"}),
    frozenset({"promise", "conditional_offer"}),
)  # fmt: skip


class Draft(Record, frozen=True, kw_only=True):
    """A position as one article gives it, before its tellings are joined."""

    holder: str
    object: str
    act: str
    conditions: tuple[Quote, ...]
    when: When | None
    utterance: str | None
    origin: str
    article: str
    evidence: Quote
    context: tuple[Quote, ...]
    wording: Wording
    target: str | None
    older: Quote | None
    claims: tuple[str, ...]
    cue: Quote | None


def entries(drafts: Iterable[Draft], side_of: Mapping[str, str]) -> tuple[Position, ...]:
    """The entries of all ledgers, by actor, object and day; undated ones last."""
    held: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        held[draft.holder, draft.object].append(draft)
    made = [_position(group, side_of) for found in held.values() for group in _utterances(found)]
    return tuple(sorted(made, key=lambda p: (p.actor, p.object, day_of(p.when) or "9999", p.id)))


def _utterances(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Drafts of one utterance together: the same link, or the same rank of act on the same day."""
    groups: list[list[Draft]] = []
    for draft in sorted(
        drafts, key=lambda d: (day_of(d.when) or "9999", d.when is None or d.when.earliest is None, d.article, d.evidence)
    ):
        for group in groups:
            if any(_one(draft, other) for other in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
    return groups


def _one(left: Draft, right: Draft) -> bool:
    linked = left.utterance is not None and left.utterance == right.utterance
    near = RANK[left.act] == RANK[right.act] or frozenset({left.act, right.act}) in ALIKE
    if left.article == right.article and {left.act, right.act} == {"threaten", "conditional_offer"}:
        # "We stop if they leave; otherwise the war goes on": two sides of one stand.
        return day_of(left.when) == day_of(right.when) and None not in {left.when, right.when}
    days = {_sharp(left), _sharp(right)} - {None}
    told_twice = days or {left.wording, right.wording} != {"paraphrase"} or _apart(left, right) <= SOON + 1
    if linked and near and told_twice and len({found[:10] for found in days if found}) < 2:
        return True
    if not near:
        return False
    if day_of(left.when) == day_of(right.when):
        return left.when is not None or left.article == right.article
    if left.act == right.act and _soon_after(left, right):
        return True
    # The same origin tells it again without a day of its own.
    again = left.origin == right.origin and left.article != right.article and None in {_sharp(left), _sharp(right)}
    return again and _apart(left, right) <= SOON + 1


def _apart(left: Draft, right: Draft) -> int:
    """Days between two drafts; many where one has none."""
    days = day_of(left.when), day_of(right.when)
    if not (days[0] and days[1]):
        return 99
    return abs((date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days)


def _soon_after(left: Draft, right: Draft) -> bool:
    """A report without a day for it, within two days of the day that another gives: the same statement rather than a second."""
    if (_sharp(left) is None) == (_sharp(right) is None) or (left.conditions and right.conditions):
        return False
    dated, other = (left, right) if _sharp(left) else (right, left)
    return _apart(left, right) <= SOON and (day_of(dated.when) or "") <= (day_of(other.when) or "")


def _sharp(draft: Draft) -> str | None:
    return draft.when.earliest if draft.when else None


def _conditions(drafts: Sequence[Draft]) -> tuple[Quote, ...]:
    """All conditions that the first article with any gives, each once; a shorter telling inside a longer one is left out."""
    first = next((d.article for d in drafts if d.conditions), None)
    found = [q for d in drafts if d.article == first for q in d.conditions]
    kept = [q for q in found if not any(o is not q and o.start <= q.start and q.end <= o.end and o != q for o in found)]
    return tuple(sorted(dict.fromkeys(kept)))


def _position(group: Sequence[Draft], side_of: Mapping[str, str]) -> Position:
    best = min(group, key=lambda d: (WORDINGS.index(d.wording), -len(d.conditions), d.article, d.evidence))
    dated = [d.when for d in group if d.when and d.when.earliest]
    whens = dated or [d.when for d in group if d.when]
    acts = [d.act for d in group]
    act = "conditional_offer" if "conditional_offer" in acts else best.act
    ordered = [best, *(d for d in sorted(group, key=lambda d: (d.article, d.evidence)) if d is not best)]
    return Position(
        id=identify(
            "position", best.holder, best.object, act, least(f"{d.article}:{d.evidence.start}:{d.evidence.end}" for d in group)
        ),
        actor=best.holder,
        object=best.object,
        act=act,
        conditions=_conditions(ordered),
        when=min(whens, key=lambda w: (day_of(w) or "9999", w.precision)) if whens else None,
        utterance=best.utterance or next((d.utterance for d in ordered if d.utterance), None),
        origins=tuple(sorted({d.origin for d in group})),
        evidence=tuple(dict.fromkeys(d.evidence for d in ordered)),
        side=side_of.get(best.holder),
        target=best.target or next((d.target for d in ordered if d.target), None),
        context=tuple(dict.fromkeys(q for d in ordered for q in d.context)),
        wording=best.wording,
        older=next((d.older for d in ordered if d.older), None),
        claims=tuple(sorted({c for d in group for c in d.claims})),
        cue=best.cue,
    )
