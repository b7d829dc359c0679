"""readings, Decisions -> the readings as an analyst ruled them, what was ruled of their links, each Decision found or not

What a Decision of each kind says in `value`, beside its target (`selectors`):

confirm       nothing: the line is right
reject        nothing: the line is wrong and leaves, with what rests on it; a target with `decision` undoes that Decision
set_speaker   a name as the analyst writes it; None: nobody is named
set_when      2031, 2031-05, 2031-05-09, or {earliest, latest, precision}; None: not known. Of a statement when it was said,
              of a claim when it happened, of a figure as of when it holds, of an article when it was published
set_figure    some of {counted, whose, counter, low, high, bound, scope}
set_kind      of a segment, a claim's act, a statement's cue or a mention: the right value of the closed list
merge_actors  another target, or a name: the mention in `target` is the same one
split_actors  nothing: what its article calls by the name of the mention in `target` is somebody else than elsewhere
same_origin, not_a_copy   the other article (address, hash or name)
grade_outlet  {owner, state_control, country, reliability}; the target has `outlet`
set_role      party, backer, mediator, neighbour or observer
redact        nothing: the mention's actor is hidden in dossiers and exports
note          any words

A Decision whose words are not found is kept, with `found` False, and changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_args

from msgspec import field
from msgspec.structs import replace

from secondsource.errors import BadInput
from secondsource.model import (
    SPOKEN,
    Actor,
    Article,
    Attribution,
    Bound,
    Claim,
    Decision,
    Figure,
    Mention,
    Reading,
    Record,
    Scope,
    Segment,
    SegmentKind,
    Speaker,
    When,
    WhenField,
    identify,
)
from secondsource.resolve.register import ENTRIES, RELIABILITY
from secondsource.resolve.selectors import Found, Selectors

KINDS = (
    "confirm", "reject", "set_speaker", "set_when", "set_figure", "set_kind", "merge_actors", "split_actors", "same_origin",
    "not_a_copy", "grade_outlet", "set_role", "redact", "note",
)  # fmt: skip
ROLES = ("party", "backer", "mediator", "neighbour", "observer")
FIGURE = ("counted", "whose", "counter", "low", "high", "bound", "scope")
PAIRS = {"same_origin", "not_a_copy"}
ON_MENTIONS = {"merge_actors", "split_actors", "set_role", "redact"}
PRECISION = {4: "year", 7: "month", 10: "day"}
Attribute = Callable[[Article], Reading]


class Ruling(Record, frozen=True, kw_only=True):
    """What Decisions come to. `joined`: pairs of mentions that are one actor; `apart`: mention -> the Decision by which it is
    somebody else; `roles`: mention -> role; `hidden`: mentions of those to hide; `register`: outlet -> what was entered."""

    readings: tuple[Reading, ...]
    decisions: tuple[Decision, ...]
    joined: tuple[tuple[str, str], ...] = ()
    apart: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    register: dict[str, dict[str, str]] = field(default_factory=dict)

    def cast(self, people: Sequence[Actor], actor_of: Mapping[str, str]) -> tuple[Actor, ...]:
        """The actors with the roles that were set."""
        held = {actor_of[mention]: role for mention, role in self.roles.items() if mention in actor_of}
        return tuple(replace(actor, role_in_story=held[actor.id]) if actor.id in held else actor for actor in people)


def check(decision: Decision) -> Decision:
    """The decision itself. Raises BadInput, in words, where no reader could follow it."""
    kind, value, target = decision.kind, decision.value, decision.target
    if kind not in KINDS:
        raise BadInput(f"{kind!r} is no kind of decision: one of {', '.join(KINDS)}")
    if not decision.by.strip():
        raise BadInput("a decision needs the name of who decides: give --by")
    undoes = kind in {"reject", "note", "confirm"} and bool(target.get("decision"))
    wanted = {"same_origin": "article", "not_a_copy": "article", "grade_outlet": "outlet"}.get(kind, "exact")
    article = target.get("slot") == "article" and target.get("article")
    if not undoes and not target.get(wanted) and not article:
        raise BadInput(f"a decision of kind {kind} needs `{wanted}` in its target")
    fits = {
        "set_speaker": value is None or isinstance(value, str),
        "set_when": value is None or _when(value) is not None,
        "set_figure": isinstance(value, dict) and bool(value) and set(value) <= set(FIGURE) and _bounds(value),
        "set_kind": isinstance(value, str) and (_slot(target) != "segment" or value in get_args(SegmentKind)),
        "merge_actors": isinstance(value, str) or (isinstance(value, dict) and bool(value.get("exact"))),
        "same_origin": isinstance(value, str),
        "not_a_copy": isinstance(value, str),
        "grade_outlet": isinstance(value, dict) and _entries(value),
        "set_role": value in ROLES,
    }
    if not fits.get(kind, True):
        raise BadInput(f"a decision of kind {kind} cannot have the value {value!r}")
    return decision


def _slot(target: Mapping[str, str]) -> str:
    return target.get("slot", "statement").partition(":")[0]


def _bounds(value: Mapping[str, Any]) -> bool:
    numbers = all(isinstance(value.get(k, 0), int | float) or (k == "high" and value[k] is None) for k in ("low", "high"))
    return numbers and value.get("bound", "exact") in get_args(Bound) and value.get("scope", "unknown") in get_args(Scope)


def _entries(value: Mapping[str, Any]) -> bool:
    words = all(key in ENTRIES and isinstance(held, str) and held.strip() for key, held in value.items())
    return bool(value) and words and value.get("reliability", "A") in RELIABILITY


def in_force(decisions: Iterable[Decision]) -> set[str]:
    """The decisions that no other one in force undoes."""
    by_target: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.kind == "reject" and (undone := decision.target.get("decision")):
            by_target[undone].append(decision.id)
    known: dict[str, bool] = {}

    def holds(name: str) -> bool:
        if name not in known:
            known[name] = not any(holds(by) for by in by_target[name])
        return known[name]

    return {d.id for d in decisions if holds(d.id)}


def rule(readings: Iterable[Reading], decisions: Iterable[Decision], attribute: Attribute | None = None) -> Ruling:
    """Follow the decisions, oldest first. `attribute`: reads an article again whose segments were ruled to be something else;
    without it such a Decision only takes away what rests on words that are no report."""
    ordered = sorted(decisions, key=lambda d: (d.date, d.id))
    if not ordered:
        return Ruling(readings=tuple(readings), decisions=())
    court = _Court(readings, ordered, attribute)
    held = in_force(ordered)
    found = {d.id: court.hear(d, d.id in held) for d in sorted(ordered, key=lambda d: not court.of_segment(d))}
    return court.ruling(tuple(replace(d, found=found[d.id]) for d in sorted(ordered, key=lambda d: d.id)))


class _Court:
    """Everything that is ruled so far. Words are looked for in the readings as they were made, and followed in `now`."""

    def __init__(self, readings: Iterable[Reading], decisions: Sequence[Decision], attribute: Attribute | None) -> None:
        self.selectors = Selectors(readings)
        self.now = dict(self.selectors.readings)
        self.known = {d.id for d in decisions}
        self.attribute = attribute
        self.rejected: defaultdict[str, set[str]] = defaultdict(set)
        self.joined: list[tuple[str, str]] = []
        self.apart: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.hidden: list[str] = []
        self.register: dict[str, dict[str, str]] = {}

    def of_segment(self, decision: Decision) -> bool:
        return decision.kind == "set_kind" and _slot(decision.target) == "segment"

    def ruling(self, decisions: tuple[Decision, ...]) -> Ruling:
        for article, names in self.rejected.items():
            self.now[article] = without(self.now[article], names)
        return Ruling(
            readings=tuple(self.now[name] for name in sorted(self.now)),
            decisions=decisions,
            joined=tuple(self.joined),
            apart=self.apart,
            roles=self.roles,
            hidden=tuple(self.hidden),
            register=self.register,
        )

    def hear(self, decision: Decision, followed: bool) -> bool:
        """Whether the target is found; what is decided of it, if it is `followed`, is done."""
        target = decision.target
        if "decision" in target:
            return target["decision"] in self.known
        if decision.kind == "origin":  # of the first format: the name of the origin that an article belongs to
            return bool(self.selectors.articles(target.get("article", "")))
        if decision.kind in PAIRS:
            return bool(self.selectors.articles(target["article"]) and self.selectors.articles(str(decision.value)))
        if decision.kind == "grade_outlet":
            return self._grade(decision, followed)
        usual = "mention" if decision.kind in ON_MENTIONS else "figure" if decision.kind == "set_figure" else "statement"
        spot = self.selectors.record({"slot": usual} | target)
        if spot is None:
            return False
        reading, record = spot
        if not followed or decision.kind in {"confirm", "note"}:
            return True
        return self._follow(decision, reading, record)

    def _grade(self, decision: Decision, followed: bool) -> bool:
        name = decision.target["outlet"]
        entries = {key: str(held) for key, held in dict(decision.value).items()}  # type: ignore[call-overload]
        if followed:
            self.register[name] = self.register.get(name, {}) | entries | {"by": decision.by}
        return any((r.article.outlet.value or "").casefold() == name.casefold() for r in self.now.values())

    def _follow(self, decision: Decision, reading: Reading, record: Found) -> bool:
        article = reading.article.id
        match decision.kind:
            case "reject" if not isinstance(record, Article | Segment):
                self.rejected[article].add(record.id)
            case "set_speaker" if isinstance(record, Attribution):
                self.now[article] = spoken_by(self.now[article], record, decision)
            case "set_when":
                return self._dated(decision, article, record)
            case "set_figure" if isinstance(record, Figure):
                self._put(article, "figures", record.id, **dict(decision.value))  # type: ignore[call-overload]
            case "set_kind":
                return self._kind(decision, reading, record)
            case "merge_actors" if isinstance(record, Mention):
                other = decision.value if isinstance(decision.value, dict) else {"exact": str(decision.value)}
                found = self.selectors.record({"slot": "mention"} | other)
                if found is None or not isinstance(found[1], Mention):
                    return False
                self.joined.append((record.id, found[1].id))
            case "split_actors" if isinstance(record, Mention):
                same = [m.id for m in reading.mentions if m.id == record.id or (record.name and m.name == record.name)]
                self.apart |= dict.fromkeys(same, decision.id)
            case "set_role" if isinstance(record, Mention):
                self.roles[record.id] = str(decision.value)
            case "redact" if isinstance(record, Mention):
                self.hidden.append(record.id)
            case _:
                return False
        return True

    def _put(self, article: str, table: str, name: str, **changes: Any) -> None:
        """Change one record of an article; its id stays."""
        reading = self.now[article]
        records = tuple(replace(r, **changes) if r.id == name else r for r in getattr(reading, table))
        self.now[article] = replace(reading, **{table: records})

    def _dated(self, decision: Decision, article: str, record: Found) -> bool:
        when = _when(decision.value)
        match record:
            case Attribution():
                self._put(article, "attributions", record.id, said=when)
            case Claim():
                self._put(article, "claims", record.id, when=when)
            case Figure():
                self._put(article, "figures", record.id, as_of=when)
            case Article():
                note = f"{decision.by}: {decision.reason}"
                papers = WhenField(
                    value=when, basis="inferred" if when else "absent", evidence=record.published.evidence, note=note
                )
                self.now[article] = replace(self.now[article], article=replace(self.now[article].article, published=papers))
            case _:
                return False
        return True

    def _kind(self, decision: Decision, reading: Reading, record: Found) -> bool:
        article, value = reading.article.id, str(decision.value)
        match record:
            case Claim():
                self._put(article, "claims", record.id, act=value)
            case Attribution():
                self._put(article, "attributions", record.id, cue=replace(record.cue, kind=value))
            case Mention():
                self._put(article, "mentions", record.id, kind=value)
            case Segment():
                self.now[article] = self.resegmented(self.now[article], record, value)
                self.selectors.readings[article] = self.now[article]
            case _:
                return False
        return True

    def resegmented(self, reading: Reading, segment: Segment, kind: str) -> Reading:
        """The article with one segment of another kind, read again."""
        parts = tuple(replace(s, kind=kind) if s == segment else s for s in reading.article.segments)
        article = replace(reading.article, segments=parts)
        if self.attribute is not None and article.language in {None, "en"}:
            return replace(self.attribute(article), problems=reading.problems)
        spoken = [s for s in parts if s.kind in SPOKEN]
        rests = [(a.id, a.content) for a in reading.attributions] + [(c.id, c.evidence) for c in reading.claims]
        rests += [(f.id, f.evidence) for f in reading.figures]
        lost = {
            name for name, quotes in rests if not all(any(s.start < q.end and q.start < s.end for s in spoken) for q in quotes)
        }
        return without(replace(reading, article=article), lost)


def without(reading: Reading, names: Iterable[str]) -> Reading:
    """The reading without these records and what rests on them: speech inside a statement, its claims, their figures."""
    gone = set(names)
    while more := {a.id for a in reading.attributions if a.parent in gone} - gone:
        gone |= more
    gone |= {c.id for c in reading.claims if c.attribution in gone} | {f.id for f in reading.figures if f.attribution in gone}
    return replace(
        reading,
        attributions=tuple(a for a in reading.attributions if a.id not in gone),
        claims=tuple(replace(c, figure=None if c.figure in gone else c.figure) for c in reading.claims if c.id not in gone),
        figures=tuple(f for f in reading.figures if f.id not in gone),
    )


def spoken_by(reading: Reading, said: Attribution, decision: Decision) -> Reading:
    """The reading with the speaker of one statement as the analyst names him, and what he does in it done by him."""
    now = next((a for a in reading.attributions if a.id == said.id), None)
    if now is None:
        return reading
    before = {s.mention for s in now.speakers if s.mention}
    name, mentions = decision.value, reading.mentions
    speakers: tuple[Speaker, ...] = ()
    if isinstance(name, str) and name.strip():
        known = next((m for m in mentions if name in (m.quote.exact, m.name)), None)
        if known is None:
            known = _named(reading, now, decision, name)
            mentions = (*mentions, known) if known.id not in {m.id for m in mentions} else mentions
        speakers = (Speaker(mention=known.id, evidence=known.quote),)
    actor = speakers[0].mention if speakers else None
    claims = tuple(replace(c, actor=actor) if c.attribution == now.id and c.actor in before else c for c in reading.claims)
    attributions = tuple(replace(a, speakers=speakers) if a.id == now.id else a for a in reading.attributions)
    return replace(reading, mentions=mentions, claims=claims, attributions=attributions)


def _named(reading: Reading, said: Attribution, decision: Decision, name: str) -> Mention:
    """A mention of somebody whom the article has no mention of: on his name where it is printed, else on the statement's own
    words for its speaker, its cue or its content."""
    article = reading.article
    at = article.text.find(name)
    own = (
        [s.evidence for s in said.speakers if s.evidence] + ([said.cue.evidence] if said.cue.evidence else []) + [*said.content]
    )
    quote = article.quote(at, at + len(name)) if at >= 0 else own[0]
    made = identify("mention", article.id, quote.start, quote.end, decision.id)
    return Mention(article=article.id, quote=quote, kind="person", name=name, via="description", id=made)


def _when(value: object) -> When | None:
    """The time that a value says, None where it says none."""
    if isinstance(value, dict):
        ends = [value.get("earliest"), value.get("latest")]
        if not any(ends) or not all(end is None or (isinstance(end, str) and _when(end)) for end in ends):
            return None
        return When(
            earliest=ends[0], latest=ends[1], precision=value.get("precision", "day" if ends[0] == ends[1] else "range")
        )
    if not isinstance(value, str):
        return None
    parts = value.partition("T")[0].split("-")
    if not all(part.isdecimal() for part in parts) or [len(p) for p in parts] != [4, 2, 2][: len(parts)]:
        return None
    if len(parts) == 3:
        return When(earliest=value, latest=value, precision="minute" if "T" in value else "day")
    first, last = (
        (f"{value}-01-01", f"{value}-12-31") if len(parts) == 1 else (f"{value}-01", f"{value}-{_last(*map(int, parts))}")
    )
    return When(earliest=first, latest=last, precision=PRECISION[len(value)])  # type: ignore[arg-type]


def _last(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31
