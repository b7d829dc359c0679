"""a reading's mentions -> the names under which they meet others, and which names its words say are one.

The reading has resolved surnames and short forms already; here what its words show against that is taken back (a title that
another bearer has, a place of the same name), and what they show for it is taken up: initials, "formerly", "known as".
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from secondsource.model import ActorKind, Mention, Reading, Record

HE, SHE = frozenset({"mr", "sir"}), frozenset({"mrs", "ms", "miss", "madam"})
REALMS = frozenset({"republic", "kingdom", "state", "federation", "emirate", "sultanate"})
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|near|from|into|around|outside|towards?)|(?:fight|battle|siege|city|town|village|fall) (?:for|of)) $"
)
PLACE_AFTER = re.compile(
    r"^, (?:a|an|the) (?:[\w-]+ ){0,3}?(?:town|city|port|village|capital|district|province|pass|river|island)\b"
)
OF_REALM = re.compile(r"^ of ((?:[A-Z][\w’'-]+ ?){1,3})")
ALIAS = re.compile(
    r"^[,;]? ?\(?(?:or|formerly|once|also known as|better known as|known as|also called|is called|are called|"
    r"(?:which|that|who) (?:[\w’']+ ){1,3}(?:calls?|knows? as)|(?:better )?known (?:by|under) (?:[\w’']+ ){1,4})?"
    r",? ?\(?(?:the )?$"
)
YOUNGER, ELDER = frozenset({"younger", "junior"}), frozenset({"elder", "older", "senior"})
PARENTS = frozenset({"father", "mother"})
KIN = re.compile(r"\b(?:[Hh]is|[Hh]er) (?:late )?(?P<kin>father|mother|son|daughter),? (?P<name>(?:[A-Z][\w’'.-]+ ?){1,5})")
SAID = re.compile(r"or|formerly|once|known|call|\(")
LONGEST_GAP = 60  # characters between a name and its other name
INITIAL_A = re.compile(r"A(?:\.| [A-Z])")
INITIALS = re.compile(r"[A-Z]{2,6}")


Spelt = Callable[[tuple[str, ...], str], tuple[str, ...]]


class Named(Record, frozen=True, kw_only=True):
    """A mention with the kind and the folded words under which it meets others."""

    mention: Mention
    kind: ActorKind
    words: tuple[str, ...]
    apart: bool = False  # met by nothing but these very words: a body by its owner, a bare title or body by its article


def fold(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, articles, possessives and punctuation; the initial in "A. Brenner" stays."""
    if INITIAL_A.match(name):
        return ("a", *fold(name[1:]))
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’s", "").replace("'s", ""))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = letters.replace("ı", "i").split()
    return tuple(word for word in words if word not in {"the", "a", "an"}) or tuple(words)


def named(
    reading: Reading, titles: Collection[str], bodies: Mapping[str, tuple[str, ...]] = {}, spelt: Spelt = lambda words, _: words
) -> tuple[Named, ...]:
    """The reading's mentions that have a name, each under the words that meet others. `titles`: folded words of office.
    `bodies`: mention (id) -> the words that tell a body apart from those of other states. `spelt`: words, kind -> the words of
    the one name that a state has among them."""
    held = [m for m in reading.mentions if m.name and fold(m.name) and m.id not in bodies]
    bearers: defaultdict[str, dict[tuple[str, ...], set[str]]] = defaultdict(dict)
    for mention in held:
        words = bare(fold(mention.name or ""), titles)
        if mention.kind == "person" and len(words) > 1:
            printed = fold(mention.quote.exact)
            if words[-1] in printed and words[0] in printed:
                bearers[words[-1]].setdefault(words, set()).update(w for w in printed if w not in words)
    own = [Named(mention=m, kind="organisation", words=bodies[m.id], apart=True) for m in reading.mentions if m.id in bodies]
    return (*(_spelt(_named(reading, mention, titles, bearers), spelt) for mention in held), *own)


def _spelt(name: Named, spelt: Spelt) -> Named:
    words = name.words if name.apart or name.kind == "person" else spelt(name.words, name.kind)
    return name if words == name.words else Named(mention=name.mention, kind="state", words=words)


def bare(words: tuple[str, ...], titles: Collection[str]) -> tuple[str, ...]:
    """A person's words without what stands before the last word of office: "transport minister poll aydem"."""
    last = max((n for n, word in enumerate(words[:-1]) if word in titles), default=-1)
    return words[last + 1 :] if len(words) - last - 1 >= 1 else words


def _named(
    reading: Reading, mention: Mention, titles: Collection[str], bearers: dict[str, dict[tuple[str, ...], set[str]]]
) -> Named:
    words = fold(mention.name or "")
    text, quote = reading.article.text, mention.quote
    printed = fold(quote.exact)
    if len(words) == 1 and words[0] in REALMS and (found := OF_REALM.match(text[quote.end : quote.end + 60])):
        return Named(mention=mention, kind="state", words=fold(found.group(1)))
    if mention.kind != "person":
        return Named(mention=mention, kind=mention.kind, words=words)
    if all(word in titles for word in words):  # "Minister": whose name it is only this article can tell
        return Named(mention=mention, kind="person", words=(*words, mention.article), apart=True)
    words = bare(words, titles)
    if (age := next((w for w in printed[:-1] if w in YOUNGER | ELDER), "")) and len(bearers.get(printed[-1], {})) > 1:
        return Named(
            mention=mention, kind="person", words=_by_age(text, age, bearers[printed[-1]]) or (*printed, mention.article)
        )
    if mention.via == "name" and len(printed) == 1 and _is_place(text, quote.start, quote.end):
        return Named(mention=mention, kind="place", words=printed)
    if mention.via == "name" and printed[-1:] == words[-1:] and len(words) > 1 and words[0] not in printed:
        words = _by_title(printed, words, bearers.get(words[-1], {}), titles)
    return Named(mention=mention, kind="person", words=words)


def _is_place(text: str, start: int, end: int) -> bool:
    return bool(PLACE_BEFORE.search(text[max(0, start - 24) : start]) or PLACE_AFTER.match(text[end : end + 60]))


def _by_title(
    printed: tuple[str, ...], words: tuple[str, ...], bearers: dict[tuple[str, ...], set[str]], titles: Collection[str]
) -> tuple[str, ...]:
    """Whose surname it is, printed behind a title alone: the one bearer's with that title; "Mr X" is not Mrs X."""
    title = [w for w in printed[:-1] if w in titles or w in HE | SHE]
    shown = bearers.get(words, set())
    if (set(title) & HE and shown & SHE) or (set(title) & SHE and shown & HE):
        return printed
    if not title or len(bearers) < 2:
        return words
    whole = set(printed[:-1])
    fits = [bearer for bearer, theirs in sorted(bearers.items()) if whole <= theirs]
    return fits[0] if len(fits) == 1 else printed


def _by_age(text: str, age: str, bearers: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """Of two of one surname, the younger or the elder: the text calls one of them the other's father, or son."""
    for found in KIN.finditer(text):
        meant = {b for b in bearers if " ".join(b) in " ".join(fold(found["name"]))}
        others = set(bearers) - meant
        if len(meant) == len(others) == 1:
            return (meant if (found["kin"] in PARENTS) == (age in ELDER) else others).pop()
    return ()


def same_names(found: Sequence[Named], text: str) -> Iterator[tuple[Named, Named]]:
    """Pairs of one article's names that its words say are one."""
    found = [name for name in found if not name.apart]
    yield from _initials(found, text)
    yield from _short_forms(found)
    placed = sorted((n for n in found if n.mention.via == "name"), key=lambda n: n.mention.quote.start)
    for left, right in pairwise(placed):
        gap = text[left.mention.quote.end : right.mention.quote.start]
        if len(gap) <= LONGEST_GAP and left.words != right.words and SAID.search(gap) and ALIAS.match(gap):
            yield left, right


def _initials(found: Sequence[Named], text: str) -> Iterator[tuple[Named, Named]]:
    """ "LTF" and the only name here with these initials, or the name before "(known as LTF)"."""
    by_initials: defaultdict[str, dict[tuple[str, ...], Named]] = defaultdict(dict)
    for name in found:
        if len(name.words) > 1:
            capitals = [w[0] for w in re.findall(r"\w+", name.mention.name or "") if w[0].isupper()]
            by_initials["".join(capitals)].setdefault(name.words, name)
    for name in found:
        if len(name.words) == 1 and INITIALS.fullmatch(name.mention.name or ""):
            bearers = by_initials.get(name.mention.name or "", {})
            if len(bearers) == 1:
                yield name, next(iter(bearers.values()))
            elif not bearers and (bracket := re.search(rf"\((?:[\w’', ]{{0,40}}\b)?{name.mention.name}\)", text)):
                before = text[: bracket.start()].rstrip()
                longer = {n.words: n for n in found if len(n.words) > 1 and before.endswith(n.mention.name or " ")}
                if len(longer) == 1:
                    yield name, next(iter(longer.values()))


def _short_forms(found: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """ "The Council" and the only council named here; "the defence ministry" and the Ministry of Defence."""
    bodies = {name.words: name for name in found if name.kind == "organisation" and len(name.words) > 1}
    for name in {n.words: n for n in found if n.kind == "organisation"}.values():
        printed = fold(name.mention.quote.exact)
        if len(name.words) == 1 and printed == name.words and name.mention.quote.exact.split()[-1][:1].isupper():
            longer = [body for words, body in sorted(bodies.items()) if words[-1] == name.words[0]]
        elif len(name.words) == 1:
            longer = []
        else:
            parts = frozenset(name.words) - {"of"}
            other = [(w, body) for w, body in sorted(bodies.items()) if w != name.words and "of" in {*w, *name.words}]
            longer = [body for w, body in other if frozenset(w) - {"of"} == parts]
        if len(longer) == 1:
            yield name, longer[0]
