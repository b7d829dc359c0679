"""words that look like a position, and what stands before them -> whether they are one

"The chance to accept", "has not said that it will agree", "had demanded", "there is no truth in …": nobody holds these now.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.model import Attribution, Claim, Quote, Reading
from secondsource.rate.dated import NEUTRAL
from secondsource.rate.phrases import Phrases
from secondsource.rate.wording import tokens

UNREAL = re.compile(r"\b(?:could|would|might) have \w+(?:ed|en|ne|de|id|ut)\b")
MODALS = frozenset({"would", "could", "might", "should", "may"})
NEGATED = frozenset({"longer", "not", "never", "n't", "neither"})
GIVEN_UP = frozenset({"giving", "gave", "dropping", "dropped", "abandoning", "abandoned", "withdrawing", "withdrew"})
# The word given for what another sentence says.
GAVE_WORD = re.compile(r"\b(?:[Gg]ave|[Gg]ives?|[Gg]iven) (?:his|her|its|their|my|our|you my|you our) word\b")
# "The chance to accept", "without accepting", "whether they accept": nobody has accepted.
LOOSE = re.compile(r"to |(?:accept|agree|offer|sign|promis|refus|reject)\w*ing\b")
GOVERNED = re.compile(
    r"\b(?:ready|willing|prepared|has|have|had|was|were|is|are|been|who|it|he|she|they|which|[a-z]+ed)(?: \w+ly)? $"
    r"|[,.;:“\"]\s*$"
)
RULED_OUT = re.compile(r"\b(?:rul\w+ out|reject\w*|oppos\w+|refus\w+|avoid\w*|consider\w*) $")
WHETHER = re.compile(r"\b(?:whether|not clear (?:if|that)|unclear (?:if|that))\b[^.,;:\n]{0,60}$")
UNTRUE = re.compile(
    r"\b(?:not|n['’]t|never) (?:said|say|says|announced|confirmed|decided|promised) (?:that )?(?:he |she |it |they |we )?$"
    r"|\b(?:no truth|not true|untrue|false|a lie|unfounded|baseless|denie[ds]|denying)\b[^.;:\n]{0,30}"
    r"\bthat (?:he |she |it |they |we |I )?$"
)
TO_DO = re.compile(r"\bthat\b|\bto (?!the |an? |his |her |its |their |[A-Z])")
RELATIVE = frozenset({"that", "which", "who", "whom"})
# "Insists that the other shot first" claims something and asks for nothing.
INSISTED = re.compile(
    r"\binsist(?:s|ed|ing)? (?:that |(?=(?:it|he|she|they|we|its|his|her|the|there) ))"
    r"(?!.*\b(?:must|should|be|leave|stop|end|withdraw|release|open|give|return)\b)"
)
# "A deal was not possible" is no refusal, "it is not possible to accept it" is one.
IMPOSSIBLE = re.compile(r"\b(?:not|n['’]t) possible(?! (?:to|for)\b)|\bimpossible(?! (?:to|for)\b)")
PROMISED = re.compile(
    r"\b(?:promis|pledg|vow|sw(?:ore|ear|orn)|guarante|assur|undert|commit|word\b|will\b|would\b|shall\b|going to\b|to\b)"
    r"|['’](?:ll|d)\b",
    re.IGNORECASE,
)


class Soundness:
    """The articles of a case and the table stands.toml, ready to be asked."""

    def __init__(self, readings: Iterable[Reading], table: Mapping[str, Any]) -> None:
        self.texts = {r.article.id: r.article.text for r in readings}
        self.not_stand = Phrases(table["not_stand"]["words"])

    def looks_back(self, claim: Claim, said: Attribution | None) -> bool:
        """ "had pledged", "since it gave its word": an older statement without a day of its own."""
        quote = claim.evidence[0]
        text = self.texts[quote.article]
        before = tokens(text[max(0, quote.start - 40) : quote.start])[-4:]
        words = tokens(quote.exact)
        if UNREAL.search(quote.exact) or self.negated(quote):
            return True
        if words[:1] == ["having"] or (words[:1] == ["have"] and set(before[-2:]) & MODALS):
            return True
        if words[:1] and words[0] in RELATIVE and "had" in words[:4]:
            return True
        if (said and (said.said or said.cue.kind in NEUTRAL)) or (claim.when and claim.when.earliest):
            return False
        return (
            "had" in words[:4]
            or "had" in before[-1:]
            or (bool({"since", "after"} & set(before)) and not {",", "."} & set(text[quote.start - 2 : quote.start]))
        )

    def pluperfect(self, quote: Quote) -> bool:
        """ "had asked", "having threatened": told of the time before."""
        text = self.texts[quote.article]
        before = tokens(text[max(0, quote.start - 20) : quote.start])[-1:]
        return bool({"had", "having"} & {*before, *tokens(quote.exact)[:4]})

    def negated(self, quote: Quote) -> bool:
        """ "I no longer demand that …": what is said not to be done."""
        text = self.texts[quote.article]
        before = tokens(text[max(0, quote.start - 40) : quote.start])[-3:]
        if NEGATED & {*before[-2:], *tokens(quote.exact)[:1]} or GIVEN_UP & set(before):
            return True
        return "no longer" in " ".join(tokens(quote.exact)[:5])

    def no_stand(self, words: str) -> bool:
        return any(True for _ in self.not_stand.places(tokens(words)))

    def told_off(self, quote: Quote) -> bool:
        """ "There is no truth in the report that we agreed", "whether they agree", "a chance to agree": nobody has."""
        text = self.texts[quote.article]
        before = text[max(0, quote.start - 80) : quote.start]
        loose = LOOSE.match(quote.exact) and not GOVERNED.search(before)
        loose = loose or (RULED_OUT.search(before) is not None and LOOSE.match(quote.exact) is not None)
        return bool(loose) or UNTRUE.search(before) is not None or WHETHER.search(before) is not None

    def empty(self, act: str, words: str) -> bool:
        """ "Insists that the other shot first" asks for nothing; "gave his word" is a promise of what another sentence says."""
        if act == "refuse":
            return IMPOSSIBLE.search(words) is not None
        if act == "demand":
            return INSISTED.search(words) is not None
        return act == "promise" and (given := GAVE_WORD.search(words)) is not None and not TO_DO.search(words, given.end())
