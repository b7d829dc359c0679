"""words of a position and its conditions -> the act that they make, where they end, and the terms that stand in them"""

import re
from collections.abc import Iterable, Sequence

from secondsource.model import Article, Claim, Quote
from secondsource.rate.statements import CONDITION, DEED, FIGHT_READY, HARM, SPARING

# To go on fighting until something is done is to offer its end on terms.
GOING_ON = re.compile(
    r"\b(?:continu\w+|keep|go on|carry on|press on)\b.{0,30}\b(?:fight\w*|operation\w*|war|offensive|attack\w*|shell\w*)\b"
    r"|\b(?:war|operations?|offensive)\b.{0,12}\bcontinue\b|\bfight on\b"
)
# "We do not talk as long as …": a refusal that ends with its condition.
UNDONE = re.compile(r"\b(?:do|does|will|would|can|shall) not\b|n['’]t\b|\bno (?:talks|negotiation|ceasefire|truce)|\bnever\b")
NOT_ONE = re.compile(r"(?:[Nn]ot (?:even|a|an|one|a single)|[Nn]o|[Nn]ever)\b")
# What may follow the words of a claim and still belongs to what is asked for or given, up to the end of its clause.
GOES_ON = re.compile(
    r"(?: (?:on|at|in|by) \w+)? (?:not )?(?:to|for|that|against|from|with|on|of|into|in)\b[^.,;:?!\n“”\"()]{2,140}"
    r"|: [^.;:\n“”\"]{6,140}"
)
ANY_REST = re.compile(r" (?!and |but |or )(?:(?! -|—)[^.,;:?!\n“”\"()]){2,140}")
SHOULD = re.compile(r"\bshould (?=the |any |either |one |they |he |she |it |[A-Z])[^.;“”\"]+")
NOT_TO = re.compile(r"\b(?:vow|promis|pledg|sw(?:ore|ear)|undert)\w* (?:not|never) to\b")
# What is to come, or is not done as long as something else is not.
GIVEN = re.compile(
    rf"\b(?:will|would|shall|can|could|may|might|do not|does not|['’]ll|['’]d|n['’]t)(?: \w+ly| not| never)? {DEED}|"
    r"\b(?:ready|willing|prepared|enough|agree|accept|silent)\b",
    re.IGNORECASE,
)
# "The talks end if they do not …"
BROKEN_OFF = re.compile(r"\b(?:suspend|cancel|postpone|call\w* off|broken? off|walk)\w*")
UNLESS = re.compile(r"\b(?:not|fails?|refuses?|unless)\b|n['’]t\b")
DEADLINE = frozenset({"deadline", "ultimatum"})
WHILE = ("as long as", "so long as", "while", "until", "unless")


def fitted(act: str, words: str, conditions: Sequence[Quote], *, given: bool) -> str:
    """The act that the words and the conditions that are left make of it. `given`: there were conditions."""
    if act == "conditional_offer" and not conditions and given:
        act = "promise"
    if act == "promise" and NOT_TO.search(words):
        return "refuse"
    if act in {"offer", "promise"} and FIGHT_READY.search(words):
        return "threaten"
    if GOING_ON.search(words) and act in {"promise", "threaten", "conditional_offer", "refuse"}:
        until = any(q.exact.casefold().startswith(("until", "unless")) for q in conditions)
        return "conditional_offer" if until else "threaten"
    if act == "conditional_offer" and BROKEN_OFF.search(words) and any(UNLESS.search(q.exact) for q in conditions):
        return "threaten"
    if act == "conditional_offer" and conditions and HARM.search(words) and not SPARING.search(words):
        return "threaten"
    if act == "conditional_offer" and UNDONE.search(words) and _holding(conditions):
        return "refuse"
    return "refuse" if act == "promise" and NOT_ONE.match(words) else act


def _holding(conditions: Iterable[Quote]) -> bool:
    return any(q.exact.casefold().startswith(WHILE) for q in conditions)


def whole(article: Article, claim: Claim, conditions: Sequence[Quote]) -> Quote:
    """ "called on both armies" and what to do: a position is shown with all that it asks for or gives."""
    evidence = claim.evidence[0]
    bare = claim.cue is not None and evidence.end - claim.cue.end <= len(" out")
    match = (ANY_REST if bare else GOES_ON).match(article.text, evidence.end)
    if match is None:
        return evidence
    end = min([match.end(), *(q.start for q in conditions if q.start >= evidence.end)])
    words = article.text[evidence.start : end].rstrip(" ,")
    return article.quote(evidence.start, evidence.start + len(words))


def terms(article: Article, evidence: Quote) -> tuple[Quote, ...]:
    """Conditions that stand in the words themselves."""
    found = [*CONDITION.finditer(evidence.exact), *SHOULD.finditer(evidence.exact)]
    spans = [(evidence.start + m.start(), evidence.start + m.start() + len(m[0].rstrip(" ,"))) for m in found]
    return tuple(article.quote(start, end) for start, end in sorted(spans))
