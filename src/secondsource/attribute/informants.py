""" "according to X" -> who informs, and of what"""

from collections.abc import Iterable

from secondsource.attribute.grammar import Grammar
from secondsource.attribute.ground import Found, chunk, maker
from secondsource.attribute.tree import NAME_TAGS


class Informants(Grammar):
    """According to X; per X; in the words of X."""

    def according(self, i: int) -> Found | None:
        """According to X, Y; Y, according to X."""
        tree = self.tree
        if i + 1 >= len(tree) or tree.lower(i + 1) != "to":
            return None
        speaker, kind = self.informant(i)
        mine = set(tree.subtree(i)) | {i, i + 1}
        last = max(mine) + 1
        verb = last < len(tree) and tree.tag(last) in {"VBD", "VBZ", "VBP", "MD"}
        if verb and speaker and i <= 1 and (end := max(speaker) + 1) in mine and tree.tokens[end].text == ",":
            mine = {k for k in mine if k < end}  # what follows is the clause, not the speaker's
        content = chunk(tree, self.scope(i, mine))
        content = tuple(part for part in content if len(content) == 1 or any(tree.dep(k) != "mark" for k in part))
        if not content or (not speaker and kind != "report") or set(speaker) & {k for part in content for k in part}:
            return None
        return Found(
            self.number,
            i,
            (i, i + 1),
            kind,
            (speaker,) if speaker else (),
            content,
            "according",
            speaker[0] if speaker else None,
        )

    def in_words_of(self, i: int) -> Found | None:
        """In the words of X, …"""
        tree = self.tree
        if (
            tree.lower(i) not in self.lexicon.views
            or i < 2
            or tree.lower(i - 2) != "in"
            or i + 1 >= len(tree)
            or tree.lower(i + 1) != "of"
        ):
            return None
        noun = tree.child(i + 1, "pobj")
        return self.phrased(i, range(i - 2, i + 2), noun) if noun is not None else None

    def per(self, i: int) -> Found | None:
        """…, per the port's records."""
        tree = self.tree
        noun = tree.child(i, "pobj")
        if (
            noun is None
            or i == 0
            or tree.tokens[i - 1].text != ","
            or (tree.child(noun, "det", "poss") is None and tree.tag(noun) not in NAME_TAGS)
        ):
            return None
        return self.phrased(i, (i,), noun)

    def phrased(self, i: int, cue: Iterable[int], noun: int) -> Found | None:
        """A phrase whose object is the speaker; the rest of its clause is the content."""
        words = tuple(cue)
        speaker = self.phrase(noun, words)
        content = chunk(self.tree, self.scope(i, {*words, *self.tree.subtree(noun)}))
        if not speaker or not content:
            return None
        return Found(self.number, i, words, "say", (speaker,), content, "according", noun)

    def informant(self, i: int) -> tuple[tuple[int, ...], str]:
        """Who "according to" at word `i` names, and the kind: for "a report by X" it is X, for mere "information" nobody."""
        tree = self.tree
        noun = next(
            (k for k in tree.subtree(i) if k > i + 1 and tree.dep(k) == "pobj" and tree.tokens[k].head in {i, i + 1}), None
        )
        if noun is None:
            noun = next((k for k in range(i + 2, min(i + 12, len(tree))) if tree.dep(k) == "pobj"), None)
        if noun is None or (tree.lower(noun) in {"plan", "plans", "schedule"} and tree.child(noun, "det", "poss") is None):
            return (), "say"
        low = tree.lower(noun)
        if low in {"acronym", "initials", "abbreviation", "plan", "schedule"}:
            return (), "say"  # "GSIM according to its Arabic acronym"
        # "Delvia's ministry" speaks itself; "Delvia's statement" is Delvia's.
        owned = low in self.lexicon.actors and low not in self.lexicon.occasions and tree.child(noun, "poss") is not None
        if not owned and (
            low in self.lexicon.occasions
            or low in self.lexicon.actors
            or low in {"information", "reports", "sources", "findings", "figures", "documents"}
        ):
            made = maker(tree, noun)
            if made:
                return made, "report" if any(tree.lower(k) in self.lexicon.outlets for k in made) else "say"
        if low in {"information", "reports"}:
            return (), "report"
        speaker = self.without_next(i, self.phrase(noun, {i, i + 1}))
        outlet = tree.tag(noun) in NAME_TAGS and any(tree.lower(k) in self.lexicon.outlets for k in speaker[-3:])
        return speaker, "report" if outlet or low == "report" else "say"

    def without_next(self, i: int, speaker: tuple[int, ...]) -> tuple[int, ...]:
        """Without the subject of the clause that the parser took for an apposition: according to the Post, a girl was hurt."""
        tree = self.tree
        end = speaker[-1] + 1 if speaker else len(tree)
        while end < len(tree) and tree.tag(end) == "RB":
            end += 1
        comma = next((k for k in reversed(speaker) if tree.tokens[k].text == ","), None)
        if i > 1 or comma is None or end >= len(tree) or tree.tag(end) not in {"VBD", "VBZ", "VBP", "MD"}:
            return speaker
        return tuple(k for k in speaker if k < comma)

    def scope(self, i: int, mine: set[int]) -> list[int]:
        """What an inserted "according to X" speaks of: its clause; the whole sentence where it opens or closes it."""
        tree = self.tree
        head = tree.head(i)
        low, high = min(mine), max(mine)
        if low <= 1 or high >= len(tree) - 3:
            outer = [k for k in range(len(tree)) if k not in mine]
            clause = next((a for a in [head, *tree.ancestors(i)] if a is not None and tree.is_verb(a)), None)
            own = clause is not None and tree.child(clause, "nsubj", "nsubjpass", "expl") is not None
            if clause is not None and tree.dep(clause) == "conj" and low > 1 and own:
                start = min(tree.subtree(clause))
                return [k for k in outer if k >= start]
            return outer
        clause = next((a for a in tree.ancestors(i) if tree.is_verb(a)), head)
        if clause is None:
            return []
        return [k for k in tree.subtree(clause) if k not in mine]
