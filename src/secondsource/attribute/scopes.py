"""a counted number in its sentence -> its scope, and who counted"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from secondsource.attribute.counting import ABSTRACT, Counted, Counting
from secondsource.attribute.numbers import Number, Numbers, entries
from secondsource.model import Scope

PLACES = frozenset({"in", "at", "on", "near", "outside", "inside", "into", "across", "through", "from"})
STOPS = frozenset({";", "."})
CARRYING = frozenset({"carrying", "transporting", "taking", "bringing", "ferrying"})
LARGE = 1000
MANY = 200  # soft plurals from here up are rarely the dead of one event
CLIMB = 40  # heads that are looked at above a number


class Scopes:
    """The table `numbers` as far as it tells one event from a running total, and who counts."""

    def __init__(self, numbers: Numbers) -> None:
        table, counter = numbers.table["scope"], numbers.table["counter"]
        self.cumulative = entries(table["cumulative"])
        self.lasting, self.events = frozenset(table["lasting"].split()), frozenset(table["events"].split())
        self.states = frozenset(table["states"].split())
        self.event_verbs = entries(table["event_verbs"])
        self.counting, self.directly = frozenset(counter["verbs"].split()), frozenset(counter["directly"].split())
        self.counts, self.nobody = frozenset(counter["counts"].split()), frozenset(counter["nobody"].split())


class Setting:
    """What one sentence says of all its numbers. `dated`: it names a time; `eventful`: an event stands just before it."""

    def __init__(self, c: Counting, scopes: Scopes, dated: bool, eventful: bool) -> None:
        self.c, self.scopes, self.dated, self.eventful = c, scopes, dated, eventful

    # -- what the whole sentence says, looked up once

    def places_of(self, table: Sequence[tuple[str, ...]]) -> list[int]:
        """Where an entry of `table` stands."""
        lows = self.c.lows
        firsts = {entry[0] for entry in table}
        return [
            i for i, low in enumerate(lows)
            if low in firsts and any(tuple(lows[i : i + len(entry)]) == entry for entry in table)
        ]  # fmt: skip

    @cached_property
    def tells_event(self) -> bool:
        """Whether the sentence tells of an event."""
        named = any(low in self.scopes.events or low == "when" for low in self.c.lows)
        return named or bool(self.places_of(self.scopes.event_verbs))

    @cached_property
    def lasts(self) -> bool:
        return any(low in self.scopes.lasting for low in self.c.lows)

    @cached_property
    def placed(self) -> bool:
        return any(low in PLACES and self.c.tag(i + 1) in ("NNP", "NNPS", "DT") for i, low in enumerate(self.c.lows))

    @cached_property
    def totals(self) -> list[int]:
        return self.places_of(self.scopes.cumulative)

    @cached_property
    def sinces(self) -> list[int]:
        return [i for i, low in enumerate(self.c.lows) if low == "since" and not self.in_superlative(i)]

    @cached_property
    def stops(self) -> list[int]:
        return [-1, *(i for i, low in enumerate(self.c.lows) if low in STOPS), len(self.c.lows)]

    def in_superlative(self, i: int) -> bool:
        """ "the deadliest attack since the truce" dates no count."""
        c = self.c
        return any((c.tag(k) in ("JJS", "RBS") and c.low(k) != "least") or c.low(k) == "first" for k in range(max(0, i - 6), i))

    def clause(self, i: int) -> tuple[int, int]:
        """The stretch between semicolons and full stops around token `i`."""
        n = bisect_left(self.stops, i)
        return self.stops[n - 1] + 1, self.stops[min(n, len(self.stops) - 1)]

    # -- scope

    def scope(self, number: Number, counted: Counted) -> Scope:
        """Of one event, added to an earlier count, a running total, or not said."""
        if number.increment:
            return "increment"
        c = self.c
        verb = self.governing(counted, c.first_after(c.words[number.core].start))
        start = c.first_after(c.words[number.first].start)
        if (
            verb is not None
            and self.is_only_possible(verb)
            and not (self.c.low(verb) == "be" and self.is_total(counted, start))
        ):
            return "unknown"
        if self.is_total(counted, start) or self.is_of_war(number, counted, verb):
            return "cumulative"
        if counted.what not in ABSTRACT and not self.is_deed(verb):
            return "unknown"
        return "incident" if self.tells_event or self.eventful or self.dated or self.placed else "unknown"

    def is_total(self, counted: Counted, start: int) -> bool:
        """Whether the clause says that the count runs: so far, since, the toll, the number of dead."""
        c = self.c
        left, right = self.clause(start)
        if any(left <= i < right and not self.is_other_total(i, start) for i in self.totals):
            return True
        if any(left <= i < right and self.governs(i, start) for i in self.sinces):
            return True
        before = c.lows[max(left, start - 14) : start]
        numbered = (not {"number", "tally"}.isdisjoint(before) and "of" in before) or (
            counted.noun is None and "estimates" in before
        )
        if counted.what in ABSTRACT and numbered:
            return True
        return c.low(left) == "by" and c.in_time(left) and "had" in c.lows[left : min(right, left + CLIMB)]

    def governs(self, since: int, start: int) -> bool:
        """Whether "since" belongs to the number's clause, not to the next ("… and 80 have fled since")."""
        tree = self.c.tree
        place = min(start, len(self.c.tokens) - 1)
        mine = next((k for k in [place, *tree.ancestors(place)] if tree.is_verb(k)), None)
        its = next((k for k in tree.ancestors(since) if tree.is_verb(k)), None)
        if mine is None or its is None or mine == its:
            return True
        apart = its in tree.ancestors(mine) and tree.dep(its) == "conj"
        return not (tree.dep(its) == "conj" and tree.head(its) == mine and tree.subject(its) is not None) or apart

    def is_other_total(self, i: int, start: int) -> bool:
        """Whether the total at `i` is that of another number: "12 died, bringing the total to 312", "a total of 40 …"."""
        c = self.c
        if c.low(i) not in ("total", "toll"):
            return False
        if c.low(i) == "toll" and self.is_told_apart(i, start):
            return True
        if c.low(i + 1) == "of" and c.low(i + 2) != "the" and i < start:
            return i + 5 < start
        return i > start

    def is_told_apart(self, toll: int, start: int) -> bool:
        """ "The toll may rise as 12 more were wounded": the number has a verb and a subject of its own."""
        tree = self.c.tree
        mine = next((k for k in tree.ancestors(min(start, len(tree) - 1)) if tree.is_verb(k)), None)
        its = next((k for k in tree.ancestors(toll) if tree.is_verb(k)), None)
        if mine is None or its is None or mine == its or tree.dep(toll) not in ("nsubj", "nsubjpass"):
            return False
        subject = tree.subject(mine)
        return subject is not None and toll not in tree.subtree(subject) and tree.dep(mine) in ("advcl", "conj")

    def is_of_war(self, number: Number, counted: Counted, verb: int | None) -> bool:
        """ "The war has killed 2,800", "forces have killed thousands": the perfect, of something lasting or of no event."""
        c = self.c
        for _ in range(CLIMB):
            if verb is None or c.tree.dep(verb) != "conj" or c.tree.children(verb, "aux", "nsubj", "nsubjpass"):
                break
            verb = c.tree.head(verb)
        if counted.what not in ABSTRACT or verb is None or not self.is_perfect(verb):
            return False
        subject = c.tree.child(verb, "nsubj")
        if subject is not None and c.tag(subject) == "WDT" and c.tree.dep(verb) == "relcl":
            subject = c.tree.head(verb)  # "a war that has killed 10,000"
        if subject is not None and c.low(subject) in self.scopes.lasting:
            return True
        many = subject is not None and c.tag(subject) == "NNS" and c.low(subject) in self.scopes.events and number.low >= LARGE
        if many:
            return True  # "attacks have displaced more than 700,000"
        vague = number.vague and number.low >= MANY
        return not self.tells_event and (not (self.dated or self.eventful) or self.lasts or vague)

    def is_perfect(self, verb: int) -> bool:
        """ "have killed", "have been killed", not "may have been killed"."""
        helpers = self.c.tree.children(verb, "aux")
        if any(self.c.tag(i) == "TO" for i in helpers):
            return False
        return any(self.c.low(i) in ("has", "have") for i in helpers) and not any(self.c.tag(i) == "MD" for i in helpers)

    def governing(self, counted: Counted, place: int) -> int | None:
        """The nearest verb above the number."""
        if counted.verb is not None and self.c.tree.is_verb(counted.verb):
            return counted.verb
        return next((i for i in self.above(counted, place)[1:] if self.c.tree.is_verb(i)), None)

    def above(self, counted: Counted, place: int) -> list[int]:
        """The counted word and its heads, nearest first."""
        path = [counted.noun.head if counted.noun else min(place, len(self.c.tokens) - 1)]
        while len(path) < CLIMB and (head := self.c.tree.head(path[-1])) is not None:
            path.append(head)
        return path

    def is_deed(self, verb: int | None) -> bool:
        """A past verb that is no state: "fired", "crossed", "were flown home"."""
        c = self.c
        if verb is None or c.low(verb) in self.scopes.states:
            return False
        if c.tag(verb) == "VBD":
            return True
        helpers = [c.low(i) for i in c.tree.children(verb, "aux", "auxpass")]
        if c.tag(verb) == "VBG" and c.low(verb) in CARRYING:
            above = next((k for k in c.tree.ancestors(verb) if c.tree.is_verb(k)), None)
            return bool({"was", "were"} & set(helpers)) or (not helpers and c.tree.dep(verb) == "acl" and self.is_deed(above))
        if c.tag(verb) == "VBN" and not helpers:
            return c.tree.dep(verb) not in ("acl", "amod")  # a past that is tagged as a participle
        past = any(h in ("was", "were", "has", "have", "had") for h in helpers)
        return c.tag(verb) == "VBN" and past and "are" not in helpers

    def is_only_possible(self, verb: int) -> bool:
        """ "could be displaced", "will send"; but "may have been killed" is a count."""
        helpers = self.c.tree.children(verb, "aux", "auxpass")
        return any(self.c.tag(i) == "MD" for i in helpers) and not any(self.c.low(i) in ("have", "had") for i in helpers)

    # -- who counted

    def counter(self, number: Number, counted: Counted) -> str | None:
        """Who is named in the sentence as giving the number, as printed; None where nobody is."""
        if self.named is not None:
            return self.named
        c = self.c
        path = self.above(counted, c.first_after(c.words[number.core].start))
        for below, verb in pairwise(path):
            if c.tree.dep(below) == "advcl" and c.tree.subject(below) is not None and c.low(verb) in self.scopes.directly:
                break  # "while the police listed 19": not the count of who is named before
            if found := self.reporter(verb, below):
                return found
        asides = (i for i in c.tree.children(path[-1], "parataxis", "ccomp") if i not in path)
        return next((found for i in asides if (found := self.reporter(i, path[-1]))), None)

    def reporter(self, verb: int, below: int) -> str | None:
        """The subject of a verb of saying or counting, if the number stands in what is said and the subject can count."""
        c, dep = self.c, self.c.tree.dep(below)
        if c.low(verb) not in self.scopes.counting or c.tree.is_passive(verb) or dep in ("nsubj", "nsubjpass", "conj"):
            return None
        if dep == "dobj" and c.low(verb) not in self.scopes.directly:
            return None
        subject = c.tree.child(verb, "nsubj")
        if subject is None or subject == below or not self.can_count(subject):
            return None
        return self.trimmed([i for i in c.tree.subtree(subject) if not c.in_time(i) or i == subject])

    def can_count(self, subject: int) -> bool:
        """Somebody; not an event, a number, nobody, or the speaker of a quotation."""
        low = self.c.low(subject)
        known = self.scopes.events | self.scopes.lasting | self.scopes.nobody
        return low not in known and self.c.tag(subject) not in ("CD", "JJ", "EX", "WDT", "WP")

    def trimmed(self, words: Sequence[int]) -> str | None:
        """The words as printed, without marks at their ends."""
        kept = [i for i in words if self.c.tokens[i].text[:1].isalnum()]
        return self.c.span(kept[0], kept[-1]) if kept else None

    @cached_property
    def named(self) -> str | None:
        """ "according to X", "citing X", "quoting X", "by the rebels' count"."""
        c = self.c
        for i, low in enumerate(c.lows):
            if low == "according" and c.low(i + 1) == "to":
                head = c.tree.child(i + 1, "pobj")
            elif low in ("citing", "quoting"):
                head = c.tree.child(i, "dobj", "pobj")
            elif low in self.scopes.counts and c.tag(i - 1) == "POS" and (owner := self.owner_of_count(i)):
                return owner
            else:
                continue
            if head is not None and head > i:
                return self.trimmed([k for k in c.tree.subtree(head) if k > i])
        return None

    def owner_of_count(self, i: int) -> str | None:
        c, begin = self.c, i - 1
        while begin > 0 and c.tag(begin - 1) in ("DT", "NN", "NNS", "NNP", "NNPS", "JJ"):
            begin -= 1
        return c.span(begin, i - 2) if c.low(begin - 1) in ("by", "on") and begin < i - 1 else None
