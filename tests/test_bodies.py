"""Bodies that every state has: one actor across articles only with their state or owner."""

import pytest

from invented import Draft
from secondsource.data import table
from secondsource.engine import components
from secondsource.model import Actor, Link, Mention, Reading
from secondsource.resolve.bodies import Bodies, Body, Owners, body_of, fullest
from secondsource.resolve.entities import actors

BODIES = Bodies(table("bodies"))


def reading(name: str, text: str, *printed: str, state: str = "Kestria") -> Reading:
    made = Draft(name, None, None).tell(text).reading()
    article = made.article

    def mention(words: str) -> Mention:
        start = article.text.index(words)
        kind = "place" if words == state else "organisation"
        quote = article.quote(start, start + len(words))
        return Mention(article=article.id, quote=quote, kind=kind, name=words.removeprefix("the "))  # type: ignore[arg-type]

    found = [mention(words) for words in (*printed, *([state] if state in text.split() else []))]
    return Reading(article=article, mentions=tuple(found))


def resolved(*readings: Reading) -> tuple[dict[str, str], tuple[Actor, ...]]:
    links, people = actors(readings, {}, components, frozenset(), BODIES)
    names = {m.id: f"{r.article.name}: {m.quote.exact}" for r in readings for m in r.mentions}
    held: tuple[Link, ...] = links
    return {names[link.member]: link.cluster for link in held}, people


def test_two_states_ministries_are_two_and_one_states_is_one() -> None:
    one = reading("a", "Kestria lies north. Kestria’s Defence Ministry spoke. ", "Kestria’s Defence Ministry")
    other = reading("b", "The Kestrian Defense Ministry spoke. ", "Kestrian Defense Ministry")
    third = reading("c", "The Defence Ministry of Olmark spoke. ", "Defence Ministry of Olmark")
    actor_of, people = resolved(one, other, third)
    assert actor_of["a: Kestria’s Defence Ministry"] == actor_of["b: Kestrian Defense Ministry"]
    assert actor_of["c: Defence Ministry of Olmark"] != actor_of["a: Kestria’s Defence Ministry"]
    joined = next(a for a in people if a.id == actor_of["a: Kestria’s Defence Ministry"])
    assert [relation.kind for relation in joined.relations] == ["part_of"]


def test_a_bare_body_joins_the_only_one_of_its_article_and_none_of_another() -> None:
    one = reading("a", "Kestria’s army left. Later the army came. ", "Kestria’s army", "the army")
    other = reading("b", "On Monday the army moved. ", "the army")
    actor_of, _ = resolved(one, other)
    assert actor_of["a: the army"] == actor_of["a: Kestria’s army"] != actor_of["b: the army"]


def test_a_bare_body_beside_two_with_owners_joins_neither() -> None:
    text = "Kestria’s army and Olmark’s army met. Nobody knows which; the army withdrew. "
    actor_of, _ = resolved(reading("a", text, "Kestria’s army", "Olmark’s army", "the army"))
    assert len(set(actor_of.values())) == 3


@pytest.mark.parametrize(
    ("printed", "body", "owner"),
    [
        ("Ministry of Defence", ("defence", "ministry"), ()),
        ("the Ministry of Defence of Tolgary", ("defence", "ministry"), ("tolgary",)),
        ("the Houthi government", ("government",), ("houthi",)),
        ("Tolgary's foreign ministry", ("foreign", "ministry"), ("tolgary",)),
    ],
)
def test_a_body_and_its_owner(printed: str, body: tuple[str, ...], owner: tuple[str, ...]) -> None:
    assert body_of(printed, BODIES, Owners([], {})) == Body(body=body, owner=owner)


@pytest.mark.parametrize("printed", ["Local police", "National Liberation Army", "the council", "Third Brigade"])
def test_words_that_name_no_generic_body(printed: str) -> None:
    assert body_of(printed, BODIES, Owners([], {})) is None


def test_the_shown_name_keeps_its_own_case() -> None:
    assert fullest(["SARN", "Sarn", "the Sarn", "LTF"]) == ["Sarn", "Sarn", "LTF"]
