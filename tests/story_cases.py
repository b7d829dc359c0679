"""tests/stories/*: small stories with a truth table -> what a dossier of each holds, beside what it should."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from secondsource.model import Dossier, Reading, Relation, TextField
from secondsource.pipeline import Reader, assemble
from secondsource.read.formats import members

STORIES = Path(__file__).parent / "stories"


class Told(NamedTuple):
    """One story: its dossier and its truth table."""

    name: str
    dossier: Dossier
    truth: dict[str, Any]


NO_OUTLET = re.compile(r"\d{1,2} \w+ \d{4}$")
CREDIT = re.compile(r"^(?:From|With reporting by|Sources?:) ([A-Z].+)$", re.MULTILINE)
AGENCY = re.compile(r"^(?!From )\w[\w ]*(?:Agency|Press)$")


def with_papers(reading: Reading) -> Reading:
    """The reading with the papers that these stories print in lines two and three, and at the foot: right input for origins."""
    article = reading.article
    lines = article.text.split("\n")[1:3]
    outlet = lines[0].split(",")[0]
    named = [m for m in CREDIT.finditer(article.text) if not m.group(1).startswith("our ")]
    given = [(n.strip(), m) for m in named for n in m.group(1).split(",")]
    quotes = [(n, article.quote(m.start(), m.end())) for n, m in given]
    if len(lines) > 1 and AGENCY.match(lines[1]):
        at = article.text.index(lines[1])
        quotes.append((lines[1], article.quote(at, at + len(lines[1]))))
    known = not NO_OUTLET.match(lines[0]) and not lines[0].startswith(("From ", "Press release"))
    field = TextField(value=outlet, basis="stated") if known and outlet else TextField()
    relations = tuple(Relation(kind="republished_from", name=n, evidence=(q,)) for n, q in quotes)
    return replace(reading, article=replace(article, outlet=field, relations=relations))


def told(reader: Reader, folder: Path = STORIES, papers: bool = False) -> Iterator[Told]:
    for place in sorted(p for p in folder.iterdir() if (p / "truth.toml").is_file()):
        files = [f for f in sorted(place.iterdir()) if f.name != "truth.toml"]
        documents = [m for f in files for m in members(f.name, f.read_bytes())]
        truth = tomllib.loads((place / "truth.toml").read_text(encoding="utf-8"))
        found = [reader(d) for d in documents]
        if papers:
            found = [with_papers(r) if isinstance(r, Reading) else r for r in found]
        yield Told(place.name, assemble(found), truth)


def origins_wrong(story: Told) -> str:
    """What differs from the truth's groups and counts; empty where nothing does."""
    wanted = story.truth["origins"]
    names = {r.article.id: r.article.name for r in story.dossier.readings}
    groups = sorted(sorted(names[a] for a in origin.articles) for origin in story.dossier.origins)
    low, high = counted(story.dossier)
    wrong = [] if groups == sorted(map(sorted, wanted["groups"])) else [f"groups {groups}"]
    wrong += [] if low == wanted["count_low"] else [f"low {low}, not {wanted['count_low']}"]
    wrong += [] if high == wanted["count_high"] else [f"high {high}, not {wanted['count_high']}"]
    return "; ".join(wrong)


def counted(dossier: Dossier) -> tuple[int, int]:
    from secondsource.engine import components
    from secondsource.resolve.origins import origins

    return origins(dossier.readings, components).count()(r.article.id for r in dossier.readings)


def utterances(story: Told) -> Iterator[tuple[str, str]]:
    """Every utterance of the truth: its speaker and words, and what is wrong with it (empty: right)."""
    said = [(r.article.name, a.id, a) for r in story.dossier.readings for a in r.attributions]
    held = {a: u.id for u in story.dossier.utterances for a in u.attributions}
    others: dict[str, str] = {}
    for wanted in story.truth.get("utterance", ()):
        name = f"{wanted['speaker']}: {wanted['attributions'][0][1][:40]}"
        found = [ids_of(file, words, said) for file, words in wanted["attributions"]]
        clusters = {held.get(i) for ids in found for i in ids}
        if not all(found):
            yield name, "not found"
        elif len(clusters) != 1 or None in clusters:
            yield name, f"stands in {len(clusters)} utterances"
        elif (cluster := clusters.pop() or "") in others:
            yield name, f"one with {others[cluster]}"
        else:
            others[cluster] = name
            yield name, ""


def ids_of(file: str, words: str, said: Iterable[tuple[str, str, Any]]) -> list[str]:
    """Attributions of `file` whose content holds `words`; the outermost."""
    wanted = plain(words)
    return [i for name, i, a in said if name == file and a.parent is None and any(wanted in plain(q.exact) for q in a.content)]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def questions(story: Told) -> Iterator[tuple[str, str]]:
    """Every question of the truth, and the verdicts of that kind where the wanted one is not among them (empty: right)."""
    for wanted in story.truth.get("question", ()):
        verdicts = [q.verdict for q in story.dossier.questions if q.kind == wanted["kind"]]
        # Figures that are not comparable stand in two questions; the judgement says why.
        verdicts += [j.kind for j in story.dossier.judgements if j.kind == "not_comparable" and j.question is None]
        right = wanted["verdict"] in verdicts or (wanted["verdict"] == "single_origin" and not verdicts)
        yield wanted["text"], "" if right else f"{wanted['verdict']}, found {sorted(verdicts)}"


def wrong_conflicts(story: Told) -> list[str]:
    """Conflicts shown where the truth has none."""
    wanted = any(q["verdict"] == "conflicting" for q in story.truth.get("question", ()))
    return [] if wanted else [q.text for q in story.dossier.questions if q.verdict == "conflicting"]
