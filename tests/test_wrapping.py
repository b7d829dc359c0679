"""Hard-wrapped plain text is read as its paragraphs are: a line end at the page's width ends nothing."""

import textwrap

import pytest

from secondsource import pipeline
from secondsource.model import Member, Reading
from secondsource.segment.wrapping import unwrapped

REPORT = (
    "Truce talks resume in Ardal as shelling eases",
    "By Nora Velt",
    "ARDAL, March 3, 2031 - The governor of Ardal said on Monday that talks with the river militia would resume within a week, "
    "after shelling of the port eased for a third day.",
    "“We will not sign anything that leaves the bridge in their hands,” Governor Tomas Reik told reporters. He said that 14 "
    "people had been killed since Friday and that the clinic had run out of blood.",
    "The militia's spokesman, Ivo Strand, denied that his men had fired on the port. The militia will lay down its arms only "
    "when the last soldier of the governor has left the bridge, he said.",
)


def folded(words: str) -> str:
    return " ".join(words.split())


def told(reading: Reading) -> list[tuple[str, ...]]:
    names = {m.id: m.name or folded(m.quote.exact) for m in reading.mentions}
    said = [
        (names.get(s.mention or "", "?"), *(folded(q.exact) for q in a.content))
        for a in reading.attributions
        for s in a.speakers
    ]
    done = [
        (c.act, c.object or "", names.get(c.actor or "", "?"), *(folded(q.exact) for q in c.evidence)) for c in reading.claims
    ]
    counted = [(folded(f.counted), str(f.low), str(f.high)) for f in reading.figures]
    return sorted(said + done + counted)


def read(text: str) -> Reading:
    reading = pipeline.Reader()(Member(name="report.txt", payload=text.encode(), media="text/plain"))
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.slow
@pytest.mark.parametrize("width", [64, 72, 78])
def test_a_wrapped_report_is_read_like_the_same_report_on_long_lines(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in REPORT)
    assert told(read(wrapped)) == told(read("\n\n".join(REPORT)))


@pytest.mark.slow
def test_indents_part_the_paragraphs_where_no_blank_line_does() -> None:
    head = "\n\n".join(REPORT[:2])
    body = "\n".join(textwrap.fill(paragraph, 70, initial_indent="    ") for paragraph in REPORT[2:])
    speakers = {row[0] for row in told(read(f"{head}\n\n{body}\n"))}
    assert {"Ivo Strand", "Tomas Reik"} <= {name.removeprefix("Governor ") for name in speakers}


def test_lines_that_are_paragraphs_stay() -> None:
    text = "\n".join(
        ["A short first paragraph that ends here.", "A second one, of another length, which ends there, too.", "Third."] * 3
    )
    assert unwrapped(text) == text


def test_offsets_stay() -> None:
    text = textwrap.fill(" ".join(REPORT), 70)
    flat = unwrapped(text)
    assert len(flat) == len(text)
    assert "\n" not in flat
    assert flat.split() == text.split()
