"""Files of every wrapping come out as documents, and hostile ones as Problems while others go on."""

import gzip
import io
import json
import tarfile
import time
import zipfile

import pytest

from secondsource.errors import Unreadable
from secondsource.model import Member, Problem
from secondsource.read.formats import Limits, members
from secondsource.read.guard import guarded
from secondsource.read.page import page

WORDS = "The council of Harl met on Friday. It was late."
HTML = f"<html><body><h1>Harl</h1><p>{WORDS}</p></body></html>".encode()


def docs(name: str, payload: bytes, limits: Limits | None = None) -> tuple[list[Member], list[Problem]]:
    found = list(members(name, payload, limits) if limits else members(name, payload))
    return [one for one in found if isinstance(one, Member)], [one for one in found if isinstance(one, Problem)]


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in files.items():
            archive.writestr(name, payload)
    return made.getvalue()


def hints(member: Member) -> dict[str, str]:
    return {f"{hint.where}:{hint.name}": hint.value for hint in member.hints}


def test_text_and_html_by_name_and_by_first_bytes() -> None:
    assert docs("a.txt", WORDS.encode())[0][0].media == "text/plain"
    assert docs("a.md", WORDS.encode())[0][0].media == "text/plain"
    assert docs("a.html", HTML)[0][0].media == "text/html"
    assert docs("saved", HTML)[0][0].media == "text/html"


def test_zip_and_tar_read_their_members_and_refuse_the_rest() -> None:
    good, bad = docs("pack.zip", zipped({"a.txt": WORDS.encode(), "../b.txt": b"no", "c/d.html": HTML}))
    assert [one.name for one in good] == ["pack.zip/a.txt", "pack.zip/c/d.html"]
    assert "leads out" in bad[0].text
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("a.txt")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS.encode()))
    good, bad = docs("pack.tar.gz", made.getvalue())
    assert [one.name for one in good] == ["pack.tar/a.txt"]
    assert "link" in bad[0].text


def test_bombs_end_as_problems() -> None:
    zeros = b"0" * 60_000_000
    for name, payload in (("a.txt.gz", gzip.compress(zeros)), ("a.zip", zipped({"a.txt": zeros}))):
        good, bad = docs(name, payload)
        assert not good
        assert "times its size" in bad[0].text
    nested = zipped({"a.txt": WORDS.encode()})
    for _ in range(4):
        nested = zipped({"n.zip": nested})
    assert "deeply" in docs("n.zip", nested)[1][0].text
    many = zipped({f"{number}.txt": b"x" for number in range(30)})
    good, bad = docs("many.zip", many, Limits(members=10))
    assert len(good) == 10
    assert "10 members" in bad[0].text


def test_a_feed_keeps_the_source_of_an_entry() -> None:
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Tamber Post</title>
    <item><title>Late council</title><link>https://tamber.example/1</link><pubDate>Wed, 05 Mar 2031 10:00:00 GMT</pubDate>
    <source url="https://norvik.example">Norvik News</source><description>&lt;p&gt;{WORDS}&lt;/p&gt;</description></item>
    <item><title>Empty</title></item></channel></rss>""".encode()
    good, bad = docs("feed.xml", feed)
    assert good[0].name == "https://tamber.example/1"
    assert hints(good[0])["feed:source"] == "Norvik News"
    assert hints(good[0])["feed:outlet"] == "Tamber Post"
    assert len(bad) == 1


def test_a_feed_with_entities_of_its_own_is_refused() -> None:
    feed = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>'
    assert "entities" in docs("feed.xml", feed)[1][0].text


def test_manifests() -> None:
    rows = [
        {"url": "https://a.example/1", "title": "T", "text": WORDS, "published": "2031-03-05", "outlet": "Tamber Post"},
        {"text": ""},
    ]
    payload = "\n".join(json.dumps(row) for row in rows).encode() + b"\n{broken\n"
    good, bad = docs("a.jsonl", payload)
    assert good[0].name == "https://a.example/1"
    assert hints(good[0])["manifest:outlet"] == "Tamber Post"
    assert [one.name for one in bad] == ["a.jsonl:2", "a.jsonl:3"]
    good, bad = docs("a.csv", f'url,text\nhttps://a.example/2,"{WORDS}"\n'.encode())
    assert good[0].payload.decode() == WORDS
    assert not bad
    assert "column" in docs("a.csv", b"a,b\n1,2\n")[1][0].text


def test_mail_with_an_attachment_and_mail_with_too_many_parts() -> None:
    mail = (
        b"From: desk@tamber.example\r\nSubject: Late council\r\nDate: Wed, 05 Mar 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nThe council met=2E\r\n--b\r\nContent-Type: text/html\r\n"
        b'Content-Disposition: attachment; filename="a.html"\r\n\r\n' + HTML + b"\r\n--b--\r\n"
    )
    good, _ = docs("a.eml", mail)
    assert good[0].payload.strip() == b"The council met."
    assert hints(good[0])["mail:subject"] == "Late council"
    assert good[1].name == "a.eml/a.html"
    assert len(docs("a.mbox", b"From x\n" + mail + b"\nFrom y\n" + mail)[0]) == 4
    parts = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\nPart.\r\n" for _ in range(1200))
    _, bad = docs("b.eml", b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"--b--\r\n")
    assert "parts" in bad[0].text


def warc(body: bytes, kind: bytes = b"response", cut: int = 0) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2031-03-05T10:00:00Z\r\n"
    )
    head += b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % (len(http) + cut) + http + (b"" if cut else b"\r\n\r\n")


def test_warc_skips_revisits_and_tells_of_a_break() -> None:
    good, bad = docs("a.warc", warc(HTML) + warc(HTML, b"revisit"))
    assert [one.name for one in good] == ["https://a.example/1"]
    assert good[0].payload == HTML
    assert not bad
    assert len(docs("a.warc.gz", gzip.compress(warc(HTML)))[0]) == 1
    assert docs("b.warc", warc(HTML, cut=500))[1]


def test_what_is_no_text_is_a_problem() -> None:
    for name, payload in (
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99)),
        ("a.txt", bytes(range(256)) * 9),
        ("b.txt", b" \n"),
        ("a.pdf", b"%PDF-1.4 x"),
    ):
        good, bad = docs(name, payload)
        assert not good
        assert bad[0].name == name


def test_the_child_has_limits() -> None:
    with pytest.raises(Unreadable):
        guarded("feed", b"<rss>" + b"<a>" * 2_000_000, seconds=1)


@pytest.mark.parametrize(
    "payload",
    [
        b"<div>" * 100_000 + HTML,
        b"<div><p><b>" * 30_000 + HTML + b"</span></p></div>" * 30_000,
        b'<a "' * 100_000 + HTML,
        b"<" * 300_000 + HTML,
        b"<!--" * 100_000 + b"-->" + HTML,
        b"<p>" + b" \n" * 10_000_000 + b"</p>" + HTML,
        b"&" * 300_000 + HTML,
        b"\x00" * 5000 + HTML + b"\x00",
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + HTML,
    ],
    ids=["nested", "misnested", "quotes", "brackets", "comments", "spaces", "ampersands", "nul", "json-ld"],
)
def test_hostile_pages_keep_their_words_and_take_no_time(payload: bytes) -> None:
    begin = time.monotonic()
    text = page(Member(name="a.html", payload=payload, media="text/html")).text
    assert time.monotonic() - begin < 10
    assert WORDS in text
