"""values -> short neutral words for a reader. The page, Markdown and the tables all take their words from here."""

from collections.abc import Sequence

from secondsource.model import Figure, When

VERDICTS = {
    "conflicting": "reports conflict",
    "internally_inconsistent": "a report contradicts itself",
    "disputed": "disputed",
    "denied": "denied by the party it is said of",
    "revised": "revised",
    "updated": "updated",
    "supported": "supported by a second origin",
    "compatible": "compatible",
    "single_origin": "rests on one origin",
    "not_comparable": "not comparable",
    "possible": "possible match",
}
JUDGED = {
    "supports": "support each other",
    "compatible": "compatible",
    "conflicts": "conflict",
    "updates": "updates",
    "revised": "revised",
    "disputed": "disputed",
    "denied": "denied",
    "copy_altered": "a copy differs",
    "position_change": "position changed",
    "internally_inconsistent": "contradicts itself",
    "not_comparable": "not comparable",
    "possible": "possible match",
}
WORDINGS = {
    "as_printed": "quoted",
    "insertion": "quoted, with an insertion",
    "headline_only": "quoted in the headline only",
    "paraphrase": "paraphrase",
    "translated": "translated",
    "rewritten": "rewritten",
}
MODES = {"direct": "quotation", "mixed": "partly quoted", "indirect": "paraphrase"}
RELAYS = {
    "told": "told",
    "speaking_to": "speaking to",
    "according_to": "according to",
    "broadcast_by": "broadcast by",
    "posted_on": "posted on",
    "reported_by": "reported by",
}
RELATIONS = {
    "republished_from": "republished from",
    "derived_from": "derived from",
    "cites": "cites",
    "photo_credit": "photo from",
}
SCOPES = {
    "incident": "one event",
    "increment": "added to an earlier count",
    "cumulative": "so far, in all",
    "unknown": "scope not stated",
}
SHIFTS = {
    "new": "new",
    "repeated": "repeated",
    "hardened": "hardened",
    "softened": "softened",
    "dropped": "dropped",
    "reversed": "reversed",
    "changed": "changed",
}
HOLDS = {
    "demand": "demands",
    "appeal": "appeals",
    "offer": "offers",
    "conditional_offer": "offers, on a condition",
    "promise": "promises",
    "accept": "accepts",
    "agree": "agrees",
    "refuse": "refuses",
    "threaten": "threatens",
}
OUTCOMES = {
    "kept": "kept, by what is reported",
    "broken": "broken, by what is reported",
    "disputed": "disputed",
    "failed_unattributed": "failed, nobody blamed",
    "not_reported": "no later deed reported",
}
SEGMENTS = {
    "title": "headline",
    "body": "text",
    "subheading": "subheading",
    "editors_note": "editor's note",
    "caption": "caption",
    "photo_credit": "photo credit",
    "origin_line": "origin line",
    "date_line": "date line",
    "byline": "byline",
    "related_link": "link to another article",
    "reader_comment": "reader comment",
    "bio": "about the author",
    "advert": "advert",
    "boilerplate": "boilerplate",
}
# Kinds of speech as words for a reader; the verb as printed stands beside them.
KINDS = {
    "say": "statement",
    "claim": "claim",
    "confirm": "confirmation",
    "deny": "denial",
    "accuse": "accusation",
    "demand": "demand",
    "urge": "appeal",
    "promise": "promise",
    "threaten": "threat",
    "warn": "warning",
    "refuse": "refusal",
    "agree": "agreement",
    "offer": "offer",
    "ask": "question",
    "believe": "held, not said",
    "report": "passed on",
    "silence": "no answer",
}
# Kinds that the verb as printed says well enough by itself.
PLAIN = frozenset({"say", "claim", "confirm", "believe", "report", "warn", "ask"})
# Of each reason to look again: what to do about it before a line is printed.
ADVICE = {
    "contested answers": "Give both answers, each with who says so.",
    "copies that differ from their text": "Use the text that was copied.",
    "accusation with no reply on the page": "Ask the accused, or say that the report has no reply.",
    "quotation in the headline only": "Do not print it as a quotation: the text of the report does not have it.",
    "no counter named": "Say that the report does not name who counted.",
    "undated": "Find out the day before you say when.",
    "speaker not named": "Say that the report does not name the speaker.",
    "words put in": "Words in brackets are not the speaker’s: keep the brackets.",
    "translated": "Say that the words are translated.",
    "rewritten words": "The report tells it in its own words: do not quote them as the speaker’s.",
    "vague": "Do not turn it into a number.",
    "scope not stated": "The report does not say whether the count is of one event or of all so far: do not add it up.",
    "one origin": "Say whose report it is.",
    "paraphrase": "Do not put the words into quotation marks.",
}
# Words that have a capital only where they begin a sentence.
LITTLE_WORDS = frozenset(
    {"The", "A", "An", "Its", "His", "Her", "Their", "Our", "Your", "Each", "Both", "Neither", "Some", "Two"}
)
BASES = {"stated": "stated", "inferred": "inferred", "hint": "only hinted at", "absent": "not stated"}


SHORT_DAYS = {"year": 4, "month": 7}  # characters of an ISO date that such a precision has


def day(when: When | None) -> str:
    """ISO dates with their precision in words; says so where no day is known."""
    if when is None or not (when.earliest or when.latest):
        return "date not known"
    if when.earliest is None:
        return f"by {_iso(when.latest, when)}"
    if when.latest is None:
        return f"from {_iso(when.earliest, when)}"
    if when.precision == "month" and when.earliest[:7] == when.latest[:7]:
        return when.earliest[:7]
    if when.precision == "year" and when.earliest[:4] == when.latest[:4]:
        return when.earliest[:4]
    first, last = _iso(when.earliest, when), _iso(when.latest, when)
    return first if first == last else f"{first} to {last}"


def whole_day(when: When | None) -> str:
    """As `day`, without the time of day."""
    return " ".join(word for word in day(when).split() if ":" not in word)


def _iso(value: str | None, when: When) -> str:
    if value is None:
        return "?"
    if when.precision in SHORT_DAYS:
        return value[: SHORT_DAYS[when.precision]]
    return value.replace("T", " ") if when.precision in {"minute", "hour"} else value[:10]


def machine_day(when: When | None) -> str | None:
    """A value for `<time datetime>` where one day, month or year is meant; None for an interval."""
    text = day(when)
    return text if text[:4].isdigit() and " " not in text else None


def number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def amount(figure: Figure) -> str:
    """A figure's interval as words: "at least 40", "more than 1,200", "40 to 60"."""
    low = number(figure.low)
    high = number(figure.high) if figure.high is not None else ""
    match figure.bound:
        case "exact":
            return low
        case "at_least":
            return f"at least {low}"
        case "more_than":
            return f"more than {number(max(figure.low - 1, 0))}"
        case "at_most":
            return f"at most {high}" if high else low
        case "less_than":
            return f"fewer than {number((figure.high or 0) + 1)}" if figure.high is not None else low
        case "about":
            return f"about {number((figure.low + (figure.high or figure.low)) / 2)}"
        case "range":
            return f"{low} to {high}"
        case "vague":
            return f"{low} or more (vague)"


def counted(figure: Figure) -> str:
    """What is counted and whose: "killed (civilians)"."""
    return f"{figure.counted} ({figure.whose})" if figure.whose else figure.counted


def origins(low: int, high: int) -> str:
    """ "1 origin", "1 or 2 origins", "2 to 5 origins"."""
    if low == high:
        return "1 origin" if low == 1 else f"{low} origins"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} origins"


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def within(name: str) -> str:
    """A name as it stands within a sentence: "The minister" -> "the minister"; not for outlets, whose article is theirs."""
    first, space, rest = name.partition(" ")
    return first.lower() + space + rest if first in LITTLE_WORDS and rest else name


def head(name: str) -> str:
    """A name as it begins a line: "leaders" -> "Leaders"."""
    return name[:1].upper() + name[1:] if name[:1].islower() and name[1:2].islower() else name


def plain(value: str) -> str:
    """A closed-list value as words: "conditional_offer" -> "conditional offer"."""
    return value.replace("_", " ")


def clipped(text: str, limit: int) -> str:
    """The text, or its head with " …" where it is longer than `limit` code points."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
