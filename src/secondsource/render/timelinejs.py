"""dossier -> the JSON that TimelineJS opens: what happened, was said and was published, a slide each

TimelineJS takes `text` for HTML, so all text of reports is escaped here.
"""

from html import escape

import msgspec

from secondsource.model import Dossier, TimelineLine
from secondsource.render.foreign import Foreign, counted_again, scalar
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import clipped, plural
from secondsource.render.quoting import inner
from secondsource.render.timeline import timeline

Json = dict[str, object]
HEADLINE = 140
LOST = (
    "everything that has no day: articles, statements and incidents without one, origins, decisions and problems",
    "questions and verdicts, positions, shifts and pledges",
    "ends that are open: the known end stands for both",
    "times to the minute",
    "offsets of words: the words stand in the slide, with the article's name",
    "who copies whom, and how many independent origins carry a line",
)


def slides(dossier: Dossier) -> Foreign:
    """One file, timeline.json."""
    look = Lookup(dossier)
    found = dossier.timeline or timeline(dossier)
    events = [_slide(look, line) for line in found if _ends(line)]
    title = {"text": {"headline": f"Dossier of {plural(len(look.articles), 'report')}", "text": ""}}
    made = {"title": title, "events": events}
    lost = (*LOST, *counted_again(len(found) - len(events), "line", "lines", "of the timeline without any day"))
    payload = msgspec.json.format(msgspec.json.encode(made, order="deterministic"), indent=1) + b"\n"
    return Foreign(files={"timeline.json": payload}, lost=lost, rows=len(events))


def _ends(line: TimelineLine) -> tuple[str, str] | None:
    first = line.when.earliest or line.when.latest
    last = line.when.latest or line.when.earliest
    return (first[:10], last[:10]) if first and last else None


def _slide(look: Lookup, line: TimelineLine) -> Json:
    first, last = _ends(line) or ("", "")
    words = "".join(
        f"<blockquote><p>{_html(inner(q.exact))}</p><footer>{_html(look.label(q.article))}, "
        f"{_html(look.articles[q.article].name)}</footer></blockquote>"
        for q in line.evidence
    )
    made: Json = {
        "group": line.kind,
        "start_date": _date(first),
        "text": {"headline": _html(clipped(line.text, HEADLINE)), "text": f"<p>{_html(line.text)}</p>{words}"},
        "unique_id": f"{line.kind}-{line.evidence[0].article}-{line.evidence[0].start}-{first}",
    }
    return made | ({"end_date": _date(last)} if last != first else {})


def _date(iso: str) -> Json:
    return dict(zip(("year", "month", "day"), map(int, iso.split("-")), strict=False))


def _html(text: str) -> str:
    return escape(scalar(text))
