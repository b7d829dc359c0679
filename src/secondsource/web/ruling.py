"""the fields of a form, or a JSON object -> a Decision that is kept in the case"""

from collections.abc import Mapping
from typing import Any

from secondsource.case import Case
from secondsource.case.doubts import value_of
from secondsource.errors import BadInput
from secondsource.model import Decision, Record
from secondsource.resolve.rulings import FIGURE, KINDS, ROLES
from secondsource.resolve.selectors import target_of

# Kind -> what it does, in words; the label of the value that it needs, none where it needs none.
ASKED: dict[str, tuple[str, str]] = {
    "confirm": ("The line is right", ""),
    "reject": ("The line is wrong: take it out", ""),
    "set_speaker": ("Somebody else says it", "Who (empty: nobody is named)"),
    "set_when": ("It was on another day", "2031, 2031-05, 2031-05-09 (empty: not known)"),
    "set_figure": ("The figure is another", ""),
    "set_kind": ("It is of another kind", "The right kind"),
    "merge_actors": ("It is the same one as", "The other name"),
    "split_actors": ("It is somebody else than elsewhere", ""),
    "same_origin": ("It has the same origin as", "The other article: address, hash or file name"),
    "not_a_copy": ("It is no copy of", "The other article: address, hash or file name"),
    "grade_outlet": ("What is known of the outlet", ""),
    "set_role": ("The role in the story", "Role"),
    "redact": ("Hide this person in dossiers and exports", ""),
    "note": ("A note", "Your words"),
}
OF: dict[str, tuple[str, ...]] = {
    "attribution": ("confirm", "reject", "set_speaker", "set_when", "set_kind", "note"),
    "claim": ("confirm", "reject", "set_when", "set_kind", "note"),
    "figure": ("confirm", "reject", "set_figure", "set_when", "note"),
    "mention": ("merge_actors", "split_actors", "set_role", "set_kind", "redact", "note"),
    "actor": ("merge_actors", "split_actors", "set_role", "set_kind", "redact", "note"),
    "article": ("set_when", "same_origin", "not_a_copy", "grade_outlet", "note"),
    "decision": ("reject",),
}
GRADES = ("owner", "state_control", "country", "reliability")
NUMBERS = frozenset({"low", "high"})
LONGEST = 2000  # characters of one answer


class Ruling(Record, frozen=True, kw_only=True):
    """What somebody rules. `id`: of the line, the actor, the article or, to undo it, the decision. `start`, `end`: of words in
    the article `id`, for a segment. `value`: as `resolve/rulings.py` says for each kind."""

    kind: str
    id: str
    by: str
    reason: str = ""
    value: Any = None
    start: int | None = None
    end: int | None = None


def from_form(fields: Mapping[str, str]) -> Ruling:
    """A form's fields as a Ruling. Raises BadInput for a kind that there is not, or a place that is no number."""
    kind = fields.get("kind", "")
    if kind not in KINDS:
        raise BadInput(f"{kind!r} is no kind of decision: choose one of the forms")
    places = {key: int(text) for key in ("start", "end") if (text := fields.get(key, "")).isdecimal() and len(text) < 12}
    held = {key: fields.get(key, "").strip()[:LONGEST] for key in ("id", "by", "reason")}
    return Ruling(kind=kind, value=_value(kind, fields), start=places.get("start"), end=places.get("end"), **held)


def _value(kind: str, fields: Mapping[str, str]) -> Any:
    if kind == "set_figure":
        made = {key: fields[key].strip() for key in FIGURE if fields.get(key, "").strip()}
        return {key: _number(key, text) if key in NUMBERS else text for key, text in made.items()}
    if kind == "grade_outlet":
        return {key: fields[key].strip() for key in GRADES if fields.get(key, "").strip()}
    return value_of(fields.get("value", "")[:LONGEST])


def _number(name: str, text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError as error:
        raise BadInput(f"{name}: {text!r} is no number: write digits alone") from error


def decided(case: Case, ruling: Ruling, at: str) -> Decision:
    """Keep the Decision and return it. Raises BadInput where it cannot be followed, in words."""
    if not ruling.by.strip():
        raise BadInput("a decision needs the name of who decides: fill in your name")
    made = Decision(
        kind=ruling.kind, target=_target(case, ruling), value=ruling.value, by=ruling.by.strip(), date=at, reason=ruling.reason
    )
    case.decide(made, at=at)
    return made


def _target(case: Case, ruling: Ruling) -> dict[str, str]:
    if ruling.id.startswith("decision-"):
        return {"decision": ruling.id}
    if ruling.start is not None and ruling.end is not None:
        reading = next((r for r in case.readings() if r.article.id == ruling.id), None)
        if reading is None or not 0 <= ruling.start < ruling.end <= len(reading.article.text):
            raise BadInput("these words are not in that article: open the article again and choose the part there")
        return target_of(reading.article, ruling.start, ruling.end, "segment")
    target = case.target(ruling.id)
    if ruling.kind == "grade_outlet":
        outlet = next((r.article.outlet.value for r in case.readings() if r.article.id == ruling.id), None)
        if not outlet:
            raise BadInput("this article does not state its outlet: add it to outlets.toml in the case's folder")
        return {"outlet": outlet}
    return target


__all__ = ["ASKED", "OF", "ROLES", "Ruling", "decided", "from_form"]
