"""a question's typed slots -> its words, as an editor would print them.

A question takes no side: a deed that somebody is accused of is asked for, never told. Words that the case does not give are
left out, not guessed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from secondsource.compare.figures import whose
from secondsource.compare.intervals import spelled
from secondsource.model import Attribution, Testimony

# Participles that a figure counts; every other counted word is a thing in the plural.
DONE = frozenset({"killed", "wounded", "injured", "captured", "displaced", "arrested", "destroyed", "missing", "kidnapped",
                  "evacuated", "damaged", "detained", "released", "abducted"})  # fmt: skip
THINGS = {
    "attacks": "the fighting", "ceasefire": "the ceasefire", "talks": "the talks", "intervention": "the intervention",
    "territory": "the territory", "prisoners": "the prisoners", "agreement": "the agreement", "aid": "the aid",
}  # fmt: skip
# The answer to each is a name; all of them leave open whether it is so.
BLAMED = {
    "start": "Who started the fighting{where}?", "violate": "Who broke the truce{where}?",
    "ceasefire": "Who is to blame over the ceasefire{where}?", "strike": "Who attacked{where}?",
    "attacks": "Who is responsible for the attacks{where}?", "escalate": "Who escalated the fighting{where}?",
    "provoke": "Who provoked the fighting{where}?", "renew": "Who renewed the fighting{where}?",
    "casualties": "Who is responsible for the deaths{where}?", "destroy": "Who is responsible for the destruction{where}?",
    "displace": "Who drove people out{where}?", "capture": "Who took the territory{where}?",
}  # fmt: skip
# With an actor, and without one; {it} is the place or whom the deed was done to.
DEEDS = {
    "strike": ("attack {it}", "Was {it} attacked?"), "capture": ("take {it}", "Was {it} taken?"),
    "withdraw": ("withdraw from {it}", "Did troops withdraw from {it}?"),
    "violate": ("break the truce at {it}", "Was the truce broken at {it}?"),
    "mobilise": ("send troops to {it}", "Were troops sent to {it}?"),
    "destroy": ("cause destruction in {it}", "Was there destruction in {it}?"),
    "arrest": ("make arrests in {it}", "Were people arrested in {it}?"),
    "release": ("release people in {it}", "Were people released in {it}?"),
    "exchange": ("exchange prisoners in {it}", "Were prisoners exchanged in {it}?"),
    "displace": ("drive people from {it}", "Were people driven from {it}?"),
    "aid": ("send aid to {it}", "Was aid sent to {it}?"), "meet": ("meet in {it}", "Was there a meeting in {it}?"),
    "sign": ("sign in {it}", "Was it signed in {it}?"),
    "sanction": ("impose sanctions on {it}", "Were sanctions imposed on {it}?"),
    "clash": ("fight in {it}", "Was there fighting in {it}?"),
}  # fmt: skip
ON_WHOM = {
    "destroy": ("destroy {it}", "Was {it} destroyed?"), "arrest": ("arrest {it}", "Was {it} arrested?"),
    "release": ("release {it}", "Was {it} released?"), "exchange": ("exchange {it}", "Was {it} exchanged?"),
    "meet": ("meet {it}", "Was there a meeting with {it}?"), "clash": ("fight {it}", "Was there fighting with {it}?"),
    "violate": ("break the truce with {it}", "Was the truce with {it} broken?"),
    "mobilise": ("send troops against {it}", "Were troops sent against {it}?"),
    "displace": ("displace {it}", "Was {it} displaced?"), "aid": ("aid {it}", "Did {it} get aid?"),
    "sign": ("sign with {it}", "Was it signed with {it}?"),
}  # fmt: skip
DATED = {
    "sign": "When was {it} signed{where}?", "exchange": "When were prisoners exchanged{where}?",
    "yield": "When was the step on {it} made{where}?",
}  # fmt: skip
PLURAL = ("s", "men", "people", "children", "police", "staff", "personnel", "dead", "side")
# A statement whose words nobody printed is asked for by its cue: these say nothing that could be headed so.
MUTE = frozenset({"silence", "ask", "report"})
ARTICLE = re.compile(r"^(?:The|An?|Its|His|Her|Their|Each|Both|Neither|Some|Two)(?= )")
SINGLE = frozenset({"government", "army", "ministry", "parliament", "military", "navy", "presidency", "cabinet", "side"})
OWNED = re.compile(r"['’]s ")
LONGEST, TELLING = 14, 4  # words of a statement that are shown, and that tell which one it is
EDGES = " \t\n,;:.…\"“”„«»'‘’([–—-"


def where_of(place: str | None) -> str:
    return f" in {inside(place)}" if place else ""


def inside(name: str) -> str:
    """A name in the middle of a sentence."""
    return ARTICLE.sub(lambda found: found.group().lower(), subject(name))


def subject(name: str) -> str:
    """A name that opens a sentence, with an article where it is a description: "The Malian government"."""
    bare = name[:1].isupper() and " " in name and name.split()[-1] in SINGLE and not OWNED.search(name)
    return f"The {name}" if bare and not ARTICLE.match(name) else name


def asked_of(members: Sequence[Testimony]) -> bool:
    """Whether the figures are worth a question: victims always, other things where two origins count them."""
    figure = members[0].figure
    return bool(figure and figure.counted in DONE) or len({t.origin for t in members}) > 1


def total(members: Sequence[Testimony], enemy: bool, place: str | None = None) -> str:
    side = ", by the other side’s count" if enemy else ""
    figure = members[0].figure
    counted = figure.counted if figure else ""
    if counted in DONE:
        # "missing" and the rest: have been killed, are missing
        done = "are missing" if counted == "missing" else f"have been {counted} in all{where_of(place)}"
        return f"How many {_people(members, counted)} {done}{side}?"
    return f"How many {counted} are counted in all{_of(members)}{side}?"


def in_event(members: Sequence[Testimony], place: str | None) -> str:
    figure = members[0].figure
    counted = figure.counted if figure else ""
    if counted in DONE:
        done = "went missing" if counted == "missing" else f"were {counted}"
        return f"How many {_people(members, counted)} {done}{where_of(place)}?"
    return f"How many {counted} were counted{where_of(place)}{_of(members)}?"


def sized(text: str, members: Sequence[Testimony]) -> str:
    """A question on a total with the size of its counts."""
    counts = sorted({t.figure.low or t.figure.high or 0 for t in members if t.figure})
    size = f"{counts[0]:,.0f}" if len(counts) == 1 else f"{counts[0]:,.0f} to {counts[-1]:,.0f}"
    return f"{text.removesuffix('?')}, by the counts of {size}?"


def on_day(text: str, members: Sequence[Testimony]) -> str:
    """A question with the day or days of its incident, where some sentence gives them."""
    given = Counter(when for t in members if len(t.happened) == 1 for when in t.happened)
    if not given:
        return text
    when = min(given, key=lambda w: (-given[w], w.earliest or "", w.latest or ""))
    days = spelled(when)
    return f"{text.removesuffix('?')}{', ' if ' to ' in days else ' on '}{days}?"


def _people(members: Sequence[Testimony], counted: str) -> str:
    """Whose dead: the shortest words of those that are asked about, as printed."""
    printed = Counter(
        " ".join((t.figure.whose or "").removeprefix("the ").removeprefix("The ").split())
        for t in members if t.figure and whose(t.figure)
    )  # fmt: skip
    if not printed:
        return "buildings and vehicles" if counted in {"destroyed", "damaged"} else "people"
    words = min(printed, key=lambda w: (len(w.split()), -printed[w], w))
    if not (words[1:2].isupper() or _proper(words, members)):
        words = words[0].lower() + words[1:]
    elif len(words.split()) == 1 and not words.endswith(PLURAL):
        return f"{words} people"
    return words if words.endswith(PLURAL) else f"{words}s"


def _proper(words: str, members: Sequence[Testimony]) -> bool:
    """An adjective of a state or group keeps its capital, one word where a sentence prints it behind others; a word that only
    opens sentences does not."""
    if not words[:1].isupper() or " " in words:
        return words[:1].isupper()
    inside, small = re.compile(rf"[a-z0-9,] {re.escape(words)}\b"), re.compile(rf"\b{re.escape(words.lower())}")
    printed = [max(t.evidence, key=lambda q: q.end - q.start).exact for t in members]
    return any(map(inside.search, printed)) and not any(map(small.search, printed))


def _of(members: Sequence[Testimony]) -> str:
    words = _people(members, "") if any(t.figure and whose(t.figure) for t in members) else ""
    return f" ({words})" if words else ""


def dated(act: str, what: str | None, named: str | None, place: str | None) -> str:
    """When something happened: `named` is what was taken or destroyed, `place` where."""
    if act in {"start", "end"}:
        return f"When did {THINGS.get(what or 'attacks', f'the {what}')} {act}{where_of(place)}?"
    if act in {"capture", "destroy"}:
        return f"When was {inside(named or place or 'it')} {'taken' if act == 'capture' else 'destroyed'}?"
    return DATED[act].format(it=THINGS.get(what or "agreement", f"the {what}"), where=where_of(place))


def blamed(deed: str, place: str | None) -> str:
    return BLAMED.get(deed, f"Who is to blame over {THINGS.get(deed, f'the {deed}')}{{where}}?").format(where=where_of(place))


def deed(act: str, actor: str | None, it: str, is_place: bool) -> str:
    """Whether it was done: asked of the one actor that all name, else of nobody."""
    told, asked = (DEEDS if is_place else {**DEEDS, **ON_WHOM})[act]
    return f"Did {inside(actor)} {told.format(it=inside(it))}?" if actor else asked.format(it=inside(it))


def statement(members: Iterable[Testimony], names: Mapping[str, str]) -> str:
    """Who said it and the words: the longest ones in quotation marks, else as told with the verb that tells it; "" where
    neither makes a sentence."""
    held = sorted(members, key=lambda t: t.id)
    speakers = " and ".join(sorted({names[a] for t in held for a in t.asserters if a in names}))
    said = [t.attribution for t in held if t.attribution and t.attribution.cue.kind not in MUTE]
    direct = [q.exact for a in said if a.mode == "direct" for q in a.content]
    if words := _telling(direct):
        return f"{speakers or 'Not named'}: “{words}”"
    for attribution in sorted(said, key=lambda a: (-len(a.content[0].exact), a.content[0].exact)):
        if speakers and (told := _told(attribution)):
            return f"{subject(speakers)} {told}"
    return ""


def _telling(quotes: Sequence[str]) -> str:
    """The longest of the wordings, without marks at its ends, cut at a word."""
    words = max(quotes, key=lambda q: (len(q.split()), q), default="")
    split = " ".join(words.split()).strip(EDGES).split()
    if len(split) < TELLING:
        return ""
    return " ".join(split[:LONGEST]).rstrip(EDGES) + "…" if len(split) > LONGEST else " ".join(split)


def _told(attribution: Attribution) -> str:
    """The cue and the words behind it, where they stand together as one sentence."""
    cue, content = attribution.cue.evidence, attribution.content[0]
    if cue is None or not 0 < content.start - cue.end <= len(" that ") or not cue.exact[:1].islower():
        return ""
    words = _telling([content.exact])
    words = re.sub('["“”]', "", words) if words.count('"') % 2 or words.count("“") != words.count("”") else words
    gap = " that " if content.start - cue.end > 1 else " "
    return f"{' '.join(cue.exact.split())}{gap}{words}" if words else ""
