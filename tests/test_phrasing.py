"""Questions in words that an editor could print, and what may meet in one."""

import pytest

from secondsource import model
from secondsource.compare.figures import same_victims
from secondsource.compare.meeting import one_told
from secondsource.compare.phrasing import blamed, dated, deed, in_event, statement
from secondsource.compare.questions import questions
from secondsource.engine import components
from secondsource.model import Attribution, Cue, Figure, Quote


def figure(article: str, low: int, whose: str | None = None) -> Figure:
    words = Quote(article, 0, 3, "ten")
    return Figure(
        article=article, counted="killed", whose=whose, counter=None, low=low, high=low, bound="exact", scope="incident",
        evidence=(words,),
    )  # fmt: skip


def count(article: str, low: int, whose: str | None = None, place: str | None = None, story: str = "s") -> model.Testimony:
    made = figure(article, low, whose)
    name = f"{article}-{low}-{whose}"
    return model.Testimony(
        id=name, article=article, origin=article, evidence=made.evidence, figure=made, place=place, story=story
    )


def said(article: str, words: str, mode: str = "direct", cue: str = "said", kind: str = "say") -> model.Testimony:
    content = Quote(article, 20, 20 + len(words), words)
    held = Attribution(
        article=article, mode=mode, speakers=(), cue=Cue(kind=kind, evidence=Quote(article, 19 - len(cue), 19, cue)),  # type: ignore[arg-type]
        content=(content,),
    )  # fmt: skip
    return model.Testimony(
        id=f"{article}{words}", article=article, origin=article, evidence=(content,), asserters=("p",), utterance="u",
        attribution=held,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (deed("strike", "Veltrian artillery", "Sarn", True), "Did Veltrian artillery attack Sarn?"),
        (deed("strike", None, "Sarn", True), "Was Sarn attacked?"),
        (deed("capture", "Malian army", "Gao", True), "Did the Malian army take Gao?"),
        (dated("start", None, None, None), "When did the fighting start?"),
        (dated("capture", "territory", None, "Olme"), "When was Olme taken?"),
        (blamed("start", None), "Who started the fighting?"),
        (blamed("violate", "Sarn"), "Who broke the truce in Sarn?"),
        (in_event([count("a", 20, "soldiers")], "Kidal"), "How many soldiers were killed in Kidal?"),
        (in_event([count("a", 20)], None), "How many people were killed?"),
    ],
)
def test_words(asked: str, words: str) -> None:
    assert asked == words


def test_a_statement_is_headed_by_its_longest_direct_words_else_by_its_verb() -> None:
    names = {"p": "Ilse Varn"}
    direct = [said("a", "No one will go,"), said("b", "No one will go while I live here.")]
    assert statement(direct, names) == "Ilse Varn: “No one will go while I live here”"
    told = said("a", "both sides to stop shooting", "indirect", "urged", "urge")
    assert statement([told], names) == "Ilse Varn urged both sides to stop shooting"
    silent = said("a", "how many of them were soldiers", "indirect", "did not say", "silence")
    assert statement([silent], names) == ""


def test_the_same_victims_of_one_incident() -> None:
    assert same_victims(figure("a", 20, "Malian soldiers"), figure("b", 20, "soldiers"))
    assert same_victims(figure("a", 20, "troops"), figure("b", 20, "soldiers"))
    assert not same_victims(figure("a", 20, "Malian soldiers"), figure("b", 20, "French soldiers"))
    assert not same_victims(figure("a", 20, "civilians"), figure("b", 20, "soldiers"))


def test_an_article_that_tells_of_two_incidents_joins_none_without_a_place() -> None:
    assert len(one_told([count("a", 9), count("b", 9)])) == 2
    assert [t.article for t in one_told([count("a", 9), count("b", 5), count("b", 2)])] == ["a"]


def test_figures_without_a_place_meet_in_one_story_and_never_conflict() -> None:
    asked, judged, _ = questions([count("a", 9), count("b", 12)], {}, components)
    assert [q.text for q in asked] == ["How many people were killed?"]
    assert {j.kind for j in judged} <= {"possible"}
    apart, _, _ = questions([count("a", 9), count("b", 9, story="t")], {}, components)
    assert not apart


def test_figures_of_two_places_are_two_questions() -> None:
    asked, judged, _ = questions([count("a", 9, place="x"), count("b", 12, place="y"), count("c", 9)], {}, components)
    assert len(asked) == 2
    assert not judged
