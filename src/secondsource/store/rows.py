"""a reading <-> the row that keeps it, and the lines by which it is found"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from secondsource.errors import DamagedCase
from secondsource.model import Reading, Record, When

LONGEST = 31  # days of an interval of which every day is a day to look for; of a longer one only its months and years
_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(Reading)


class LineRow(Record, frozen=True, kw_only=True):
    """What can be found of a reading: a statement, claim or figure by its id, or the whole article.

    `actor`: names that are printed for those who speak or act; `thing`: the act's object, what is counted; `days`: words that
    stand for its days, months and years.
    """

    id: str
    kind: str
    actor: str
    thing: str
    days: str
    text: str


def packed(reading: Reading) -> bytes:
    return zlib.compress(_encoder.encode(reading), 1)


def unpacked(body: bytes, name: str) -> Reading:
    """The reading in a row. Raises DamagedCase where the bytes are not those that were written."""
    try:
        return _decoder.decode(zlib.decompress(body))
    except (zlib.error, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise DamagedCase(f"the reading of {name} cannot be read ({error}): `doctor --rebuild` makes it anew") from error


def lines(reading: Reading) -> Iterator[LineRow]:
    """Every line of a reading, in its records' order."""
    article = reading.article
    named = {m.id: m.name or m.quote.exact for m in reading.mentions}
    published = article.published.value
    things: defaultdict[str, set[str]] = defaultdict(set)
    speakers = {
        a.id: [named.get(s.mention or "", s.evidence.exact if s.evidence else "") for s in a.speakers]
        for a in reading.attributions
    }
    for claim in reading.claims:
        things[claim.attribution or ""] |= {claim.act, claim.object or ""}
    papers = _joined([article.outlet.value, article.byline.value])
    yield LineRow(id=article.id, kind="article", actor=papers, thing="", days=days(published), text=article.text)
    for said in reading.attributions:
        words = _joined(q.exact for q in said.content or ((said.question,) if said.question else ()))
        found = (_joined(speakers[said.id]), _joined(sorted(things[said.id])), days(said.said or published))
        yield LineRow(id=said.id, kind="statement", actor=found[0], thing=found[1], days=found[2], text=words)
    for claim in reading.claims:
        who = [named.get(name or "") for name in (claim.actor, claim.target, claim.place, *claim.co_actors)]
        who += speakers.get(claim.attribution or "", [])
        thing = _joined([claim.act, claim.object])
        words = _joined(q.exact for q in claim.evidence)
        yield LineRow(
            id=claim.id, kind="claim", actor=_joined(who), thing=thing, days=days(claim.when or published), text=words
        )
    for figure in reading.figures:
        who = [figure.counter, *speakers.get(figure.attribution or "", [])]
        thing, words = _joined([figure.counted, figure.whose]), _joined(q.exact for q in figure.evidence)
        yield LineRow(
            id=figure.id, kind="figure", actor=_joined(who), thing=thing, days=days(figure.as_of or published), text=words
        )


def _joined(parts: Iterable[str | None]) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))


def days(when: When | None) -> str:
    """The words under which a time is found: "d20310509 m203105 y2031"."""
    ends = [_day(end) for end in (when.earliest, when.latest) if end] if when else []
    first, last = (ends[0], ends[-1]) if ends else (None, None)
    if first is None or last is None or last < first:
        return ""
    words: dict[str, None] = {}
    if (last - first).days < LONGEST:
        words |= dict.fromkeys(f"d{first + timedelta(days=n):%Y%m%d}" for n in range((last - first).days + 1))
    if last.year - first.year <= 1:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        words |= dict.fromkeys(f"m{month // 12:04d}{month % 12 + 1:02d}" for month in months)
        words |= dict.fromkeys(f"y{year:04d}" for year in range(first.year, last.year + 1))
    return " ".join(words)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
