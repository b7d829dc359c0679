"""what someone is reported to say -> the position that it is, where no claim of one was read from it

A last resort for plain words: "I will never discuss …", "there will be no talks", "X must leave", "we would recognise it if …".
Each needs its own shape and an object that its own words name; whatever fits none is no position.
"""

import re
from collections.abc import Iterator

from secondsource.model import Quote, Record

SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;]+|$)")
CONDITION = re.compile(
    r"\b(?:only if|if|unless|once|provided that|provided|on condition that|on the condition that|as long as|so long as|"
    r"in return for|in exchange for|only when|until)\b[^.;!?\n“”\"]*",
    re.IGNORECASE,
)
OWN = r"(?:I|[Ww]e|[Ii]t|[Hh]e|[Ss]he|[Tt]hey|[Oo]ur \w+|[Mm]y \w+)"
REFUSE = (
    re.compile(rf"\b{OWN} (?:will|would|shall|do|does|did)(?: not|n['’]t| never| no longer)\b"),
    re.compile(
        rf"\b{OWN} (?:can|could)(?: not|n['’]t| never| no longer) "
        r"(?:\w+ )?(?:accept|agree|allow|tolerate|permit|sign|recogni[sz]e|talk|negotiate|withdraw|give|live|leave|yield|meet|release|stop)\b"
    ),
    re.compile(
        rf"\b{OWN} (?:won['’]t|refuses?|rejects?|rules? out|turns? down|wants? no|will have no|accepts? no)\b"
    ),
    re.compile(
        r"\b(?:[Tt]here (?:will|can|shall|would) (?:be no|never be)|[Nn]o longer (?:accept|honour|recognise|recognize)|"
        r"[Ii]s not up for|[Oo]ut of the question)\b"
    ),
    re.compile(r"^[^,;]{2,60} (?:won['’]t|will not|will never|would never|would not|cannot|refuses to) \w+"),
    re.compile(
        r"^(?:that )?[“\"]?(?:[Nn]ot (?:a|an|one|even|a single)|[Nn]obody|[Nn]o) \w+(?: \w+){0,4} (?:will|shall|would|can) be \w+"
    ),
    re.compile(r"\b(?:I am|[Ww]e are|I['’]m|[Ww]e['’]re) (?:staying|remaining)\b"),
    re.compile(r"\bstays? where (?:it is|they are)\b"),
)
DEMAND = (
    re.compile(r"\b(?:must|has to|have to|had to|needs to|(?<!the )need to|ought to|should(?! the\b| any\b| one\b| they\b| he\b| it\b| [A-Z]))(?! have\b)(?: \w+){2}"),
    re.compile(r"\b(?:[Ww]e|I) (?:insist|demand|require|want|expect)\b"),
)
APPEAL = (
    re.compile(r"\b(?:[Ww]e|I) (?:beg|plead|appeal|call on|call upon|call for|urge|ask|implore|pray)\b"),
    re.compile(r"^[“\"]?(?:[Pp]lease|[Ll]et (?:us|them|him|her))\b"),
)
OFFER = (
    re.compile(r"\b(?:ready|willing|prepared) to \w+"),
    re.compile(r"\b(?:[Ww]e|I) (?:offer|propose|are offering|am offering)\b"),
)
FIGHT_READY = re.compile(
    r"\b(?:ready|prepared) to (?:fight|strike|attack|respond|retaliate|use force|resume|take (?:\w+ )?(?:measures|action))\b"
)
GIVE = re.compile(
    rf"\b{OWN} (?:will|shall|would|could|can|may|might|['’]ll|['’]d)\b"
    r"|\b(?:may|can|could|would|will) (?:come|go|stay|return|enter|pass|be|live|have)\b"
)
PROMISE = re.compile(r"\b(?:I|[Ww]e|[Mm]y \w+|[Oo]ur \w+) (?:will|shall|['’]ll)\b|\b[Yy]ou (?:will|shall) have\b")
HARM = re.compile(
    r"\b(?:air ?strikes?|bombing|throw|throws|blockade|bomb|shell|attack|strike|hit|burn|sink|destroy|crush|impose|punish|invade|storm|"
    r"shoot|fire on|cut off|expel|retaliate|close|shut|sanctions will|hang)\b"
)
AHEAD = re.compile(r"\b(?:will|shall|would|going to)\b|['’](?:ll|d)\b")
SPARING = re.compile(r"\b(?:stop|end|cease|halt|suspend|lift|no longer|never|not|refrain|spare|hold)\w*\b")
FIRST = re.compile(r"^(?:[Ii]|[Ww]e|[Oo]ur|[Mm]y)\b")
ASKED = re.compile(r"\?[”\"]?\s*$")


class Stand(Record, frozen=True, kw_only=True):
    """A position read from a statement: its act, its words and its conditions."""

    act: str
    words: Quote
    conditions: tuple[Quote, ...]


ENOUGH = re.compile(r"^(?:that )?([^,;]{5,120}) would be (?:enough|sufficient) (?:for [^,;]{1,40} )?to (\w[^,;]*)")


def stands(content: Quote) -> Iterator[Stand]:
    """The positions of a statement, a sentence at a time."""
    for match in SENTENCE.finditer(content.exact):
        words = match[0]
        left = len(words) - len(words.lstrip(" “\"'‘\t"))
        right = len(words.rstrip(" “”\"'’,.;!\t"))
        if right - left < 6 or ASKED.search(words):
            continue
        quote = _cut(content, match.start() + left, match.start() + right)
        if enough := ENOUGH.match(quote.exact):
            yield Stand(act="conditional_offer", words=quote, conditions=(_cut(quote, *enough.span(1)),))
            continue
        conditions = tuple(_cut(quote, m.start(), m.start() + len(m[0].rstrip(" ,"))) for m in CONDITION.finditer(quote.exact))
        bare = CONDITION.sub(" ", quote.exact)
        act = _act(bare.strip(), conditions)
        if act:
            yield Stand(act=act, words=quote, conditions=() if act == "demand" else conditions)


def _act(bare: str, conditions: tuple[Quote, ...]) -> str | None:
    bare = bare.removeprefix("that ")
    refused = min((m.start() for p in REFUSE if (m := p.search(bare))), default=None)
    asked = DEMAND[0].search(bare) if not FIRST.match(bare) else None
    if refused is not None and not (asked and asked.start() < refused):
        return "refuse"
    if any(p.search(bare) for p in APPEAL):
        return "appeal"
    if HARM.search(bare) and not SPARING.search(bare) and (GIVE.search(bare) or (conditions and AHEAD.search(bare))):
        return "threaten"
    if FIGHT_READY.search(bare):
        return "threaten"
    if conditions and (GIVE.search(bare) or any(p.search(bare) for p in OFFER)):
        return "conditional_offer"
    if (not FIRST.match(bare) and DEMAND[0].search(bare)) or DEMAND[1].search(bare):
        return "demand"
    if any(p.search(bare) for p in OFFER):
        return "offer"
    return "promise" if PROMISE.search(bare) else None


def _cut(quote: Quote, start: int, end: int) -> Quote:
    return Quote(quote.article, quote.start + start, quote.start + end, quote.exact[start:end])
