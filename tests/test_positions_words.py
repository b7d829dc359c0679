"""Whether words are a position at all, what they are about, who holds them and since when: on invented sentences."""

import pytest

from secondsource.data import table
from secondsource.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    Cue,
    Mention,
    Quote,
    Reading,
    Segment,
    Speaker,
    When,
    WhenField,
)
from secondsource.pipeline import assemble
from secondsource.rate.fitting import fitted, terms, whole
from secondsource.rate.soundness import Soundness
from secondsource.rate.statements import stands
from secondsource.rate.subjects import Subjects

SUBJECTS = Subjects(table("stands"), table("objects"))


def article(text: str, published: str = "2031-05-07") -> Article:
    when = When(earliest=published, latest=published, precision="day")
    body = (Segment(kind="body", start=0, end=len(text)),)
    return Article(name="a.txt", sha256=text, text=text, segments=body, published=WhenField(value=when, basis="stated"))


def quote(held: Article, words: str) -> Quote:
    start = held.text.index(words)
    return held.quote(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("It is not clear whether the millers have accepted the terms.", "have accepted the terms", False),
        ("They met to decide whether to accept the terms.", "to accept the terms", False),
        ("The warden ruled out accepting a toll.", "accepting a toll", False),
        ("She has not said she would close the weir.", "would close the weir", False),
        ("There is no truth in the rumour that they agreed to a toll.", "agreed to a toll", False),
        ("The millers have accepted the terms.", "have accepted the terms", True),
        ("The ferrymen are ready to accept a toll.", "to accept a toll", True),
    ],
)
def test_what_nobody_has_done_is_no_position(text: str, words: str, held: bool) -> None:
    made = article(text)
    assert Soundness([Reading(article=made)], table("stands")).told_off(quote(made, words)) is not held


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("We do not underestimate the floods", None),
        ("That does not mean other dates cannot be found", None),
        ("We will not open the weir", "refuse"),
        ("The weir will be opened if the millers pay", "conditional_offer"),
        ("A toll would be very difficult to collect unless the road is mended", None),
        ("We are ready to take whatever measures are needed", "threaten"),
        ("The warden should explain that he does not want the weir", "demand"),
    ],
)
def test_a_statement_is_a_position_only_in_the_shape_of_one(words: str, act: str | None) -> None:
    assert [s.act for s in stands(Quote("a", 0, len(words), words))] == ([act] if act else [])


@pytest.mark.parametrize(
    ("given", "words", "label"),
    [
        ("surrender", "are willing to give up their old title", None),
        ("territory", "urged both to seize the chance", None),
        (None, "rejected the deployment of two thousand foreign troops on the islets", "peacekeepers"),
        (None, "refused to sign the peace plan", "agreement"),
        (None, "demanded that the council abandon its plan to dam the brook", None),
        ("talks", "are ready to take part in a summit that may bring a peace accord", "talks"),
    ],
)
def test_an_object_is_named_by_the_words(given: str | None, words: str, label: str | None) -> None:
    assert SUBJECTS.of(given, words, "") == label


def test_an_answer_names_what_it_answers_only_where_it_says_no_more() -> None:
    assert SUBJECTS.answers("spurned the offer")
    assert not SUBJECTS.answers("accepted the appeal not to print the letters")


@pytest.mark.parametrize(
    ("act", "words", "conditions", "wanted"),
    [
        ("promise", "vowed never to mend the weir", (), "refuse"),
        ("conditional_offer", "the meetings would be suspended", ("if the boat is not freed",), "threaten"),
        ("conditional_offer", "the weir would be opened", ("if the boat is freed",), "conditional_offer"),
    ],
)
def test_the_act_that_words_and_conditions_make(act: str, words: str, conditions: tuple[str, ...], wanted: str) -> None:
    assert fitted(act, words, [Quote("a", 0, len(c), c) for c in conditions], given=bool(conditions)) == wanted


def test_a_position_is_shown_with_what_it_asks_for() -> None:
    made = article("On Friday the guild pleaded with Pelmar to free every ferryman. Nothing came of it.")
    claim = Claim(article=made.id, act="appeal", evidence=(quote(made, "pleaded with Pelmar"),))
    assert whole(made, claim, ()).exact == "pleaded with Pelmar to free every ferryman"


def test_terms_that_stand_in_the_words_themselves() -> None:
    made = article("It threatened to shut the weir should the millers stay away.")
    assert [q.exact for q in terms(made, quote(made, made.text))] == ["should the millers stay away"]


TEXT = "Averna and the Reed Council signed a truce at the mill. The militia was told."
OFFER = "Its herald said that the Reed Council is ready to stop firing."


def mention(held: Article, words: str, via: str = "name") -> Mention:
    found = quote(held, words)
    return Mention(article=held.id, quote=found, kind="group", name=words if via == "name" else None, via=via)  # type: ignore[arg-type]


def test_each_who_signs_has_an_entry() -> None:
    held = article(TEXT)
    one, other = mention(held, "Averna"), mention(held, "Reed Council")
    claim = Claim(
        article=held.id,
        act="sign",
        object="ceasefire",
        actor=one.id,
        co_actors=(other.id,),
        evidence=(quote(held, "signed a truce at the mill"),),
        cue=quote(held, "signed"),
    )
    dossier = assemble([Reading(article=held, mentions=(one, other), claims=(claim,))])
    names: dict[str, Actor] = {a.id: a for a in dossier.actors}
    assert sorted(names[p.actor].name for p in dossier.positions) == ["Averna", "Reed Council"]
    assert {p.act for p in dossier.positions} == {"agree"}
    assert [q.cue.exact for q in dossier.positions if q.cue] == ["signed", "signed"]
    assert len(dossier.pledges) == 1


def test_what_a_herald_says_a_named_side_is_ready_for_is_that_sides() -> None:
    held = article(OFFER)
    herald, side = mention(held, "Its herald", "description"), mention(held, "Reed Council")
    words = quote(held, "the Reed Council is ready to stop firing")
    said = Attribution(
        article=held.id,
        mode="indirect",
        speakers=(Speaker(mention=herald.id, evidence=herald.quote),),
        cue=Cue(kind="say", evidence=quote(held, "said")),
        content=(words,),
    )
    claim = Claim(article=held.id, act="offer", object="ceasefire", actor=side.id, evidence=(words,), attribution=said.id)
    dossier = assemble([Reading(article=held, mentions=(herald, side), attributions=(said,), claims=(claim,))])
    names = {a.id: a.name for a in dossier.actors}
    assert [names[p.actor] for p in dossier.positions] == ["Reed Council"]
