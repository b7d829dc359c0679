"""readings, names of persons -> descriptions that can only mean one of them: "the interior minister", "the Qarni president".

Within an article the reading resolves what the article itself says; here what other reports say of the same person helps, and
the state that stands behind a name. One candidate, or none: a description of two stays nobody's.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from secondsource.model import Mention, Reading
from secondsource.resolve.bodies import Owners, adjective
from secondsource.resolve.naming import fold
from secondsource.resolve.spelling import alike

OF_STATE = re.compile(r"^,? (?:of|from) (?:the )?((?:[A-Z][\w’'-]+ ?){1,3})")
LONGEST_NAME = 60
LONG = 6  # letters
FEWEST = 2  # words of an office that tell one from another: "the minister" may be any


def described(
    readings: Sequence[Reading], key_of: Mapping[str, str], titles: Collection[str], owners: Owners
) -> Iterator[tuple[str, str]]:
    """(mention, key of its actor). `key_of`: mention (id) of a named person -> the key of the actor so far."""
    offices = _offices(readings, key_of, titles)
    for reading in readings:
        named = [m for m in reading.mentions if m.id in key_of]
        for mention in _open(reading, key_of):
            words = tuple(w for w in fold(mention.quote.exact) if w != "former")
            fits: set[str] = set()
            if words and words[-1] in titles and mention.quote.exact.split()[0].casefold() == "the":
                fits = _by_state(words, named, reading, key_of, owners) or _by_office(words, named, key_of, offices)
            elif len(words) == 1 and mention.quote.exact[:1].isupper():
                fits = {key_of[m.id] for m in named if _misspelt(words[0], fold(m.name or "")[-1:])}
            if len(fits) == 1:
                yield mention.id, fits.pop()


def _open(reading: Reading, key_of: Mapping[str, str]) -> Iterator[Mention]:
    """Descriptions of one person, or of nobody knows what, that the reading could not resolve."""
    for m in reading.mentions:
        nobody = m.id not in key_of and m.via == "description" and not m.name and m.antecedent is None
        if nobody and not m.plural and m.kind in {"person", "unknown"}:
            yield m


def _misspelt(word: str, surname: tuple[str, ...]) -> bool:
    """A slip of the same name: spelt alike, or with its letters in another order."""
    if not surname or word == surname[0]:
        return False
    return alike(word, surname[0]) or (len(word) >= LONG and word[0] == surname[0][0] and sorted(word) == sorted(surname[0]))


def _offices(readings: Sequence[Reading], key_of: Mapping[str, str], titles: Collection[str]) -> dict[str, set[str]]:
    """Actor -> the offices that any report gives to the person, as folded words in one string."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for m in reading.mentions:
            if m.id in key_of:
                made[key_of[m.id]] |= {" ".join(words) for role in m.roles if (words := fold(role)) and words[-1] in titles}
    return dict(made)


def _by_office(
    words: tuple[str, ...], named: Sequence[Mention], key_of: Mapping[str, str], offices: Mapping[str, set[str]]
) -> set[str]:
    """The one person of all reports with this office, where this report names them."""
    if len(words) < FEWEST:
        return set()
    holders = {key for key, held in offices.items() if any(set(words) <= set(office.split()) for office in held)}
    return holders if len(holders) == 1 and holders & {key_of[m.id] for m in named} else set()


def _by_state(
    words: tuple[str, ...], named: Sequence[Mention], reading: Reading, key_of: Mapping[str, str], owners: Owners
) -> set[str]:
    """The one person behind whose name this description's state stands: "Harun Dast of Qarnistan"."""
    if len(words) != FEWEST:
        return set()
    state = owners.state(words[0])
    found: set[str] = set()
    for m in named:
        after = OF_STATE.match(reading.article.text[m.quote.end : m.quote.end + LONGEST_NAME])
        name = fold(after[1])[:1] if after else ()
        if name and (owners.of(name) == state or adjective(words[0], name[0])):
            found.add(key_of[m.id])
    return found
