"""article, sentences -> the times its words name

Works on the words alone, without a parse. What is relative counts from the day of publication, inside quotation marks
("tomorrow") from the day of speaking where the passage names it; without such a day it stays unknown.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from secondsource.attribute.dates import Hit
from secondsource.attribute.days import Interval, Published
from secondsource.attribute.timephrases import Phrases
from secondsource.attribute.timewords import Calendar
from secondsource.attribute.words import Word, lex
from secondsource.model import Article, Sentence, Span, TimeExpression, When

MARKS = re.compile('[“”„"«»]')
OPEN_MARKS = "“„«"
STOPS = frozenset(";:()—–")
MODALS = frozenset({"be", "been", "being"})
LATER = frozenset({"will", "would", "shall", "must", "should", "'ll", "to"})
REACH = 40  # words that are searched for a mark of tense on either side


def times(article: Article, sentences: Sequence[Sentence], calendar: Calendar) -> tuple[TimeExpression, ...]:
    """The times of the sentences in the text's order. `calendar` is made of the table `times`."""
    published = published_day(article)
    quoted = quoted_spans(article.text, sentences)
    found: list[TimeExpression] = []
    for sentence in sentences:
        words = lex(article.text, sentence.start, sentence.end)
        first = Phrases(words, calendar, published, Tense(words, calendar).ahead, lambda _: published)
        hits = first.all()
        spoken = day_of_speaking(hits, words, quoted)
        if spoken is not None:
            base = {n: spoken for n, word in enumerate(words) if within(word.start, quoted)}
            hits = Phrases(words, calendar, published, first.ahead, base_of(base, published)).all()
        found.extend(expression(article, words, hit) for hit in hits)
    return tuple(found)


def published_day(article: Article) -> Published | None:
    """The days on which the article can have come out; None where it is not known, or not to a week."""
    value = article.published.value
    if value is None or value.earliest is None or value.latest is None:
        return None
    try:
        first, last = date.fromisoformat(value.earliest[:10]), date.fromisoformat(value.latest[:10])
    except ValueError:
        return None
    return Published(first, last) if 0 <= (last - first).days < 7 else None


def quoted_spans(text: str, sentences: Iterable[Sentence]) -> list[Span]:
    """What stands between quotation marks, paragraph by paragraph."""
    ends: dict[int, tuple[int, int]] = {}
    for s in sentences:
        a, b = ends.get(s.paragraph, (s.start, s.end))
        ends[s.paragraph] = (min(a, s.start), max(b, s.end))
    out = []
    for a, b in ends.values():
        opened: int | None = None
        for mark in MARKS.finditer(text, a, b):
            if opened is None:
                opened = mark.start()
            elif mark.group() not in OPEN_MARKS:
                out.append(Span(opened, mark.end()))
                opened = None
        if opened is not None:
            out.append(Span(opened, b))
    return sorted(out)


def within(place: int, spans: Sequence[Span]) -> bool:
    """Whether `place` lies in one of `spans`, which stand in order and apart."""
    n = bisect_right(spans, place, key=lambda s: s.start)
    return n > 0 and place < spans[n - 1].end


def day_of_speaking(hits: Iterable[Hit], words: Sequence[Word], quoted: Sequence[Span]) -> Published | None:
    """The one day that the sentence names outside the quotation marks, if there is a quotation in it."""
    if not any(within(word.start, quoted) for word in words):
        return None
    outside = {
        hit.interval.low for hit in hits
        if hit.interval.low and hit.interval.low == hit.interval.high and not within(words[hit.first].start, quoted)
    }  # fmt: skip
    day = next(iter(outside)) if len(outside) == 1 else None
    return Published(day, day) if day else None


def base_of(inside: dict[int, Published], otherwise: Published | None) -> Callable[[int], Published | None]:
    return lambda i: inside.get(i, otherwise)


class Tense:
    """Whether the words around a place speak of what is to come. The nearest mark decides: first to the left, then right."""

    def __init__(self, words: Sequence[Word], calendar: Calendar) -> None:
        self.words, self.calendar = words, calendar

    def ahead(self, i: int) -> bool:
        if self.words[i].possessive and i + 1 < len(self.words):
            return self.words[i + 1].low in self.calendar.sets["planned_events"] and self.right(i + 1) is True
        before = self.words[i - 1].low if i else ""
        if before == "since" or (before == "of" and self.words[i - 2].low not in self.calendar.sets["planned_events"]):
            return False  # "since 26 July", "the coup of 26 July"
        left = self.left(i)
        return (self.right(i) if left is None else left) is True

    def left(self, i: int) -> bool | None:
        for j in range(i - 1, max(-1, i - REACH), -1):
            if self.words[j].text == ";":
                return None
            mark = self.mark(j)
            if mark is not None:
                return mark
        return None

    def right(self, i: int) -> bool | None:
        for j in range(i + 1, min(len(self.words), i + REACH)):
            if self.words[j].text in STOPS:
                return None
            mark = self.mark(j)
            if mark is not None:
                return mark
        return None

    def mark(self, j: int) -> bool | None:
        """True for a mark of the future, False for one of the past, None for any other word."""
        word = self.words[j]
        low = word.low if not word.text.lower().endswith(("'ll", "’ll")) else "will"
        before = self.words[j - 1].low if j else ""
        if f"{before}_{low}" in self.calendar.future:
            return True
        past = low in ("due", "expected", "planned", "scheduled", "plan") and before in ("was", "were", "had")
        if low in self.calendar.future and not past:
            return True
        if before in MODALS:
            return None  # "will be held", "has been held": the auxiliary decides
        if low in self.calendar.sets["past"]:
            return False
        made = low.endswith("ed") and len(low) > 4 and not word.text[:1].isupper()
        return False if made and before not in ("a", "an", "the") and before not in LATER else None


def expression(article: Article, words: Sequence[Word], hit: Hit) -> TimeExpression:
    start, end = words[hit.first].start, words[hit.stop - 1].end
    if words[hit.stop - 1].possessive:
        end -= 2
    quote = article.quote(start, end)
    interval = hit.interval
    anchor = interval.counted_from.isoformat() if interval.counted_from else None
    return TimeExpression(article=article.id, quote=quote, when=when(interval, quote.exact), anchor=anchor, note=interval.note)


def when(interval: Interval, words: str) -> When:
    """The interval as the model prints it."""
    low = interval.low.isoformat() if interval.low else None
    high = interval.high.isoformat() if interval.high else None
    if interval.clock is not None and low is not None:
        low, high = f"{low}T{interval.clock[0]}", f"{low}T{interval.clock[1]}"
    return When(earliest=low, latest=high, precision=interval.precision, text=words)
