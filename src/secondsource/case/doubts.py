"""a case's dossier -> the lines that a person should look at, the gravest first; a table of decisions -> Decisions"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from secondsource.errors import BadInput
from secondsource.model import Decision, Dossier, Question, Record
from secondsource.resolve.rulings import KINDS

if TYPE_CHECKING:
    from secondsource.case.case import Case

LOOK = {
    "conflicting": "the reports contradict each other",
    "internally_inconsistent": "a report contradicts itself",
    "disputed": "two speakers answer it differently",
    "possible": "perhaps one question, perhaps two",
}
SELECTOR = ("article", "exact", "prefix", "suffix", "slot", "cue", "outlet", "decision")


class Doubt(Record, frozen=True, kw_only=True):
    """A line to look at: why, which, what it says, and the kinds of decision that could settle it. `id` is what `show` and
    `target` take."""

    reason: str
    id: str
    text: str
    article: str
    kinds: tuple[str, ...]


def doubtful(case: "Case") -> tuple[Doubt, ...]:
    """See `Case.doubtful`: what a Decision is on already is left out."""
    dossier = case.dossier()
    settled = {(d.target.get("exact"), d.target.get("slot", "").partition(":")[0]) for d in case.decisions()}
    return tuple(doubt for doubt, key in _doubts(dossier) if key not in settled)


def _doubts(dossier: Dossier) -> Iterator[tuple[Doubt, tuple[str, str]]]:
    """Each with the words and the slot that a Decision on it has."""
    for decision in dossier.decisions:
        if not decision.found:
            text = f"{decision.kind} by {decision.by}: {decision.target.get('exact') or decision.target}"
            why = "a decision no longer finds its words"
            yield Doubt(reason=why, id=decision.id, text=text, article="", kinds=("reject",)), ("", "")
    names = {r.article.id: r.article.name for r in dossier.readings}
    for verdict, why in LOOK.items():
        for question in dossier.questions:
            if question.verdict == verdict:
                yield from _answers(question, why, names)
    for reading in dossier.readings:
        for said in reading.attributions:
            words = " … ".join(q.exact for q in said.content)
            key = (said.content[0].exact if said.content else "", "statement")
            if not said.speakers:
                why, kinds = "nobody is named who says it", ("set_speaker", "confirm", "reject", "note")
            elif said.wording == "headline_only":
                why, kinds = "only the headline has it", ("confirm", "reject", "note", "set_speaker")
            else:
                continue
            yield Doubt(reason=why, id=said.id, text=words, article=reading.article.name, kinds=kinds), key


def _answers(question: Question, why: str, names: Mapping[str, str]) -> Iterator[tuple[Doubt, tuple[str, str]]]:
    for answer in question.answers:
        words = answer.evidence[0]
        kinds = ("confirm", "reject", "set_when", "set_figure", "note")
        text, where = f"{question.text}: {answer.text}", names.get(words.article, "")
        yield (
            Doubt(reason=why, id=answer.claims[0], text=text, article=where, kinds=kinds),
            (words.exact, _slot(answer.claims[0])),
        )


def _slot(name: str) -> str:
    return {"attribution": "statement"}.get(name.partition("-")[0], name.partition("-")[0])


def from_csv(case: "Case", text: str, *, by: str, date: str) -> Iterator[Decision]:
    """Decisions in a table with the columns kind, value, reason and either `id` (of a line, as `search` prints it) or a
    target's article, exact, prefix, suffix, slot. `by` and `date` fill empty cells. Raises BadInput with the line's number."""
    table = csv.DictReader(io.StringIO(text))
    if "kind" not in (table.fieldnames or ()):
        raise BadInput(f"the table needs the columns kind, value, reason, and id or {', '.join(SELECTOR[:5])}")
    for number, row in enumerate(table, 2):
        kind = (row.get("kind") or "").strip()
        if not any((cell or "").strip() for cell in row.values() if isinstance(cell, str)):
            continue
        if kind not in KINDS:
            raise BadInput(f"line {number}: {kind!r} is no kind of decision: one of {', '.join(KINDS)}")
        try:
            target = _target(case, row)
            value = value_of(row.get("value") or "")
        except BadInput as mistake:
            raise BadInput(f"line {number}: {mistake}") from mistake
        by_row, day = (row.get("by") or by).strip(), (row.get("date") or date).strip()
        yield Decision(kind=kind, target=target, value=value, by=by_row, date=day, reason=row.get("reason") or "")


def _target(case: "Case", row: Mapping[str, str]) -> dict[str, str]:
    named = (row.get("id") or "").strip()
    if named.startswith("decision-"):
        return {"decision": named}
    own = {key: row[key] for key in SELECTOR if row.get(key)}
    return case.target(named, own.get("slot", "")) | own if named else own


def value_of(text: str) -> object:
    """A cell or an answer on the terminal as a value: JSON where it looks so, else the words; nothing is None."""
    plain = text.strip()
    if not plain or plain == "null":
        return None
    if plain[0] in "{[":
        try:
            made: object = msgspec.json.decode(plain)
        except msgspec.DecodeError as error:
            raise BadInput(f"the value {plain!r} is no JSON ({error})") from error
        return made
    return plain
