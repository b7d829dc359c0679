"""a number in a parsed sentence -> what it counts, and whose

The noun is read off the words after the number; what happened to it off the verb it hangs on, the words around it, or the list
it stands in. A number that counts nothing of people or things is given up.
"""

from functools import cached_property
from typing import NamedTuple

from secondsource.attribute.nouns import Noun, NounPhrases
from secondsource.attribute.numbers import Number

ABSTRACT = frozenset({"killed", "wounded", "captured", "kidnapped", "displaced", "missing", "arrested", "destroyed", "damaged"})
SMALL = 10
NEAR, FAR = 22, 44  # how many words back a toll is looked for; far where the words say that it has changed to the number
PLACING = frozenset({"in", "at", "near", "outside", "inside", "across"})
LISTED = frozenset({"CD", "NN", "NNS", "NNP", "NNPS", "JJ", "CC", ",", "DT"})
BEFORE_CAPITAL = frozenset(".!?:\"“”'‘’()–—-…")  # a capital after these may begin a sentence


class Counted(NamedTuple):
    """`what`: a class ("killed") or the noun as printed. `verb`: the place of the verb, if one says it.

    `noun` None: a bare number; `elided`: its noun is that of the figure before ("12 soldiers were killed and 30 wounded").
    """

    what: str
    noun: Noun | None
    verb: int | None = None
    elided: bool = False


class Counting(NounPhrases):
    """One parsed sentence. `words` are its words as numbers need them, `times` the spans of its times."""

    # -- what it counts

    def counted(self, number: Number, before: "tuple[Number, Counted] | None") -> Counted | None:
        """What the number counts; `before` is the figure before it in this sentence."""
        noun = self.noun(number)
        start = self.first_after(self.words[number.first].start)
        if (self.points(start) and number.core == number.first) or self.is_label(number):
            return None
        if noun is None:
            return self.bare(number, start, before)
        low = self.low(noun.head)
        if (
            self.low(noun.stop) in self.classes.measuring
            or low in self.classes.measures
            or self.low(noun.first) in self.classes.measures
        ):
            return None
        name, verb = self.happening(noun, start) or (None, None)
        if name is None and (self.classes.is_countable(low) or low in self.classes.nobody or self.tag(noun.head) == "NNP"):
            name = self.inherited(start, before)
        if name is None and low in self.classes.nobody and self.low(start - 1) in ("to", "at", "of"):
            toll = self.of_count(start, None)  # "the toll rose to 12 people"
            if toll is not None:
                return toll._replace(noun=None)
        if name not in ("destroyed", "damaged") and (
            low in self.classes.taken or (name == "captured" and low in self.classes.things)
        ):
            name = None  # places that were taken are counted by their noun
        if name is not None:
            return Counted(name, noun, verb)
        what = "people" if low == "others" else self.printed(noun)
        return Counted(what, noun) if self.plain(number, low) else None

    def plain(self, number: Number, low: str) -> bool:
        """A noun that is counted for itself: people and things of the war."""
        if number.high == number.low == 1:
            after = self.first_after(self.words[number.stop - 1].end)
            if low not in self.classes.things or self.low(after + 1) in ("to", "of", "or", "where"):
                return False  # "one child told" counts nobody, "one road to peace" nothing
        start = self.first_after(self.words[number.first].start)
        if self.tag(start - 1) == "PRP$" and start > 0 and number.high is not None and number.high <= SMALL:
            return False  # "his two brothers"
        return self.classes.is_countable(low)

    def points(self, start: int) -> bool:
        """ "the two sides" points back at what is known; nobody counted."""
        return self.low(start - 1) in self.classes.pointing and not self.low(start)[:1].isdecimal()

    def is_label(self, number: Number) -> bool:
        """ "Article 51", "Hill 402", "Group of Six": a number that is a name."""
        bare = number.core == number.first and number.core > 0
        if bare and self.words[number.core].text[:1].isupper() and self.words[number.core - 1].text not in BEFORE_CAPITAL:
            return True
        i = self.first_after(self.words[number.core].start)
        if i == 0 or number.first != number.core or self.in_time(i - 1):
            return False
        if self.low(i - 1) in self.classes.labels:
            return True
        if self.find(i - 1, self.classes.does):
            return False
        named = self.tag(i - 1) in ("NNP", "NNPS") and self.tokens[i - 1].text[:1].isupper()
        return named and (self.tokens[i].head <= i or self.tokens[i - 1].head == self.tokens[i].head)

    def happening(self, noun: Noun, start: int) -> tuple[str, int | None] | None:
        """What happened to the noun: (class, verb)."""
        return (
            self.modified(noun)
            or self.named(noun, start)
            or self.home(noun, start)
            or self.state_after(noun.stop)
            or self.governed(noun, start)
            or self.acted(start)
            or self.of_noun(start)
            or self.shared(noun)
        )

    def modified(self, noun: Noun) -> tuple[str, int | None] | None:
        """ "nine injured soldiers"."""
        for k in range(noun.first, noun.head):
            found = self.find(k, self.classes.state)
            if found:
                return found[0], None
        return None

    def named(self, noun: Noun, start: int) -> tuple[str, int | None] | None:
        """ "17 more deaths", "11 lives", "eight wounded"."""
        found = self.find(noun.head, self.classes.nouns)
        if self.low(noun.head) == "lives" and self.classes.takers.isdisjoint(self.lows[max(0, start - 6) : noun.stop + 6]):
            return None  # "3 million lives changed"
        return (found[0], None) if found else None

    def state_after(self, i: int) -> tuple[str, int | None] | None:
        """ "23 residents wounded", "were killed", "are still missing", "died", "fled"; not "killed nine"."""
        bare, end = i, min(len(self.tokens), i + 9)
        while i < end and self.low(i) in self.classes.auxiliaries and not (i == bare and self.is_list_comma(i)):
            i += 1
        active = self.find(i, self.classes.suffers)
        if active:
            return active[0], i
        found = self.find(i, self.classes.state)
        if found is None or (i == bare and self.takes_object(found[1])):
            return None
        helpers = {self.low(k) for k in range(bare, i)}
        passive = bool(helpers & self.classes.passives) or (
            not helpers & self.classes.actives and not self.takes_object(found[1])
        )
        return (found[0], i) if passive else None

    def shared(self, noun: Noun) -> tuple[str, int | None] | None:
        """ "four children and one man killed": what is said at the end of a list of numbers holds for all of it."""
        i, numbers = noun.stop, 0
        if self.low(i) not in ("and", ",", "or"):
            return None
        while i < min(len(self.tokens), noun.stop + 10) and self.tag(i) in LISTED and not self.find(i, self.classes.state):
            numbers += self.tag(i) == "CD"
            i += 1
        return self.state_after(i) if numbers else None

    def is_list_comma(self, i: int) -> bool:
        return self.low(i) == "," and self.low(i + 1) not in ("who", "which")

    def takes_object(self, i: int) -> bool:
        """Whether words of an object begin here: "four gunmen killed nine soldiers", not the headline "4 killed 9 wounded"."""
        if i >= len(self.tokens) or (self.tag(i) == "CD" and self.find(i + 1, self.classes.state)):
            return False
        return self.tag(i) in ("DT", "CD", "PRP$", "NNS", "PRP", "JJ", "NNP", "NN") and not self.in_time(i)

    def governed(self, noun: Noun, start: int) -> tuple[str, int | None] | None:
        """The verb that the noun hangs on, up a list of nouns."""
        i = noun.head
        for _ in range(6):
            dep = self.tree.dep(i)
            head = self.tree.head(i)
            if head is None:
                return None
            if self.tree.is_verb(head):
                return self.by_verb(head, dep, noun)
            if dep == "pobj" and self.low(head) == "of" and start <= self.tokens[head].head < noun.first:
                head = self.tree.head(head)
            elif dep not in ("conj", "nummod", "appos", "quantmod"):
                return None
            if head is None:
                return None
            i = head
        return None

    def by_verb(self, verb: int, dep: str, noun: Noun) -> tuple[str, int | None] | None:
        does = self.find(verb, self.classes.does)
        if does is None and self.tree.is_passive(verb):
            does = self.find(verb, self.classes.state)
        if (does and dep in ("dobj", "nsubjpass", "oprd") and verb < noun.head) or (does and dep == "nsubjpass"):
            return does[0], verb
        suffers = self.find(verb, self.classes.suffers)
        if suffers and dep == "nsubj":
            return suffers[0], verb
        if self.low(verb) in ("lost", "lose", "losing") and dep == "dobj" and self.classes.is_person(self.low(noun.head)):
            return "killed", verb
        return None

    def acted(self, start: int) -> tuple[str, int | None] | None:
        """ "killed 14 people", "wounding at least 3": the verb straight before."""
        j = start - 1
        while j > 0 and (self.low(j) == "all" or (self.tag(j) == "RB" and self.low(j) in self.classes.adverbs)):
            j -= 1
        found = self.find(j, self.classes.does)
        if found is None and j > 0 and self.tag(j) == "RP":
            found = self.find(j - 1, self.classes.does)
        return (found[0], j) if found and self.tag(j) != "NN" and not self.was_passive(j) else None

    def was_passive(self, j: int) -> bool:
        return self.low(j - 1) in ("was", "were", "been", "being", "are", "is")

    def home(self, noun: Noun, start: int) -> tuple[str, int | None] | None:
        """ "forced 1,400 people from their homes", "about 600 left their homes", "driven from their homes"."""
        after = self.past_auxiliaries(noun.stop)
        return self.driven(start, after)

    def past_auxiliaries(self, i: int) -> int:
        end = min(len(self.tokens), i + 6)
        while i < end and self.low(i) in self.classes.auxiliaries and self.low(i) != "left":
            i += 1
        return i

    def driven(self, start: int, after: int) -> tuple[str, int | None] | None:
        drive = {w for entry in self.classes.homes["drive"] for w in entry}
        leave = {w for entry in self.classes.homes["leave"] for w in entry}
        moved = self.low(after) in drive | leave
        caused = any(self.low(j) in drive for j in range(max(0, start - 3), start))
        if not (moved or caused):
            return None
        begin = after + 1 if moved else after
        for k in range(begin, min(len(self.tokens), begin + 4)):
            for entry in self.classes.homes["ends"]:
                if tuple(self.lows[k : k + len(entry)]) == entry and (entry != ("their", "homes") or moved):
                    return "displaced", after if moved else None
        return None

    def of_noun(self, start: int) -> tuple[str, int | None] | None:
        """ "the deaths of another six miners", "the destruction of 7 enemy tanks"."""
        if self.low(start - 1) != "of":
            return None
        found = self.find(start - 2, self.classes.of)
        return (found[0], None) if found else None

    def inherited(self, start: int, before: "tuple[Number, Counted] | None") -> str | None:
        """The class of the figure before, in a list."""
        return before[1].what if before and before[1].what in ABSTRACT and self.lists(start, before) else None

    def lists(self, start: int, before: "tuple[Number, Counted]") -> bool:
        """ "nine soldiers and four civilians", "33 people, including 5 children": one list, one event."""
        end = before[1].noun.stop if before[1].noun else self.first_after(self.words[before[0].stop - 1].end)
        between = self.lows[end:start]
        if len(between) <= 4 and all(low in self.classes.joins for low in between):
            return True
        return "including" in between[-3:] and len(between) <= 14

    # -- a number without a noun

    def bare(self, number: Number, start: int, before: "tuple[Number, Counted] | None") -> Counted | None:
        """ "12 killed", "wounded 420", "nearly 200 were hurt", "the toll rose to 240", "the number of troops passed 900"."""
        after = self.first_after(self.words[number.stop - 1].end)
        if self.low(after) == "of" and self.low(after + 1) == "them":
            after += 2
        if self.tag(after) == "''" and self.low(after + 1) in ("more", "others", "were", "have"):
            after += 1 + (self.low(after + 1) in ("more", "others"))  # the number alone is quoted
        if self.in_unit(after) or (number.low == number.high == 1 and number.bound == "exact"):
            return None
        home = self.driven(start, self.past_auxiliaries(after))
        state = home or self.state_after(after) or self.nominal(after) or self.acted(start) or self.of_noun(start)
        if state is not None:
            return Counted(state[0], None, state[1], elided=True)
        if before is not None and (self.is_part(start, before) or self.is_share(start, after, before)):
            return Counted(before[1].what, None, elided=True)
        if (whole := self.of_the(start)) is not None:
            return Counted(whole, None)
        crowd = number.vague and number.low > SMALL and self.tag(after) in ("VBD", "VBP", "VBZ", "VBN", "MD")
        return Counted("people", None) if crowd else self.of_count(start, before)

    def is_part(self, start: int, before: "tuple[Number, Counted]") -> bool:
        """ "of 1,200 prisoners, 300 had been freed"."""
        first = self.first_after(self.words[before[0].first].start)
        whole = self.low(first - 1) == "of" or self.low(first - 2) == "of"
        return whole and before[1].noun is not None and self.low(start - 1) == "," and before[1].noun.stop == start - 1

    def is_share(self, start: int, after: int, before: "tuple[Number, Counted]") -> bool:
        """ "21 were killed, 15 in the north and another six in the south": parts of one count by place."""
        if before[1].what not in ABSTRACT or self.low(after) not in PLACING or self.tag(start - 1) in ("IN", "TO"):
            return False
        return self.tag(after + 1) in ("NNP", "NNPS", "DT", "JJ", "NN", "PRP$") and not self.in_time(after + 1)

    def of_the(self, start: int) -> str | None:
        """ "Of the dead, 17 were children", "of the deaths, 400 were in the north"."""
        for j in range(max(0, start - 6), start - 2):
            if self.low(j) == "of" and self.low(j + 1) in ("the", "those") and self.low(start - 1) == ",":
                found = self.find(j + 2, self.classes.nouns) or self.find(j + 2, self.classes.state)
                return found[0] if found else None
        return None

    def is_included(self, start: int) -> bool:
        """ "including 11 children": a part of the count before, whose people are not those of the next."""
        return "including" in self.lows[max(0, start - 3) : start]

    def in_unit(self, after: int) -> bool:
        return self.low(after) in self.classes.measures or self.low(after) == "%" or self.low(after) == "of"

    def nominal(self, after: int) -> tuple[str, int | None] | None:
        found = self.find(after, self.classes.nouns)
        return (found[0], None) if found and self.tag(after) not in ("VBZ", "VBP", "VB") else None

    def of_count(self, start: int, before: "tuple[Number, Counted] | None") -> Counted | None:
        """The toll, a number of something or a total that the sentence speaks of before the number."""
        far = FAR if self.low(start - 1) in ("to", "at", "past", "reached", "hit", "reaching") or self.changed(start) else NEAR
        for j in range(start - 1, max(-1, start - far), -1):
            low = self.low(j)
            if low == ";":
                return None
            if low in ("toll", "death-toll"):
                return Counted("killed", None)
            total = low in ("total", "tally") and self.low(j + 1) in ("to", "is", "at")
            if total and before is not None and before[1].what in ABSTRACT:
                return Counted(before[1].what, None)
            if low in ("number", "numbers", "count", "estimates", "estimate", "tally") and self.low(j + 1) == "of":
                return self.number_of(j + 2, start)
            if low == "dead" and self.low(j + 1) in ("numbered", "number", "at"):
                return Counted("killed", None)
        return None

    def changed(self, start: int) -> bool:
        """ "has risen to at least 112": the bound stands between."""
        return any(
            self.low(k) == "to" and self.tag(k - 1) in ("VBN", "VBD", "VBZ", "VBG") for k in range(max(1, start - 3), start)
        )

    def number_of(self, j: int, start: int) -> Counted | None:
        while self.low(j) in ("the", "their", "its", "those", "confirmed", "people", "all"):
            j += 1
        state = self.find(j, self.classes.state) or self.find(j, self.classes.nouns)
        if state is not None:
            noun = self.chunk(j, None)
            return Counted(state[0], noun if noun and noun.head > j else None)
        noun = self.chunk(j, None)
        if noun is None or noun.stop > start:
            return None
        after = self.state_after(noun.stop)
        if after is not None:
            return Counted(after[0], noun)
        named = self.find(noun.head, self.classes.nouns)
        if named is not None:
            return Counted(named[0], None)
        return Counted(self.tokens[noun.head].text, noun) if self.classes.is_countable(self.low(noun.head)) else None

    # -- whose

    def whose(self, counted: Counted, before: "str | None") -> str | None:
        """The victims or things as printed, or the owner of a noun that is counted for itself. `before`: of the last figure."""
        noun = counted.noun
        if counted.what not in ABSTRACT:
            return self.owner(noun) if noun else None
        if noun is None:
            return (before or self.both_sides) if counted.elided else None
        if self.find(noun.head, self.classes.nouns) and self.low(noun.head) not in self.classes.persons:
            return self.among(noun.stop)
        both = self.both_sides
        if self.low(noun.head) in self.classes.nobody and noun.first == noun.head:
            return both
        first = noun.first
        while first < noun.head and (self.find(first, self.classes.state) or self.low(first) in ("other", "more")):
            first += 1
        if self.low(noun.head) in self.classes.nobody and self.tag(first) not in ("NNP", "JJ", "NN"):
            return both
        if noun.possessor is not None and first == noun.first:
            first = noun.possessor
        return self.span(first, noun.head)

    def owner(self, noun: Noun) -> str | None:
        """A nation or side before the noun: "Kestovian troops"."""
        names = [k for k in range(noun.first, noun.head) if not any(c.isdigit() for c in self.tokens[k].text)]
        names = [k for k in names if self.tag(k + 1) != "HYPH"]
        owners = [k for k in names if self.tokens[k].text[:1].isupper() or self.low(k) in self.classes.owners]
        return self.span(owners[0], owners[-1]) if owners else None

    def among(self, i: int) -> str | None:
        """ "17 more deaths among conscripts"."""
        if self.low(i) in ("among", "of"):
            noun = self.chunk(i + 1 + (self.tag(i + 1) == "DT"), None)
            if noun and self.low(noun.head) not in self.classes.nobody:
                return self.span(noun.first, noun.head)
        return self.both_sides

    @cached_property
    def both_sides(self) -> str | None:
        for j, low in enumerate(self.lows):
            if low == "both" and self.low(j + 1) in ("sides", "parties") and self.low(j - 1) in ("on", "from", "of"):
                return self.span(j, j + 1)
        return None
