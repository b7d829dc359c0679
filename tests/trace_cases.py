"""The sentences of tests/trace, what is expected of them, and what the program answers (format: tests/trace/README.md)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from secondsource import files
from secondsource.model import PASTED, Chain, Change, Hop, Match, Member, Passport, Reading, TextField
from secondsource.pipeline import Reader, Tracer, assemble
from secondsource.resolve.naming import fold

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"
LIGHT = frozenset({"the", "a", "an", "president", "minister", "of", "news"})
GRAVE = frozenset({"figure_changed", "date_changed", "headline_drift", "quote_to_paraphrase", "paraphrase_to_quote"})


@dataclass
class Outcome:
    """One sentence: what is expected, the passport, and what of it is right."""

    name: str
    wanted: dict[str, Any]
    got: Passport
    files: dict[str, str]  # article id -> file as the cases call it
    aliases: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return " ".join(self.wanted["sentence"].split())[:70]

    @property
    def carriers(self) -> set[str]:
        return {c["article"] for c in self.wanted["carried_by"]}

    @property
    def found(self) -> set[str]:
        return {self.files[c.article] for c in self.got.chains} - set(self.wanted.get("either", ()))

    def answer_right(self) -> bool:
        wanted = self.wanted.get("answer", "found")
        return self.got.status == wanted and bool(self.got.answer)

    def mouth_right(self) -> bool | None:
        """The speaker or speakers; None where nothing is carried."""
        if not self.carriers:
            return None
        wanted = self.wanted.get("speakers") or [self.wanted["speaker"]]
        wanted = [w for w in wanted if w]
        got = list(self.got.speakers)
        return len(wanted) == len(got) and all(any(self.same(w, g) for g in got) for w in wanted)

    def groups_right(self) -> bool | None:
        """The origins of the carriers that were found, and their number."""
        if not self.carriers:
            return None
        wanted = {frozenset(g) & self.found for g in self.wanted.get("origin_groups", ())} - {frozenset()}
        held: dict[str | None, set[str]] = {}
        for chain in self.got.chains:
            if self.files[chain.article] in self.carriers:
                held.setdefault(chain.origin, set()).add(self.files[chain.article])
        return bool(self.found & self.carriers) and {frozenset(g) for g in held.values()} == wanted

    def same(self, wanted: str, got: str) -> bool:
        """Whether two names are of one: one holds the other's words, or an alias of it."""
        names = [wanted, *self.aliases.get(wanted, ())]
        return any(_one(name, got) for name in names)

    def allowed(self) -> dict[str, list[list[str]]]:
        """Article -> the chains that may lead to it, by the place in `carried_by` and by the last name."""
        order = [c["article"] for c in self.wanted["carried_by"]]
        made: dict[str, list[list[str]]] = {a: [] for a in order}
        last: dict[str, str] = {}
        for place, chain in enumerate(self.wanted["hops"]):
            if place < len(order):
                made[order[place]].append(chain)
                last[chain[-1]] = order[place]
            elif chain[-1] in last:
                made[last[chain[-1]]].append(chain)
        for chain in self.wanted.get("hops_or", ()):
            if chain[-1] in last:
                for article in order:
                    if made[article] and made[article][0][-1] == chain[-1]:
                        made[article].append(chain)
        return made

    def hops(self) -> Iterator[tuple[str, bool]]:
        """Each expected chain: the article, and whether a chain of ours is that one or one of its alternatives."""
        order = [c["article"] for c in self.wanted["carried_by"]]
        allowed = self.allowed()
        expected = [(order[min(n, len(order) - 1)], c) for n, c in enumerate(self.wanted["hops"])] if order else []
        for place, (article, chain) in enumerate(expected):
            if place >= len(order):
                article = next(a for a, held in allowed.items() if chain in held)
            mine = [c for c in self.got.chains if self.files[c.article] == article]
            other = self.wanted.get("hops_or", ())
            fits = [chain, *(c for c in allowed[article] if c in other)]
            yield article, any(self.is_chain(c, option) for c in mine for option in fits)

    def is_chain(self, chain: Chain, wanted: list[str]) -> bool:
        return len(chain.hops) == len(wanted) and all(
            self._is_hop(hop, name, last=n == len(wanted) - 1)
            for n, (hop, name) in enumerate(zip(chain.hops, wanted, strict=True))
        )

    def _is_hop(self, hop: Hop, name: str, *, last: bool) -> bool:
        # The page itself is right if it is this article: what its outlet is called is the reading's business.
        return last or self.same(name, hop.name) or hop.basis == "absent"

    def invented(self) -> Iterator[str]:
        """Hops that no allowed chain of their page has."""
        for chain in self.got.chains:
            options = self.allowed().get(self.files[chain.article])
            if options is None:
                continue
            for hop in chain.hops[:-1]:
                if not any(self.same(name, hop.name) for option in options for name in option):
                    yield f"{hop.kind} {hop.name} on {self.files[chain.article]}"

    def changes(self) -> Iterator[tuple[dict[str, Any], bool]]:
        """Each change that must be found, and whether it is."""
        for change in self.wanted["changes"]:
            yield change, any(self._is_change(change, c, m) for m, c in self._made(change))

    def _made(self, change: dict[str, Any]) -> Iterator[tuple[Match | None, Change]]:
        if change["to"] == "sentence":
            yield from ((None, c) for c in self.got.pasted)
            return
        ends = {change["from"], change["to"]}
        for lost in self.got.left_out:
            if (self.files[lost.words.article], self.files[lost.article]) == (change["from"], change["to"]):
                yield None, Change(kind="dropped", text="", before=(lost.words,))
        for chain in self.got.chains:
            for match in chain.matches:
                pair = {self.files[match.article]} | ({self.files[match.against.article]} if match.against else set())
                # Side by side with a page that prints the very words of the one that the case names is the same finding.
                twin = (
                    match.against and change.get("side_by_side") and _overlap(change.get("was", ""), match.against.exact) >= 0.9
                )
                if pair == ends or (twin and self.files[match.article] == change["to"]):
                    yield from ((match, c) for c in match.changes)

    def _is_change(self, wanted: dict[str, Any], got: Change, match: Match | None) -> bool:
        if got.kind != wanted["kind"]:
            return False
        texts = [q.exact for q in (*got.before, *got.after)]
        if got.kind in {"quote_to_paraphrase", "paraphrase_to_quote", "headline_drift"}:
            texts += [match.words.exact] if match else []
            return any(_overlap(wanted["words"], t) >= 0.5 or _overlap(t, wanted["words"]) >= 0.5 for t in texts)
        sides = [wanted["words"], wanted.get("was", "")]
        return any(_overlap(t, side) > 0 for t in texts for side in sides if side)


def _one(left: str, right: str) -> bool:
    a, b = frozenset(fold(left)) - LIGHT, frozenset(fold(right)) - LIGHT
    return bool(a) and bool(b) and (a <= b or b <= a)


def _overlap(left: str, right: str) -> float:
    a, b = set(fold(left)), set(fold(right))
    return len(a & b) / max(1, len(a))


def _aliases() -> dict[str, list[str]]:
    truth = tomllib.loads((EXAMPLES / "truth.toml").read_text(encoding="utf-8"))
    return {actor["name"]: actor["aliases"] for actor in truth["actor"]} | {
        "Orsenia's Interior Ministry": ["Orsenia’s Interior Ministry"]
    }


def with_papers(reading: Reading) -> Reading:
    """The reading with the outlet that a story's second line names: right input for the tracing."""
    lines = [line for line in reading.article.text.split("\n") if line.strip()]
    name = lines[1].split(",")[0]
    return replace(reading, article=replace(reading.article, outlet=TextField(value=name, basis="stated")))


def told(reader: Reader, *, papers: bool) -> Iterator[tuple[str, Tracer, dict[str, str], list[dict[str, Any]]]]:
    """Each story: its name, a tracer over its reports, the files' names, and its cases."""
    cases = tomllib.loads((HERE / "trace" / "example.toml").read_text(encoding="utf-8"))["trace"]
    yield "example", *_traced(reader, EXAMPLES / "reports"), cases
    for story in sorted((HERE / "trace" / "stories").iterdir()):
        if (story / "trace.toml").is_file():
            cases = tomllib.loads((story / "trace.toml").read_text(encoding="utf-8"))["trace"]
            yield story.name, *_traced(reader, story, papers=papers), cases


def _traced(reader: Reader, folder: Path, *, papers: bool = False) -> tuple[Tracer, dict[str, str]]:
    found = [m for m in files.documents([folder]) if isinstance(m, Member) and not m.name.endswith(".toml")]
    read = [r for r in map(reader, found) if isinstance(r, Reading)]
    if papers:
        read = [with_papers(r) for r in read]
    feed = 0
    names: dict[str, str] = {}
    for reading in read:
        name = reading.article.name
        if name.startswith("http"):
            feed += 1
            name = f"feed.xml#{feed}"
        names[reading.article.id] = name
    return Tracer(assemble(read), reader=reader), names


def outcomes(reader: Reader, *, papers: bool = True) -> Iterator[Outcome]:
    aliases = _aliases()
    for name, tracer, names, cases in told(reader, papers=papers):
        for case in cases:
            yield Outcome(
                name=name, wanted=case, got=tracer(case["sentence"]), files=names, aliases=aliases if name == "example" else {}
            )


__all__ = ["GRAVE", "PASTED", "Outcome", "outcomes", "told"]
