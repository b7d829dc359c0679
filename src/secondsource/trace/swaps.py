"""asked sentence, a passage that is nearly equal -> the word that makes it another sentence, in words.

A common word in the place of another leaves a statement what it is; another name, another figure, another day, or a "not" more
or less does not.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from secondsource.trace.asking import Asked
from secondsource.trace.likeness import Likeness
from secondsource.trace.passage import Passage
from secondsource.trace.passages import Library
from secondsource.trace.words import Word

NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "without", "none", "cannot", "nobody", "nothing"})
NEARLY = 0.5  # of the words in order: below, a missing name need not be another one
BEFORE = 400  # code points before a passage in which a name may stand that its pronoun means
SPELLED = 0.7


def swapped(asked: Asked, library: Library, passage: Passage, like: Likeness) -> str:
    """What is another name, figure or "not"; empty where nothing is."""
    if like.equal < NEARLY and like.run < 5:
        return ""
    wanted = asked.words if passage.whole else asked.core
    if _turned(wanted, passage.words):
        return "a “not” more or less makes it another sentence"
    text = library.article(passage.article).text
    around = {w.stem for w in library.vocabulary.words(text, max(0, passage.start - BEFORE), min(len(text), passage.end + 120))}
    held = {w.stem for w in passage.words}
    matcher = SequenceMatcher(None, [w.stem for w in wanted], [w.stem for w in passage.words], autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag not in {"replace", "delete"}:
            continue
        for word in wanted[a:a_end]:
            if not telling(word) or word.stem in asked.speaker:
                continue
            number = word.stem[0].isdigit()
            if number and any(w.stem[0].isdigit() for w in passage.words[b:b_end]):
                return f"it has another number for “{word.folded}”"
            if word.stem in held:
                continue
            others = [w for w in passage.words[b:b_end] if telling(w) and w.stem not in {x.stem for x in wanted}]
            if any(_spelled(word, w) for w in others):
                continue
            if others:
                return f"it has “{others[0].folded}”, not “{word.folded}”"
            if word.stem not in around:
                return f"“{word.folded}” stands nowhere near it"
    return ""


def astray(asked: Asked, library: Library, passage: Passage) -> str:
    """A name or number of what is asked that stands neither in the passage nor near it, in words; empty where all do."""
    text = library.article(passage.article).text
    words = library.vocabulary.words(text, max(0, passage.start - BEFORE), min(len(text), passage.end + BEFORE))
    around = {w.stem for w in words}
    for word in asked.core:
        if not telling(word) or word.stem in around or word.stem in asked.speaker:
            continue
        if not any(w.name and _spelled(word, w) for w in words):
            return f"“{word.folded}” stands nowhere near it"
    return ""


def telling(word: Word) -> bool:
    """A name or a number."""
    return word.name or word.folded[0].isdigit() or word.stem[0].isdigit()


def _turned(wanted: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether one has a "not" more, between the first and the last words that both have."""
    matcher = SequenceMatcher(None, [w.folded for w in wanted], [w.folded for w in words], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return False
    first, last = blocks[0], blocks[-1]
    left = wanted[first.a : last.a + last.size]
    right = words[first.b : last.b + last.size]
    return _negations(left) != _negations(right)


def _negations(words: Sequence[Word]) -> int:
    return sum(w.folded in NEGATIONS or w.folded.endswith("n't") for w in words) % 2


def _spelled(left: Word, right: Word) -> bool:
    if left.folded[0].isdigit() or right.folded[0].isdigit():
        return False
    return SequenceMatcher(None, left.folded, right.folded, autojunk=False).ratio() >= SPELLED
