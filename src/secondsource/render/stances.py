"""a position -> a plain sentence of what its holder does, and since when it is known; never more than the words show."""

import re

from secondsource.model import Position, When
from secondsource.render.phrases import listed, plain, whole_day

# What a position is about, as it stands after "about"; an object that is not here stands as it is.
TOPICS = {
    "ceasefire": "a ceasefire",
    "withdrawal": "a withdrawal",
    "status": "the status of the territory",
    "apology": "an apology",
    "intervention": "intervention from outside",
    "borders": "borders and roads",
    "access": "access for aid workers or observers",
    "inquiry": "an inquiry",
    "return": "the return of the displaced",
    "resignation": "a resignation",
    "surrender": "a surrender",
    "agreement": "an agreement",
}
# Beginnings of words that name the object itself. Without one of them the sentence says "about".
NAMES = {
    "ceasefire": ("ceasefire", "cease-fire", "cease fire", "truce", "armistice"),
    "withdrawal": ("withdraw", "pull out", "pull-out", "pullout"),
    "talks": ("talks", "negotiations", "dialogue"),
    "mediation": ("mediat",),
    "apology": ("apolog",),
    "recognition": ("recogni",),
    "inquiry": ("inquiry", "investigation", "probe"),
    "elections": ("election",),
    "peacekeepers": ("peacekeep",),
    "resignation": ("resign",),
    "surrender": ("surrender",),
}
ABOUT = {
    "demand": "makes a demand about {}",
    "appeal": "makes an appeal about {}",
    "offer": "makes an offer about {}",
    "conditional_offer": "makes an offer about {}, on a condition",
    "promise": "makes a promise about {}",
    "accept": "accepts something about {}",
    "agree": "agrees to something about {}",
    "refuse": "refuses something about {}",
    "threaten": "makes a threat about {}",
}
NAMED = {
    "demand": "demands {}",
    "appeal": "appeals for {}",
    "offer": "offers {}",
    "conditional_offer": "offers {}, on a condition",
    "accept": "accepts {}",
    "agree": "agrees to {}",
    "refuse": "refuses {}",
}
NOUNS = {
    "demand": "a demand",
    "appeal": "an appeal",
    "offer": "an offer",
    "conditional_offer": "an offer, on a condition",
    "promise": "a promise",
    "accept": "an acceptance",
    "agree": "an agreement",
    "refuse": "a refusal",
    "threaten": "a threat",
}
NOT = re.compile(r"\b(?:not|no|never|without|against|nor)\b|n[’']t\b", re.IGNORECASE)
# What may stand between a word of taking or refusing and the thing that is taken or refused.
BETWEEN = r"(?:\s+(?:to|a|an|any|the|further|new|such|this|[\w’']+[’']s))*\s+"
TAKING = {
    "refuse": re.compile(rf"\b(?:no|any|ruled? out|reject\w*|refus\w*|declin\w*){BETWEEN}\Z", re.IGNORECASE),
    "accept": re.compile(rf"\b(?:accept\w*){BETWEEN}\Z", re.IGNORECASE),
    "agree": re.compile(rf"\b(?:agree\w*|accept\w*){BETWEEN}\Z", re.IGNORECASE),
}
BEFORE = 60  # code points before the thing in which the word of taking or refusing is looked for


def topic(thing: str) -> str:
    """What a position is about, with its article: "a ceasefire", "talks"."""
    return TOPICS.get(thing, plain(thing))


def heading(thing: str) -> str:
    """The same as the head of a column: "ceasefire", "borders and roads"."""
    words = topic(thing).split()
    return " ".join(words[1:] if words[0] in {"a", "an", "the"} else words)


def noun(act: str) -> str:
    """A kind of position as a noun: "a refusal"."""
    return NOUNS.get(act, plain(act))


def sentence(position: Position) -> str:
    """What the holder does, to follow the holder's name: "refuses talks", "makes a threat about borders and roads".

    The thing is named outright only where the reports' own words name it; else the sentence says only what it is about.
    """
    named = any(_names(position.act, position.object, quote.exact) for quote in position.evidence)
    form = NAMED.get(position.act) if named else None
    return (form or ABOUT.get(position.act) or f"{plain(position.act)}: {{}}").format(topic(position.object))


def _names(act: str, thing: str, words: str) -> bool:
    for name in NAMES.get(thing, ()):
        for found in re.finditer(rf"\b{name}", words, re.IGNORECASE):
            before = words[max(0, found.start() - BEFORE) : found.start()]
            taken = TAKING.get(act)
            if taken.search(before) if taken else not NOT.search(words):
                return True
    return False


def known(first: When | None, last: When | None) -> str:
    """Since when a position is held and when it was last heard: "last known on 2031-05-15", "since 2031-05-09 or
    earlier, last known on 2031-05-13"."""
    ends = _on(last)
    if not ends:
        return "day not known"
    begins = _on(first)
    return f"last known on {ends}" if not begins or begins == ends else f"since {begins}, last known on {ends}"


def _on(when: When | None) -> str:
    """One day in words: "2031-05-09", "2031-05-09 or earlier", "2020-11-10 or 11"."""
    if when is None or not (when.earliest or when.latest):
        return ""
    if when.earliest is None:
        return f"{(when.latest or '')[:10]} or earlier"
    return either(when)


def either(when: When | None) -> str:
    """An interval of days in which something was on one day: "2020-11-10 or 11", "a day from 2020-11-10 to 2020-11-14"."""
    if when is None or not when.earliest or not when.latest or when.precision in {"month", "year"}:
        return whole_day(when)
    first, last = when.earliest[:10], when.latest[:10]
    if first == last:
        return first
    if first[:7] == last[:7] and int(last[8:]) - int(first[8:]) == 1:
        return f"{first} or {last[8:]}"
    return f"a day from {first} to {last}"


def sides_of(names: tuple[str, ...]) -> str:
    """How a proposed side is told: "proposed side: Veltria"."""
    return f"proposed side: {listed(names)}" if names else ""
