"""dossier -> the same dossier with persons, or readers' comments and editors' notes, hidden.

What is hidden is replaced by as many blocks, so that every offset still counts and every quote still equals its slice. Ids and
the hashes of the files stay: whoever holds the files can check them.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from secondsource.model import Actor, Dossier, Problem

BLOCK = "█"
HIDDEN_PARTS = frozenset({"reader_comment", "editors_note"})
LEAST = 3  # code points of a word of a name that is hidden on its own: shorter ones are everywhere


def private(dossier: Dossier) -> tuple[Actor, ...]:
    """Persons for whom no office or title is printed, who speak for nobody, and whom one origin alone names; and those whom an
    analyst's decision names. A proposal: a person looks at it before the dossier is shared."""
    ruled = {str(d.value) for d in dossier.decisions if d.kind == "redact"}
    origin_of = dossier.cluster_of("origin")
    actor_of = dossier.cluster_of("actor")
    named: dict[str, set[str]] = {}
    for reading in dossier.readings:
        for mention in reading.mentions:
            if actor := actor_of.get(mention.id):
                named.setdefault(actor, set()).add(origin_of.get(reading.article.id, reading.article.id))
    return tuple(
        actor
        for actor in dossier.actors
        if actor.id in ruled
        or actor.name in ruled
        or (actor.kind == "person" and not actor.roles and not actor.relations and len(named.get(actor.id, ())) <= 1)
    )


def without_persons(dossier: Dossier, persons: Iterable[Actor]) -> Dossier:
    """The dossier with every name of these actors as blocks, and a Problem that says so."""
    hidden = tuple(persons)
    names = {name for actor in hidden for name in _names(dossier, actor)}
    if not names:
        return dossier
    found = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=lambda n: (-len(n), n))))})(?!\w)", re.IGNORECASE
    )
    made = _rewritten(dossier, lambda text: found.sub(lambda m: BLOCK * len(m[0]), text))
    count = f"{len(hidden)} {'person is' if len(hidden) == 1 else 'persons are'}"
    return _telling(made, f"{count} hidden: the texts here are not the bytes that the hashes name")


def _names(dossier: Dossier, actor: Actor) -> set[str]:
    """Everything that is printed as this actor's name, and each word of it that could give it away."""
    actor_of = dossier.cluster_of("actor")
    mentions = (m for r in dossier.readings for m in r.mentions if actor_of.get(m.id) == actor.id)
    names = {actor.name, *actor.aliases, *(m.quote.exact for m in mentions if m.via == "name")}
    words = {word for name in names for word in re.findall(r"\w[\w'’-]*", name) if len(word) >= LEAST and word[0].isupper()}
    # As printed and in capitals, never in lower case: ids and the words of closed lists are, and must stay.
    return {form for name in names | words if name.strip() for form in (name, name.upper())}


def without_comments(dossier: Dossier) -> Dossier:
    """The dossier with readers' comments and editors' notes as blocks."""
    return _rewritten(dossier, lambda text: text, hide_parts=True)


def _rewritten(dossier: Dossier, change: Callable[[str], str], *, hide_parts: bool = False) -> Dossier:
    """The dossier with `change`, which keeps lengths, done to all its words, and every quote cut anew from its text."""
    held: dict[str, Any] = msgspec.to_builtins(dossier)
    texts: dict[str, str] = {}
    for reading in held["readings"]:
        article = reading["article"]
        text = change(article["text"])
        for segment in article["segments"] if hide_parts else ():
            if segment["kind"] in HIDDEN_PARTS:
                part = re.sub(r"\S", BLOCK, text[segment["start"] : segment["end"]])
                text = text[: segment["start"]] + part + text[segment["end"] :]
        texts[article["id"]] = text
        article["text"] = text

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, list | tuple):
            return [walk(item) for item in value]
        if isinstance(value, dict):
            if value.keys() == {"article", "start", "end", "exact"}:
                return value | {"exact": texts[value["article"]][value["start"] : value["end"]]}
            return {key: walk(item) for key, item in value.items()}
        return value

    return msgspec.convert(walk(held), Dossier)


def _telling(dossier: Dossier, text: str) -> Dossier:
    return msgspec.structs.replace(dossier, problems=(*dossier.problems, Problem(name="redaction", stage="render", text=text)))
