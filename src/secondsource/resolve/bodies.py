"""a mention's printed words -> which body of which state they name: "Orsenia's Interior Ministry", "the Malian government".

Every state has a government, an army and a ministry of defence. Such a body is one actor across articles only with its state or
owner; printed bare it is the only one of its article that has an owner, else an actor of that article alone.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from secondsource.model import Mention, Reading, Record
from secondsource.resolve.naming import fold

OWNED = re.compile(r"^(?:the )?(?P<owner>[\w.’'\- ]+?)(?:['’]s|s['’]) (?P<body>.+)$", re.IGNORECASE)
OF_OWNER = re.compile(r"^(?P<body>.+?) of (?:the )?(?P<owner>[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+)*)$")
ARTICLE = re.compile(r"^(?:the|an?) (?=\S)", re.IGNORECASE)
NAMED = re.compile(r"^[Tt]he (?=[A-Z])")
CAPITAL = re.compile(r"\b[A-Z][a-z]\w+")
BEFORE = re.compile(r"[A-Z][\w\-]+(?: [A-Z][\w\-]+)?['’]s $")
AFTER = re.compile(r"^ of (?:the )?[A-Z][\w\-]+(?: [A-Z][\w\-]+)?\b")
ENDINGS = frozenset({"n", "an", "ian", "ean", "i", "ni", "ese", "nese", "ish", "ic", "er", "ite", "iot"})
INITIALS = 2  # letters of a part of a state's initials: "u s", "uk"
SHORTEST = 4  # letters of a state's name that its adjective keeps


class Bodies:
    """What the table `bodies` says of words. Without a table no word names a body."""

    def __init__(self, table: Mapping[str, Any] | None = None) -> None:
        held = table or {"heads": "", "fields": "", "narrow": "", "spellings": {}}
        self.heads, self.fields, self.narrow = (frozenset(_words(held[k])) for k in ("heads", "fields", "narrow"))
        self.spellings = dict(held["spellings"])

    def key(self, words: Iterable[str]) -> tuple[str, ...]:
        """The body that these words name, in one order ("ministry of defence" is "defence ministry"); () for none."""
        plain = [self.spellings.get(w, w) for w in words if w not in {"the", "a", "an", "of", "for", "and"}]
        heads = [w for w in plain if w in self.heads]
        rest = [w for w in plain if w not in self.heads]
        if not heads or any(w not in self.fields for w in rest) or (heads[-1] in self.narrow and len(plain) < 2):
            return ()
        return tuple(sorted(plain))


def _words(text: str) -> list[str]:
    return [word for part in text.split() for word in fold(part)]


class Body(Record, frozen=True, kw_only=True):
    """A body and whose it is; no owner where the words name none."""

    body: tuple[str, ...]
    owner: tuple[str, ...] = ()


class Owners:
    """Names of the case that own bodies: a state under its name, its adjective, its demonym."""

    def __init__(self, readings: Iterable[Reading], demonyms: Mapping[str, str]) -> None:
        self.demonyms = demonyms
        names = {fold(m.name) for r in readings for m in r.mentions if m.name and m.kind in {"state", "place", "unknown"}}
        self.stems: defaultdict[str, set[str]] = defaultdict(set)
        for words in names:
            if len(words) == 1 and len(words[0]) >= SHORTEST:
                self.stems[words[0][:SHORTEST]].add(words[0])

    def state(self, word: str) -> tuple[str, ...]:
        """The state whose name or adjective a folded word is (or several: "sri lankan"), as folded words; () for none."""
        if word in self.demonyms:
            return fold(self.demonyms[word])
        near = sorted(self.stems.get(word[:SHORTEST], ()))
        found = [name for name in near if name == word or adjective(word, name)]
        return (found[0],) if len(found) == 1 else ()

    def spelt(self, words: tuple[str, ...], kind: str) -> tuple[str, ...]:
        """A state's one name for any of its names and initials: "U.S." and "America"."""
        whole = " ".join(words)
        initials = kind == "organisation" and max(map(len, words)) <= INITIALS and whole in self.demonyms
        return fold(self.demonyms[whole]) if whole in self.demonyms and (kind == "state" or initials) else words

    def of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Whose name these words are: a state's one name, else the words themselves."""
        return self.state(" ".join(words)) or words


def adjective(word: str, name: str) -> bool:
    """Whether a folded word is made of a state's name: Kestrian of Kestria."""
    if name.endswith("stan") and word in {name[:-4], f"{name[:-4]}i", f"{name}i"}:
        return True
    stem = name.rstrip("aeiouy")
    return any(len(s) >= SHORTEST and word.startswith(s) and word[len(s) :] in ENDINGS for s in (name, stem))


def body_of(printed: str, bodies: Bodies, owners: Owners) -> Body | None:
    """The body that a mention's words name; None where they name no generic one."""
    words = fold(printed)
    if (match := OWNED.match(printed)) and (found := _owned(match, bodies, owners)):
        return found
    if key := bodies.key(words):
        return Body(body=key)
    if (match := OF_OWNER.match(printed)) and (found := _owned(match, bodies, owners)):
        return found
    shown = ARTICLE.sub("", printed)
    for size in (1, 2):
        if len(words) > size and (key := bodies.key(words[size:])):
            if owner := owners.state(" ".join(words[:size])):
                return Body(body=key, owner=owner)
            # A capital that opens a sentence is no name's ("Local police"): an article before it shows one, or the body's.
            if size == 1 and shown[:1].isupper() and (shown != printed or all(w[0].isupper() for w in shown.split())):
                return Body(body=key, owner=words[:size])
    return None


def _owned(match: re.Match[str], bodies: Bodies, owners: Owners) -> Body | None:
    owner, key = fold(match["owner"]), bodies.key(fold(match["body"]))
    return Body(body=key, owner=owners.of(owner)) if key and owner and owner[0] not in bodies.heads else None


def _around(mention: Mention, text: str) -> str:
    """A mention's words with the owner that stands beside them, where the reading left it out."""
    quote = mention.quote
    before, after = BEFORE.search(text[max(0, quote.start - 40) : quote.start]), AFTER.match(text[quote.end : quote.end + 40])
    return f"{before.group() if before else ''}{quote.exact}{after.group() if after else ''}"


def bodies_in(reading: Reading, bodies: Bodies, owners: Owners) -> dict[str, tuple[Body, Mention]]:
    """Mention (id) -> its body, owner resolved inside the article where that is certain, and the mention that prints it."""
    by_id = {m.id: m for m in reading.mentions}
    own: dict[str, Body] = {}
    for mention in reading.mentions:
        found = body_of(mention.quote.exact, bodies, owners) if mention.via != "pronoun" else None
        if found and not found.owner:
            found = body_of(_around(mention, reading.article.text), bodies, owners) or found
        if found:
            own[mention.id] = found
    stated: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for body in own.values():
        if body.owner:
            stated[body.body].add(body.owner)
    made: dict[str, tuple[Body, Mention]] = {}
    for mention in reading.mentions:
        root = by_id.get(mention.antecedent or "", mention)
        printed = own.get(mention.id)
        found, shown = own.get(root.id), root
        if printed and not (found and not printed.owner and set(printed.body) <= set(found.body)):
            found, shown = printed, mention  # "the ministry" is the one that it refers to; all else is what it prints
        if printed and len(printed.body) == 1 and len(_before(printed, mention, own, by_id)) > 1:
            found, shown = printed, mention  # "the ministry" where two ministries were named: which one it is nobody can tell
        if found is None:
            continue
        if len(found.body) == 1 and not found.owner:
            found = _longer(found, mention, own, by_id)  # "the ministry", where one ministry was named
        if not found.owner and len(whose := stated[found.body]) == 1:
            found = Body(body=found.body, owner=next(iter(whose)))
        made[mention.id] = (found, shown)
    return made


def _longer(bare: Body, mention: Mention, own: Mapping[str, Body], by_id: Mapping[str, Mention]) -> Body:
    """The one body of its article that is named before and holds the bare word; the bare word's where there are two."""
    held = _before(bare, mention, own, by_id)
    if len(held) != 1:
        return bare
    whose = next(iter(held.values()))
    return Body(body=next(iter(held)), owner=next(iter(whose), ())) if len(whose) < 2 else bare


def _before(
    bare: Body, mention: Mention, own: Mapping[str, Body], by_id: Mapping[str, Mention]
) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """The bodies named before a bare word that hold it, each with its owners."""
    held: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name, body in own.items():
        if len(body.body) > 1 and bare.body[0] in body.body and by_id[name].quote.start < mention.quote.start:
            held.setdefault(body.body, set()).update({body.owner} - {()})
    return held


def only_owner(
    readings: Iterable[Reading], shown: Mapping[str, tuple[Body, Mention]], owners: Owners
) -> dict[str, tuple[Body, Mention]]:
    """Bodies that an article prints bare, owned by the one state that owns such a body in the whole case, where that state
    is the only one which the article names."""
    whose: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for body, _ in shown.values():
        if body.owner:
            whose[body.body].add(body.owner)
    made = dict(shown)
    for reading in readings:
        bare = [m.id for m in reading.mentions if m.id in shown and not shown[m.id][0].owner]
        states = _states(reading.article.text, owners, whose) if bare else set()
        for name in bare:
            body, at = shown[name]
            if len(body.body) > 1 and len(states) == 1 and whose[body.body] == states:
                made[name] = (Body(body=body.body, owner=next(iter(states))), at)
    return made


def _states(text: str, owners: Owners, whose: Mapping[tuple[str, ...], set[tuple[str, ...]]]) -> set[tuple[str, ...]]:
    """The states that a text names, by name or adjective."""
    held = {owner for found in whose.values() for owner in found}
    words = {" ".join(fold(word)) for word in CAPITAL.findall(text)}
    return {state for word in words if (state := owners.state(word) or ((word,) if (word,) in held else ()))}


def fullest(names: Collection[str]) -> list[str]:
    """Printed names without an article before them, none in capitals where another spelling of it is not."""
    plain = [NAMED.sub("", name) for name in names]
    quiet = {fold(name) for name in plain if not name.isupper()}
    return [name for name in plain if not (name.isupper() and fold(name) in quiet)]
