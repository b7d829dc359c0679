"""a statement in its report -> the day it was said

Of the attribution, of the act told, of the sentence, of a neighbour that dates the speaking; else no later than the
report's own day. None where the report says that no day is known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from secondsource.model import Attribution, Claim, Quote, Reading, When
from secondsource.rate.passages import Passage
from secondsource.rate.phrases import Phrases
from secondsource.rate.shifts import day_of
from secondsource.rate.wording import WEEKDAYS, tokens

# Kinds of cue whose content is what was said, not what was done by saying it.
NEUTRAL = frozenset({"say", "confirm", "claim", "report", "deny"})
A_WEEK = 7
CAME = frozenset({"came", "made"})  # "the remark came on Tuesday"
LONG = 60  # days
# What opens a clause of its own behind the words that are said: its day is that of another deed.
OTHER = re.compile(r"[,;] (?:and|but|who|whom|which|whose|where|when|after|before|while)\b")


class Dating:
    """The table stands.toml, ready to be asked for days."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.undated = Phrases(table["undated"]["words"])
        self.speaking = Phrases(table["speaking"]["words"])

    def when(
        self, reading: Reading, claim: Claim | None, said: Attribution | None, read: Sequence[Passage], first: int, last: int
    ) -> When | None:
        """The day of what stands in the passages `first` to `last` of `read`."""
        published = reading.article.published.value
        newest = ((published.latest or published.earliest or "") if published else "")[:10] or "9999"
        if said and said.said and (day := day_of(said.said)):
            return said.said if day <= newest else _a_week_back(said.said, newest)
        if (
            said is None
            and claim
            and claim.when
            and claim.when.earliest
            and _short(claim.when)
            and _recent(claim.when, newest)
            and claim.when.earliest[:10] <= newest
        ):
            return claim.when
        inner = said.content if said else ()
        own = next((found for n in range(first, last + 1) if (found := _named(reading, read[n], inner))), None)
        near = [p for p in read[max(0, first - 1) : last + 2] if p.paragraph == read[first].paragraph]
        if own is None and any(True for p in near for _ in self.undated.places(tokens(p.text))):
            return None
        if found := own or self._told(reading, said, read, first, last) or _before(reading, said, read, first):
            return found
        if published is None or not day_of(published):
            return None
        return When(earliest=None, latest=published.latest or published.earliest, precision="day")

    def _told(self, reading: Reading, said: Attribution | None, read: Sequence[Passage], first: int, last: int) -> When | None:
        """The day that the sentence names, or a neighbour that dates the speaking; last a day that may be the deed's."""
        beside = [p for p in read if p.paragraph == read[first].paragraph]
        for place in (last + 1, last + 2, first - 1):
            if not (0 <= place < len(read) and read[place] in beside):
                continue
            words = tokens(read[place].text)
            speaks = any(True for _ in self.speaking.places(words)) and (place != last + 2 or bool(CAME & set(words)))
            if speaks and (when := _named(reading, read[place], ())):
                return when
        if said is None or (said.cue.kind not in NEUTRAL and not _perfect(reading, said)):
            for place in range(first, last + 1):
                if when := _named(reading, read[place], (), on_only=True):
                    return when
        return None


def _perfect(reading: Reading, said: Attribution) -> bool:
    """ "Has pledged to be there on Monday": Monday is not the day of the pledge."""
    cue = said.cue.evidence
    if cue is None:
        return False
    before = tokens(reading.article.text[max(0, cue.start - 20) : cue.start])[-1:]
    return bool({"has", "have"} & {*before, *tokens(cue.exact)[:1]})


def _recent(when: When, newest: str) -> bool:
    """Not more than two months before the report: a longer time ago is something that the words only refer to."""
    if newest == "9999" or when.earliest is None:
        return True
    return (date.fromisoformat(newest) - date.fromisoformat(when.earliest[:10])).days <= LONG


def _before(reading: Reading, said: Attribution | None, read: Sequence[Passage], first: int) -> When | None:
    """The day that the sentence before names, where the speaker is a pronoun that goes on from it: "On Sunday X was in a good
    mood. “…,” he told farmers"."""
    pronouns = {m.id for m in reading.mentions if m.via == "pronoun"}
    if said is None or not said.speakers or not all(s.mention in pronouns for s in said.speakers):
        return None
    same = first > 0 and read[first - 1].paragraph == read[first].paragraph and read[first - 1].segment == "body"
    return _named(reading, read[first - 1], ()) if same else None


def _short(when: When) -> bool:
    """A day, or a night between two."""
    if not (when.earliest and when.latest):
        return False
    return (date.fromisoformat(when.latest[:10]) - date.fromisoformat(when.earliest[:10])).days <= 1


def _named(reading: Reading, passage: Passage, outside: Iterable[Quote], *, on_only: bool = False) -> When | None:
    """The day that a sentence names outside of what is quoted in it, no later than the report's own. `on_only`: only "on
    Monday", where nothing says whether the deed or the word for it is meant."""
    published = passage.published
    last = ((published.latest or published.earliest) if published else None) or "9999"
    found: When | None = None
    for time in reading.times:
        when, at = time.when, time.quote
        if not (passage.quote.start <= at.start and at.end <= passage.quote.end) or any(
            q.start <= at.start < q.end for q in outside
        ):
            continue
        behind = max((q.end for q in outside if q.end <= at.start), default=None)
        if behind and OTHER.search(passage.text[max(0, behind - passage.quote.start) : at.start - passage.quote.start]):
            continue
        if on_only and passage.text[: at.start - passage.quote.start].split()[-1:] != ["on"]:
            continue
        if (
            when.precision in {"day", "hour", "minute"}
            and when.earliest
            and when.latest
            and when.earliest[:10] == when.latest[:10]
        ):
            if when.latest[:10] <= last[:10]:
                return when
            found = found or _week_before(when, last, time.quote, passage)
    return found


def _week_before(when: When, last: str, words: Quote, passage: Passage) -> When | None:
    """ "agreed to swap the men on Monday", printed on Tuesday: the day of the agreeing, though it stands by the other verb."""
    ahead = date.fromisoformat(when.earliest[:10]) - date.fromisoformat(last[:10]) if when.earliest and last != "9999" else None
    before = passage.text[: words.start - passage.quote.start].split()
    if ahead is None or ahead.days >= A_WEEK or words.exact.casefold() not in WEEKDAYS or before[-1:] != ["on"]:
        return None
    day = (date.fromisoformat(when.earliest[:10]) - timedelta(days=A_WEEK)).isoformat() if when.earliest else None
    return When(earliest=day, latest=day, precision="day", text=words.exact)


def _a_week_back(when: When, newest: str) -> When | None:
    """A weekday that was read as the next one is the one before; any other day after the report's own is no day of speaking."""
    if when.precision != "day" or when.earliest is None:
        return None
    day = date.fromisoformat(when.earliest[:10]) - timedelta(days=A_WEEK)
    made = day.isoformat()
    return replace(when, earliest=made, latest=made) if made <= newest else None
