"""Saved pages of several makers, end to end: MHTML, PDF, AMP, posts of social media, and mangled markup."""

import base64
import itertools
import quopri
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.data import table
from secondsource.errors import Unreadable
from secondsource.model import Article, Member, Problem
from secondsource.read.formats import members
from secondsource.read.masthead import masthead
from secondsource.read.page import page
from secondsource.segment.zones import zones

LEAD = "The council of Harl voted on Monday to close the old bridge over the Lune."
NEXT = "Traders said that they would march, and a hundred of them did so with lanterns before the rain came."
LAST = "The mayor told reporters that he would not change his mind before the spring."
HTML = f"""<!DOCTYPE html><html><head><title>Bridge to close | Tamber Post</title>
<meta property="og:site_name" content="Tamber Post"><meta property="article:published_time" content="2031-03-05T10:15:00+02:00">
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge to close</h1><p>By Ann Lee</p>
<p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p></article><footer>© 2031 Tamber Post</footer></body></html>"""


def read(name: str, payload: bytes) -> list[Article]:
    """Every document of the file as an article; a Problem fails the test."""
    found = list(members(name, payload))
    assert all(isinstance(one, Member) for one in found), found
    pages = [page(one) for one in found if isinstance(one, Member)]
    return [masthead(one, zones(one, table("zones")), table("agencies")) for one in pages]


def of_kind(article: Article, *kinds: str) -> str:
    return "\n".join(article.text[one.start : one.end] for one in article.segments if one.kind in kinds)


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_mhtml_is_read_from_its_first_html_part(transfer: str) -> None:
    body = HTML.encode()
    coded = quopri.encodestring(body) if transfer == "quoted-printable" else base64.encodebytes(body)
    payload = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://tamberpost.example/bridge\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----B1"\r\n\r\n'
        b"------B1\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
        b'------B1\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: '
        + transfer.encode()
        + b"\r\nContent-Location: https://tamberpost.example/bridge\r\n\r\n"
        + coded
        + b"\r\n------B1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------B1--\r\n"
    )
    (article,) = read("saved.mhtml", payload)
    assert (article.title.value, article.outlet.value, article.byline.value) == ("Bridge to close", "Tamber Post", "Ann Lee")
    assert article.published.value is not None
    assert article.published.value.earliest == "2031-03-05T10:15"
    assert article.url == "https://tamberpost.example/bridge"
    assert of_kind(article, "body").split("\n") == [LEAD, NEXT, LAST]


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with the lines, written by hand."""
    shown = "".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj 0 -16 Td " for line in lines)
    stream = f"BT /F1 11 Tf 40 780 Td {shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += str(number).encode() + b" 0 obj\n" + one + b"\nendobj\n"
    table_at = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(f"{at:010} 00000 n \n".encode() for at in places)
    return made + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + str(table_at).encode() + b"\n%%EOF\n"


def test_pdf_is_read_from_its_text_layer() -> None:
    pytest.importorskip("pypdfium2")
    (article,) = read("clip.pdf", pdf(["Bridge to close in Harl", "Tamber Post, 5 March 2031", "", LEAD, NEXT, LAST]))
    assert article.title.value == "Bridge to close in Harl"
    assert article.outlet.value == "Tamber Post"
    assert article.published.value is not None
    assert article.published.value.earliest == "2031-03-05"
    assert all(words in of_kind(article, "body") for words in (LEAD, LAST))


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_broken_pdf_is_a_problem_or_is_read_and_never_raises(cut: float) -> None:
    pytest.importorskip("pypdfium2")
    payload = pdf([LEAD, NEXT])
    found = list(members("clip.pdf", payload[: int(len(payload) * cut)]))
    assert found
    assert all(isinstance(one, Problem | Member) for one in found)


def test_amp_page() -> None:
    amp = HTML.replace("<html>", "<html ⚡ lang=en>").replace(
        f"<p>{NEXT}</p>",
        f'<amp-img src="a.jpg" width="2" height="1"></amp-img><p>{NEXT}</p><amp-ad width="1"><div>Advertisement</div></amp-ad>'
        '<amp-sidebar id="s"><ul><li><a href="/">World</a></li><li><a href="/x">Sport</a></li></ul></amp-sidebar>',
    )
    (article,) = read("amp.html", amp.encode())
    body = of_kind(article, "body")
    assert article.outlet.value == "Tamber Post"
    assert LEAD in body
    assert NEXT in body
    assert "Advertisement" not in body
    assert "Sport" not in body


def test_a_quoted_post_stays_in_the_report_and_its_stamp_is_not_the_reports_day() -> None:
    text = (
        "Bridge to close in Harl\nTamber Post, 5 March 2031\n\n"
        f"{LEAD}\n\n"
        "“We will not move one stone of it,” the mayor wrote.\n— Odo Brenn (@odobrenn) March 4, 2031\n\n"
        f"{NEXT}\n\n{LAST}\n"
    )
    (article,) = read("a.txt", text.encode())
    assert article.published.value is not None
    assert article.published.value.earliest == "2031-03-05"
    assert article.outlet.value == "Tamber Post"
    assert "not move one stone" in of_kind(article, "body")


def test_a_quoted_post_in_markup() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">We will not move one stone of it.</p>&mdash; Odo Brenn (@odobrenn) '
        '<a href="https://twitter.com/odobrenn/status/1">March 4, 2031</a></blockquote>'
    )
    (article,) = read("a.html", HTML.replace(f"<p>{NEXT}</p>", post + f"<p>{NEXT}</p>").encode())
    assert article.published.value is not None
    assert article.published.value.earliest == "2031-03-05T10:15"
    assert NEXT in of_kind(article, "body")


def mangled(source: str, seed: int) -> bytes:
    """Markup with bytes lost, doubled, moved and changed."""
    dice = random.Random(seed)
    data = bytearray(source.encode())
    for _ in range(dice.randint(1, 40)):
        at, size = dice.randrange(len(data)), dice.randint(1, 30)
        match dice.randrange(6):
            case 0:
                del data[at : at + size]
            case 1:
                data[at:at] = data[at : at + size] * dice.randint(1, 50)
            case 2:
                data[at:at] = bytes(dice.randrange(256) for _ in range(size))
            case 3:
                data[at:at] = dice.choice(
                    [b"<", b">", b"<!--", b"<![CDATA[", b"<svg>", b"<table><tr>", b"\x00", b"<script>", b"&#x110000;"]
                )
            case 4:
                data[at:at] = b"<div>" * dice.randint(1, 300)
            case _:
                data[at:at] = b'<a href="' + b"x" * dice.randint(1, 3000)
    return bytes(data) or b" "


def held(name: str, payload: bytes) -> int:
    """Read it as the pipeline does; how many articles it gave. Only Unreadable may be raised: it becomes a Problem."""
    articles = 0
    for found in members(name, payload):
        if isinstance(found, Problem):
            continue
        try:
            shown = page(found)
        except Unreadable:
            continue
        article = masthead(shown, zones(shown, table("zones")), table("agencies"))
        articles += 1
        assert all(0 <= one.start < one.end <= len(article.text) for one in article.segments)
        assert all(a.end <= b.start for a, b in itertools.pairwise(article.segments))
    return articles


def test_three_hundred_mangled_pages_are_read_or_are_problems() -> None:
    articles = 0
    for seed in range(300):
        begun = time.monotonic()
        articles += held("a.html", mangled(HTML, seed))
        assert time.monotonic() - begun < 10
    assert articles > 200


def test_more_words_than_a_report_has_are_refused_before_they_are_kept() -> None:
    for payload in (f"<p>{LEAD}</p>".encode() * 50_000, b"&amp;" * 2_100_000):
        with pytest.raises(Unreadable, match="no single report"):
            page(Member(name="a.html", payload=payload, media="text/html"))


def test_thousands_of_credits_are_read_in_one_pass() -> None:
    text = f"{LEAD}\n\n" + f"{LEAD[:-1]}, he told the Tamber Post. " * 4000
    begun = time.monotonic()
    assert held("a.txt", text.encode()) == 1
    assert time.monotonic() - begun < 10


PIECES = [
    "<p>", "</p>", "<div class=comment>", "</div>", "<!--", "-->", "<title>", "<script>", "&amp", "\x00", "[", "<br>", "\n",
    "<time datetime=2031-02-30>", LEAD, "5 March 2031", "Tamber Post", "(c) 2031", "<h1>", "By Ann Lee", "HARL (AP) —",
]  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["a.html", "a.txt"]))
def test_pieces_in_any_order(pieces: list[str], name: str) -> None:
    held(name, ("".join(pieces) or " ").encode())
