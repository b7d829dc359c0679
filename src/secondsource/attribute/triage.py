"""the words of a sentence -> whether it can hold an attribution, a figure or a deed, and so needs a parse

Off by default: it is worth its risk only where the measured loss of attributions and of claims is at most one point.
"""

from collections.abc import Collection, Sequence

from secondsource.attribute.forms import Lexicon

MARKS = frozenset('“”„‟«»‘"＂:―—[')


def needs_parse(words: Sequence[str], lexicon: Lexicon, events: Collection[str] = ()) -> bool:
    """Whether any of `words` is a cue, a hedge, a quotation mark, a number, or one of `events` (forms in lower case)."""
    for word in words:
        low = word.lower()
        if low in lexicon.verbs or low in lexicon.nouns or low in lexicon.adjectives or low in lexicon.hedges:
            return True
        if low in {"according", "per", "''", "``"} or low in events or any(c in MARKS or c.isdigit() for c in word):
            return True
    return False
