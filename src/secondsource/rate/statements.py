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
# What a side can do, give or hold back: a statement about anything else ("we do not underestimate …") is no position.
DEED = (
    r"(?:accept|agree|allow|admit|apologi[sz]e|abandon|attend|back|bow|budge|cede|cease|change|close|come|comply|compromise|"
    r"cooperate|deal|deliver|deploy|discard|discuss|disarm|drop|end|evacuate|exchange|extend|fight|forfeit|free|fulfil|give|go|"
    r"grant|guarantee|halt|hand|help|hold|honou?r|implement|impose|join|keep|lay|leave|let|lift|live|meet|mediate|move|negotiate|"
    r"observe|offer|open|part|participate|pay|permit|provide|pull|put|quit|ratify|receive|recogni[sz]e|release|relinquish|remain|"
    r"remove|renounce|reopen|resign|respect|restart|restore|resume|retreat|return|sell|send|share|shoot|sign|sit|speak|stand|stay|"
    r"step|stop|submit|support|surrender|suspend|take|talk|tolerate|touch|transfer|turn|vacate|vote|walk|withdraw|yield|"
    r"silence|be (?:\w+ly )?(?:\w+(?:ed|en|wn|ne|ld|nt|id|ut)|open|silent|safe|free|quiet|home|gone))\b"
)
NOT = r"(?: not| never| no longer|n['’]t)(?: ever| now| again)?"
REFUSE = (
    re.compile(rf"\b{OWN} (?:will|would|shall|do|does|can|could){NOT} (?:want|wish|{DEED})"),
    re.compile(rf"\b{OWN} (?:wo|ca|can)(?:n['’]t|not) {DEED}"),
    re.compile(rf"\b{OWN} (?:refuses?|rejects?|rules? out|turns? down|wants? no|will have no|accepts? no)\b"),
    re.compile(
        r"\b(?:[Tt]here (?:will|can|shall|would) (?:be no|never be)|[Nn]o longer (?:accept|honour|recognise|recognize)|"
        r"[Ii]s not up for|[Oo]ut of the question)\b"
    ),
    re.compile(rf"^[^,;]{{2,60}} (?:won['’]t|will not|will never|would never|would not|cannot) {DEED}"),
    re.compile(r"^[^,;]{2,60} refuses to \w+"),
    re.compile(
        r"^(?:that )?[“\"]?(?:[Nn]ot (?:a|an|one|even|a single)|[Nn]obody|[Nn]o) "
        r"\w+(?: \w+){0,4} (?:will|shall|would|can) be \w+"
    ),
    re.compile(r"\b(?:I am|[Ww]e are|[Ii]['’]m|[Ww]e['’]re) (?:staying|remaining|not going to)\b"),
    re.compile(r"\bstays? where (?:it is|they are)\b"),
)
DEMAND = (
    re.compile(
        r"\b(?:must|has to|have to|had to|needs to|(?<!the )need to|ought to|"
        r"should(?! be able\b| the\b| any\b| one\b| they\b| he\b| it\b| [A-Z]))(?! have\b)(?: \w+){2}"
    ),
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
    rf"\b{OWN} (?:will|shall|would|could|can|may|might|['’]ll|['’]d) (?:\w+ly )?{DEED}"
    r"|\b(?:may|can|could|would|will) (?:come|go|stay|return|enter|pass|live|be (?:\w+(?:ed|en|wn|ld|nt|ut)|open|safe|free))\b"
)
PROMISE = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y \w+|[Oo]ur \w+) (?:will|shall|['’]ll)\b(?! not\b| never\b)"
    r"|\b[Yy]ou (?:will|shall) have\b"
)
HARM = re.compile(
    r"\b(?:air ?strikes?|bombing|throw|throws|blockade|bomb|shell|attack|strike|"
    r"hit|burn|sink|destroy|crush|impose|punish|invade|storm|"
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
            quote = _own_clause(quote, act)
            yield Stand(act=act, words=quote, conditions=() if act == "demand" else conditions)


def _act(bare: str, conditions: tuple[Quote, ...]) -> str | None:
    bare = bare.removeprefix("that ")
    refused = min((m.start() for p in REFUSE if (m := p.search(bare))), default=None)
    asked = DEMAND[0].search(bare) if not FIRST.match(bare) else None
    if refused is not None and not (asked and asked.start() < refused):
        return "refuse"
    if any(p.search(bare) for p in APPEAL):
        return "appeal"
    if HARM.search(bare) and not SPARING.search(bare) and (GIVE.search(bare) or AHEAD.search(bare)):
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


def _own_clause(quote: Quote, act: str) -> Quote:
    """ "We want peace, but we will not leave" is a refusal to leave."""
    turn = quote.exact.rfind(" but ")
    if turn < 0 or act != "refuse" or any(p.search(quote.exact[:turn]) for p in REFUSE):
        return quote
    return _cut(quote, turn + len(" but "), len(quote.exact))


def _cut(quote: Quote, start: int, end: int) -> Quote:
    return Quote(quote.article, quote.start + start, quote.start + end, quote.exact[start:end])
