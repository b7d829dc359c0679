"""Every word of a page is found again at its place in the bytes."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.errors import Unreadable
from secondsource.model import Member
from secondsource.read.html import byte_runs, tokens
from secondsource.read.page import in_payload, page

PLAIN = "Der Bürgermeister von Harl: „Nein“ — Ilvar Çırak 会 😀."


def html_of(body: str, encoding: str = "utf-8") -> Member:
    return Member(
        name="a.html", payload=f"<html><body>{body}</body></html>".encode(encoding, "xmlcharrefreplace"), media="text/html"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_keeps_places_in_every_encoding(encoding: str) -> None:
    payload = PLAIN.encode(encoding)
    read = page(Member(name="a.txt", payload=payload, media="text/plain"))
    assert read.text == PLAIN
    start, end = read.text.index("Nein"), read.text.index("Nein") + 4
    begin, stop = in_payload(read, start, end)
    assert payload[begin:stop].decode(read.encoding) == "Nein"


def test_declared_and_guessed_encodings() -> None:
    declared = '<html><head><meta charset="windows-1251"></head><body><p>Совет Харла встретился в пятницу.</p></body></html>'
    read = page(Member(name="a.html", payload=declared.encode("cp1251"), media="text/html"))
    assert "Совет Харла" in read.text
    assert read.encoding == "windows-1251"
    read = page(Member(name="a.txt", payload="The mayor’s café in Harl was shut.".encode("cp1252"), media="text/plain"))
    assert "café" in read.text


def test_a_broken_byte_costs_one_character() -> None:
    payload = "Çırak said: ".encode() * 3 + b"the council \xff met."
    read = page(Member(name="a.txt", payload=payload, media="text/plain"))
    assert read.text.endswith("the council \ufffd met.")
    begin, stop = in_payload(read, len(read.text) - 4, len(read.text))
    assert payload[begin:stop] == b"met."


def test_line_ends_of_other_systems_keep_offsets() -> None:
    read = page(Member(name="a.txt", payload=b"One line.\r\nTwo lines.\rThree.", media="text/plain"))
    assert read.text == "One line. \nTwo lines.\nThree."


def test_references_entities_and_spaces() -> None:
    read = page(html_of("<p>Kell &amp;\n  Brack said: &ldquo;no&rdquo; &#8211; AT&T &nosuch; x</p><p>Two</p>"))
    assert read.text.split("\n")[0] == "Kell & Brack said: “no” – AT&T &nosuch; x"
    assert [read.text[block.start : block.end] for block in read.blocks][1] == "Two"


def test_scripts_and_hidden_text_are_not_seen() -> None:
    read = page(html_of("<script>var a='<p>no</p>'</script><style>p{}</style><p>Yes</p><!-- no --><noscript>no</noscript>"))
    assert read.text.strip() == "Yes"


def test_no_words_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        page(html_of("<script>1</script>"))
    with pytest.raises(Unreadable):
        page(Member(name="a.txt", payload=b" \n\t ", media="text/plain"))


SOURCE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br>",
                "<div class='comment'>",
                "</div>",
                "<b>",
                "</b>",
                "<a href=x>",
                "</a>",
                "\n",
                "  ",
                "&amp;",
                "&",
                "<",
                "<!-- x -->",
            ]
        ),
        st.text(st.characters(codec="utf-8", exclude_characters="<&\r\x00"), min_size=1, max_size=12),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(SOURCE)
def test_literal_characters_stand_where_the_map_says(parts: list[str]) -> None:
    source = "".join(parts) + "<p>end of the page</p>"
    payload = source.encode("utf-8")
    read = page(Member(name="a.html", payload=payload, media="text/html"))
    for (start, at, width), following in zip(read.runs, [*read.runs[1:], (len(read.text), 0, 0)], strict=True):
        if width:
            words = read.text[start : following[0]].removesuffix("\n" if following[2] == 0 else "")
            assert payload[at : at + width * len(words)].decode("utf-8", "replace").startswith(words[: max(1, len(words) - 1)])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_the_tokenizer_never_fails_and_goes_forward(source: str) -> None:
    place = 0
    for _, _, start, end in tokens(source):
        assert start >= place or start == end
        place = max(place, start)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=60))
def test_escaped_text_comes_back(words: str) -> None:
    if not words.strip():
        return
    read = page(html_of(f"<p>{escape(words)} x</p>"))
    assert "".join(read.text.split()) == "".join((words + "x").split())


def test_runs_are_joined() -> None:
    assert byte_runs("abc", [(0, 0, 1), (1, 1, 2)], "utf-8", 0) == ((0, 0, 1),)
