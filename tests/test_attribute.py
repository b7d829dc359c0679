"""Marks, parse, mentions and speech on small texts of our own, and on text that is meant to hurt."""

import hashlib
import time
from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.attribute.mentions import Discourse
from secondsource.attribute.parse import Parser
from secondsource.attribute.speech import attributions
from secondsource.data import table
from secondsource.errors import BadInput
from secondsource.language import check, installed, load
from secondsource.model import Article, Attribution, Mention, Segment, Sentence, Span
from secondsource.segment.marks import paragraphs, quotations
from secondsource.segment.sentences import sentences


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(load())


def article_of(text: str) -> Article:
    lines = tuple(Segment(kind="body", start=p.start, end=p.end) for p in paragraphs(text))
    return Article(name="t", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, segments=lines, language="en")


def read(parser: Parser, text: str) -> tuple[tuple[Attribution, ...], dict[str, Mention]]:
    article = article_of(text)
    parsed = parser(text, sentences(article))
    marks = quotations(text, [s.span for s in article.segments])
    discourse = Discourse(article, parsed, table("names"), marks)
    found = attributions(article, parsed, marks, discourse, (), table("cues"))
    return found, {m.id: m for m in discourse.mentions()}


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, [Span(0, len(text))])]


def test_wrong_closers_are_repaired() -> None:
    assert quoted("“We stay. “") == ["“We stay. “"]
    assert quoted("He said: “We stay. ‘") == ["“We stay. ‘"]
    assert quoted('"We stay,” he said.') == ['"We stay,”']


def test_a_quotation_runs_over_paragraphs() -> None:
    found = quotations(text := "“One.\n“Two,” he said.", [Span(0, len(text))])
    assert [(q.closed, q.continues) for q in found] == [(False, False), (True, True)]


def test_apostrophes_and_inches_are_no_marks() -> None:
    assert quoted("The boys' camp in the '90s isn't 6'2\" wide.") == []


def test_scare_quotes_and_titles_are_kept_apart() -> None:
    text = "The “safe zone” closed. “The Long Road Home” opened. “We will go home,” she said."
    assert [q.kind for q in quotations(text, [Span(0, len(text))])] == ["scare", "title", "speech"]


@given(st.text(alphabet="“”\"'‘’«» ab.\n,", max_size=60))
def test_marks_bear_any_text(text: str) -> None:
    found = [q for q in quotations(text, list(paragraphs(text))) if q.depth == 0]
    assert all(0 <= q.start <= q.inner_start < q.inner_end <= q.end <= len(text) for q in found)
    assert all(a.start <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("bad", ['"' * 10_000, "“" * 10_000, "“a ‘b " * 10_000, "a" * 1_000_000, "a “b” " * 150_000])
def test_marks_take_linear_time(bad: str) -> None:
    started = time.process_time()
    quotations(bad, list(paragraphs(bad)))
    assert time.process_time() - started < 10


def test_other_weights_are_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput):
        check(tmp_path)
    (tmp_path / "tok2vec").mkdir()
    (tmp_path / "tok2vec" / "model").write_bytes(b"other")
    with pytest.raises(BadInput):
        check(tmp_path)
    check(installed())


def test_company_changes_no_parse(parser: Parser) -> None:
    words = [
        "The dam broke.",
        "Pell said that the road was closed.",
        "“Go,” she said.",
        "Nobody came, according to the mayor.",
    ] * 12
    text = "\n".join(words)
    places = [text.index(w) for w in words]
    alone = [
        parser(text, [Sentence(start=a, end=a + len(w), paragraph=0, segment="body")])[0]
        for a, w in zip(places, words, strict=True)
    ]
    together = parser(
        text, [Sentence(start=a, end=a + len(w), paragraph=0, segment="body") for a, w in zip(places, words, strict=True)]
    )
    assert tuple(alone) == together


def test_offsets_are_true(parser: Parser) -> None:
    text = "He\u00a0said:  “Yes 🚀.”\n“E\u0301l,” said 😀 Bob."
    for sentence in parser(text, sentences(article_of(text))):
        assert all(text[t.start : t.end] == t.text for t in sentence.tokens)


def test_split_quotation_is_one_statement(parser: Parser) -> None:
    found, _ = read(parser, "“The gate is shut,” Pell said. “It will stay shut until the spring.”")
    assert [[q.exact for q in a.content] for a in found] == [["The gate is shut,", "It will stay shut until the spring."]]


def test_inherited_subject(parser: Parser) -> None:
    found, _ = read(parser, "Pell said the gate was shut, adding that nobody had a key.")
    assert [
        (a.cue.evidence.exact, a.speakers[0].evidence.exact) for a in found if a.cue.evidence and a.speakers[0].evidence
    ] == [("said", "Pell"), ("adding", "Pell")]


def test_surname_and_pronoun_stand_for_the_full_name(parser: Parser) -> None:
    found, mentions = read(
        parser, "President Hadrin Pell met the miners. He said the mine would close. Pell also said it was flooded."
    )
    assert [mentions[a.speakers[0].mention or ""].name for a in found] == ["Hadrin Pell", "Hadrin Pell"]


def test_a_capital_that_speaks_is_a_metonym(parser: Parser) -> None:
    found, mentions = read(parser, "Ankara said it would send a ship. The minister spoke in Ankara.")
    mention = mentions[found[0].speakers[0].mention or ""]
    assert (mention.via, mention.stands_for) == ("metonym", "government of Türkiye")


def test_nested_speech_has_its_parent(parser: Parser) -> None:
    found, _ = read(parser, "Dorne said the president had promised to free every prisoner.")
    assert found[0].parent is None
    assert found[1].parent == found[0].id


def said(parser: Parser, text: str) -> list[tuple[str, str, str]]:
    """Speaker, cue kind and content of every attribution."""
    found, _ = read(parser, text)
    return [
        (" & ".join(s.evidence.exact for s in a.speakers if s.evidence), a.cue.kind, " // ".join(q.exact for q in a.content))
        for a in found
    ]


def test_inside_a_speech_only_speech_is_kept(parser: Parser) -> None:
    found = said(parser, "“Nobody voted for a wall. We know who asked. We call on Orsenia to apologise,” Pell said.")
    assert [(who, kind) for who, kind, _ in found] == [("Pell", "say"), ("We", "urge")]


@pytest.mark.parametrize(
    "deed",
    [
        "The rebels attacked the governor's office on Friday.",
        "The blast claimed the lives of nine miners.",
        "Haldren has yet to accept the offer.",
        "The sides failed to agree to a second round.",
    ],
)
def test_a_deed_is_no_speech(parser: Parser, deed: str) -> None:
    assert not said(parser, deed)


def test_the_day_and_the_dateline_are_no_part_of_the_speaker(parser: Parser) -> None:
    assert said(parser, "Pell Sunday said that the gate was shut.")[0][0] == "Pell"
    assert said(parser, "Karad in a statement said that the gate was shut.")[0][0] == "Karad"


def test_two_states_are_two_speakers(parser: Parser) -> None:
    found, _ = read(parser, "Armenia and Azerbaijan said they would meet.")
    assert [s.evidence.exact for s in found[0].speakers if s.evidence] == ["Armenia", "Azerbaijan"]


def test_a_silence_has_its_words(parser: Parser) -> None:
    assert said(parser, "Pell declined to comment on the flood.") == [("Pell", "silence", "to comment on the flood")]


def test_the_quoted_speaks_not_who_quotes(parser: Parser) -> None:
    found = said(parser, "“There will be no truce,” the newspaper quoted Pell as saying.")
    assert [(who, kind) for who, kind, _ in found] == [("Pell", "say")]


def test_surnames_of_several_words_and_with_hyphens(parser: Parser) -> None:
    text = "Negotiator Humberto de la Calle met Maria-Elena Cowell. De la Calle said it was late. Cowell said it was early."
    found, mentions = read(parser, text)
    assert [mentions[a.speakers[0].mention or ""].name for a in found] == ["Humberto de la Calle", "Maria-Elena Cowell"]


def test_roles_as_printed(parser: Parser) -> None:
    found, mentions = read(parser, "Foreign Minister Dana Lisle said the road was shut.")
    mention = mentions[found[0].speakers[0].mention or ""]
    assert (mention.name, mention.roles) == ("Dana Lisle", ("Foreign Minister",))


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet="“”\"'‘ Pell said that .,:\n😀ש", max_size=80))
def test_speech_bears_any_text(text: str) -> None:
    article = article_of(text)
    if not article.segments:
        return
    found, _ = read(shared(), text)
    assert all(text[q.start : q.end] == q.exact for a in found for q in a.content)
    assert len({a.id for a in found}) == len(found)


_SHARED: list[Parser] = []


def shared() -> Parser:
    if not _SHARED:
        _SHARED.append(Parser(load()))
    return _SHARED[0]


def test_states_are_named_as_in_cldr() -> None:
    names = Locale("en").territories
    for code, (printed, _, _) in table("names")["states"].items():
        assert printed.split("|")[0] == names[code].replace("’", "'"), code
