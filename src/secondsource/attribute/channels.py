"""a reporting clause -> the channel it came through: relays, venue, addressee, and the day it was said

Looks only at the words of the sentence that are outside what was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secondsource.attribute.forms import Lexicon
from secondsource.attribute.frames import Frames
from secondsource.attribute.ground import runs
from secondsource.attribute.tree import NAME_TAGS, Tree
from secondsource.model import RelayKind, TimeExpression, When

CARRIED: dict[str, RelayKind] = {
    "broadcast": "broadcast_by",
    "aired": "broadcast_by",
    "televised": "broadcast_by",
    "shown": "broadcast_by",
    "streamed": "broadcast_by",
    "carried": "reported_by",
    "quoted": "reported_by",
    "published": "reported_by",
    "reported": "reported_by",
    "cited": "reported_by",
    "posted": "posted_on",
    "shared": "posted_on",
    "uploaded": "posted_on",
    "written": "posted_on",
    "published on": "posted_on",
}
POSTING = frozenset(
    [
        "wrote",
        "writes",
        "write",
        "posted",
        "posts",
        "post",
        "said",
        "says",
        "tweeted",
        "shared",
        "announced",
        "writing",
        "posting",
    ]
)
SPEAKING = frozenset(
    [
        "speaking",
        "spoke",
        "speak",
        "talking",
        "talked",
        "remarks",
        "comments",
        "interview",
        "interviews",
        "briefing",
        "statement",
        "statements",
    ]
)
VENUE_PREPS = frozenset({"in", "at", "during", "before", "from", "through", "via", "by", "on", "after", "opening"})
HOLDING = frozenset(
    ["issued", "released", "published", "sent", "gave", "opening", "made", "addressing", "adopted", "delivering"]
)
STRAY = frozenset(
    {
        "the",
        "a",
        "an",
        "weekly",
        "daily",
        "state",
        "state-run",
        "newspaper",
        "agency",
        "news",
        "broadcaster",
        "network",
        "channel",
    }
)


@dataclass
class Channel:
    """Offsets in the article."""

    relays: list[tuple[RelayKind, str, tuple[int, int]]] = field(default_factory=list)
    venue: tuple[int, int] | None = None
    addressee: tuple[int, int] | None = None
    said: When | None = None
    interpreted: bool = False


class Channels:
    """Reads the channel of one reporting clause."""

    def __init__(self, tree: Tree, number: int, lexicon: Lexicon) -> None:
        self.tree, self.lexicon = tree, lexicon
        self.frames = Frames(tree, number, lexicon)

    def read(self, cue: int, content: Sequence[tuple[int, int]], times: Sequence[TimeExpression]) -> Channel:
        """The channel of the statement whose cue is word `cue` and whose words are `content`."""
        tree = self.tree
        out = Channel()
        outside = [t.i for t in tree.tokens if not any(a < t.end and t.start < b for a, b in content)]
        free = set(self._mine(cue, outside))
        self._venue(cue, free, out)
        self._relays(cue, free, out)
        self._addressee(cue, free, out)
        words = {tree.lower(k) for k in free}
        out.interpreted = bool(words & {"interpreter", "translator", "translation", "translated"})
        out.said = self._said(cue, free, times)
        return out

    def _mine(self, cue: int, outside: Sequence[int]) -> list[int]:
        """Words outside the content that are in no relative clause (but the cue's own) and under no other finite verb."""
        tree = self.tree
        chain = {cue, *tree.ancestors(cue)}
        out = []
        for k in outside:
            up, good = k, True
            while up is not None and up not in chain:
                if tree.dep(up) in {"relcl", "ccomp"} or (
                    tree.dep(up) in {"conj", "advcl"} and tree.tag(up) in {"VBD", "VBZ", "VBP"} and tree.subject(up) is not None
                ):
                    good = False
                    break
                parent = tree.head(up)
                if parent is None:
                    break
                up = parent
            if good:
                out.append(k)
        return out

    # -- names of outlets -----------------------------------------------------------------------------------------------

    def is_outlet(self, words: Sequence[int]) -> bool:
        """Whether a noun phrase names a newspaper, agency, station or network."""
        tree = self.tree
        low = [tree.lower(k) for k in words]
        if low[-1:] and low[-1] in {"reporters", "journalists", "correspondents", "tells"}:
            return False
        return any(w in self.lexicon.outlets for w in low) or any(w in {"newspaper", "media", "website"} for w in low)

    def outlet_name(self, words: Sequence[int]) -> str:
        """The name alone: "Interfax" of "Russia's Interfax news agency"; "local radio" where there is no name."""
        tree = self.tree
        text = self.tree.tokens
        runs: list[list[int]] = []
        for k in words:
            if (tree.tag(k) in NAME_TAGS and text[k].text[:1].isupper()) or (
                runs and runs[-1][-1] == k - 1 and text[k].text[:1].isupper() and tree.tag(k) in {"NN", "JJ", "CD"}
            ):
                if runs and runs[-1][-1] == k - 1:
                    runs[-1].append(k)
                else:
                    runs.append([k])
        named = [r for r in runs if not (r[-1] + 1 < len(text) and text[r[-1] + 1].text in {"'s", "’s", "'", "’"})] or runs
        if named:
            best = next((r for r in named if any(tree.lower(k) in self.lexicon.outlets for k in r)), named[-1])
            # "Channel Nine" is a name; "channel Dunor" is a channel and its name.
            numbered = len(best) == 2 and tree.lower(best[0]) == "channel" and text[best[0]].text[:1].isupper()
            if len(best) > 1 and not numbered and tree.lower(best[0]) in STRAY - {"daily", "weekly"}:
                best = best[1:]
            return " ".join(text[k].text for k in best).replace(" - ", "-")
        kept = [k for k in words if tree.lower(k) not in {"the", "a", "an", "his", "her", "their", "its"}]
        return " ".join(text[k].text for k in kept)

    def _phrase(self, top: int, free: set[int]) -> list[int]:
        tree = self.tree
        words = tree.subtree(top, lambda c: tree.dep(c) in {"relcl", "acl", "appos", "cc", "conj"} or c not in free)
        run: list[int] = []
        for k in words:
            if k <= top or not run or k == run[-1] + 1:
                run.append(k)
        return [k for k in run if tree.tag(k) not in {",", ".", ":"}]

    # -- relays ---------------------------------------------------------------------------------------------------------

    def _relays(self, cue: int, free: set[int], out: Channel) -> None:
        tree = self.tree
        for k in sorted(free):
            low = tree.lower(k)
            if low in CARRIED:
                self._carried(k, low, free, out)
            if k == cue or low in SPEAKING:
                self._told(k, k == cue, free, out)
            if low in POSTING or low in self.lexicon.occasions or k == cue or low in CARRIED:
                self._posted(k, free, out)

    def _carried(self, k: int, low: str, free: set[int], out: Channel) -> None:
        """broadcast by X, aired live by X, carried by X, quoted by X; broadcast on X."""
        tree = self.tree
        for m in range(k + 1, min(k + 8, len(tree))):
            if (tree.lower(m) == "by" and m in free) or (
                tree.lower(m) == "on" and CARRIED[low] == "broadcast_by" and m in free
            ):
                noun = tree.child(m, "pobj")
                words = self._phrase(noun, free) if noun is not None else []
                if (
                    noun is not None
                    and words
                    and (self.is_outlet(self._whole(noun, free)) or (tree.lower(m) == "by" and tree.tag(noun) in NAME_TAGS))
                ):
                    whole = self._whole(noun, free)
                    out.relays.append((CARRIED[low], self.outlet_name(whole), tree.span(whole)))
                    return

    def _whole(self, noun: int, free: set[int]) -> list[int]:
        """The phrase with an apposition: "the state news agency TALPRESS"."""
        tree = self.tree
        words = self._phrase(noun, free)
        for c in tree.children(noun, "appos"):
            if c == words[-1] + 1 if words else False:
                words += self._phrase(c, free)
        return words

    def _told(self, k: int, is_cue: bool, free: set[int], out: Channel) -> None:
        """told X, speaking to X, in an interview with X, where X is an outlet."""
        tree = self.tree
        nouns: list[tuple[RelayKind, int]] = []
        if is_cue and tree.lower(k) in {"told", "tells", "tell", "telling"}:
            nouns += [("told", c) for c in tree.children(k, "dobj", "dative") if c > k and c in free]
        if tree.lower(k) in SPEAKING or is_cue:
            for p in tree.children(k, "prep", "dative"):
                if tree.lower(p) in {"to", "with", "for"} and (noun := tree.child(p, "pobj")) is not None and p in free:
                    nouns.append(("told" if is_cue and tree.lower(k) not in SPEAKING else "speaking_to", noun))
        for kind, noun in nouns:
            if kind == "told" and tree.lower(noun) in self.lexicon.occasions and tree.tag(noun) not in NAME_TAGS:
                continue  # told a news conference: where, not through whom
            whole = self._whole(noun, free)
            # "told Delta Nine television": the parser parts a name of two words into a person told and a thing told.
            before = whole[0] - 1 if whole else -1
            if (
                before in free
                and tree.dep(before) == "dative"
                and tree.tag(before) in NAME_TAGS
                and tree.tag(whole[0]) in NAME_TAGS
            ):
                whole = [before, *whole]
            hosts = [
                noun,
                *[
                    c
                    for p in tree.children(noun, "prep")
                    if (c := tree.child(p, "pobj")) is not None and tree.lower(p) in {"of", "from", "at", "with"}
                ],
            ]
            if tree.lower(noun) in {"reporters", "journalists", "correspondents"}:
                whole = self._whole(hosts[1], free) if len(hosts) > 1 else []
            elif len(hosts) > 1 and self.is_outlet(self._whole(hosts[1], free)):
                whole = self._whole(hosts[1], free)
            named = (
                kind == "speaking_to"
                and whole
                and tree.tag(noun) in NAME_TAGS
                and ("-" in tree.tokens[noun].text or tree.lower(whole[0]).startswith("al"))
            )
            if whole and (self.is_outlet(whole) or named):
                name = self.outlet_name(whole)
                if all(name != r[1] for r in out.relays):
                    out.relays.append((kind, name, tree.span(whole)))

    def _posted(self, k: int, free: set[int], out: Channel) -> None:
        """wrote on Telegram; in a message on her Telegram channel; a video posted on Facebook."""
        tree = self.tree
        for p in tree.children(k, "prep"):
            if tree.lower(p) not in {"on", "to", "in"} or p not in free:
                continue
            noun = tree.child(p, "pobj")
            if noun is None:
                continue
            words = self._phrase(noun, free)
            aired = tree.lower(p) == "on" and tree.is_verb(k) and words and tree.lower(words[-1]) not in self.lexicon.platforms
            if aired and tree.tag(words[-1]) in NAME_TAGS and self.is_outlet(words):
                name = self.outlet_name(words)
                if all(name != r[1] for r in out.relays):
                    out.relays.append(("broadcast_by", name, tree.span(words)))  # said on Delta radio
                continue
            hit = [w for w in words if tree.lower(w) in self.lexicon.platforms]
            if not hit or (tree.lower(p) != "on" and tree.tag(hit[0]) not in NAME_TAGS):
                continue
            if self.is_outlet(words) and tree.lower(hit[0]) in {"channel", "page"}:
                continue
            name = tree.tokens[hit[0]].text
            if all(name != r[1] for r in out.relays):
                out.relays.append(("posted_on", name, tree.span(words)))

    # -- venue, addressee, day --------------------------------------------------------------------------------------------

    def _venue(self, cue: int, free: set[int], out: Channel) -> None:
        """in a speech, at a rally in X, during the debate."""
        tree = self.tree
        occasions = [k for k in free if self._is_occasion(cue, k) and not self._of_another(cue, k)]
        if not occasions:
            return
        best = min(occasions, key=lambda k: (abs(k - cue), k))
        words = tree.subtree(best, lambda c: tree.dep(c) in {"relcl", "acl", "appos", "punct", "cc", "conj"} or c not in free)
        words = [w for w in words if w <= best or self._venue_tail(best, w)]
        out.venue = tree.span(next(r for r in runs(words) if best in r))

    def _is_occasion(self, cue: int, k: int) -> bool:
        """Whether word `k` names an occasion of speech: "in a speech", "issued a statement"."""
        tree = self.tree
        head = tree.head(k)
        if head is None or tree.lower(k) not in self.lexicon.occasions or tree.tag(k) not in {"NN", "NNS", "NNP"}:
            return False
        if tree.dep(head) == "agent" or (tree.tag(k) == "NNP" and tree.lower(k) == "post"):
            return False  # accompanied by a call; identified by the Post
        if tree.dep(k) == "pobj":
            if tree.lower(head) == "on":
                return tree.lower(k) in self.lexicon.visits
            bare = tree.child(k, "det", "poss", "amod", "compound", "nummod") is None
            if bare and (tree.lower(k) in {"response", "reply"} or (tree.lower(head) == "in" and tree.lower(k) == "letter")):
                return False  # in response to the attack; in letter and spirit
            return tree.lower(head) in VENUE_PREPS
        if head == cue:
            return tree.dep(k) in {"dobj", "dative"} and tree.lower(head) in {"told", "tells", "tell", "telling"}
        return tree.dep(k) == "dobj" and tree.lower(head) in HOLDING

    def _of_another(self, cue: int, k: int) -> bool:
        """Whether the occasion goes with another reporting verb: In a statement the guild agreed, although the yard said no."""
        tree = self.tree
        verb = next((a for a in tree.ancestors(k) if tree.is_verb(a)), None)
        return (
            verb is not None
            and verb != cue
            and tree.lower(verb) in self.lexicon.verbs
            and tree.dep(cue) in {"advcl", "conj", "parataxis"}
            and tree.child(cue, "nsubj") is not None
            and not cue < k
        )

    def _venue_tail(self, top: int, w: int) -> bool:
        """Whether word `w` behind the occasion names which one it is: "of …", "in …", "to the barracks"."""
        tree = self.tree
        up = w
        while tree.head(up) is not None and tree.head(up) != top:
            up = tree.tokens[up].head
        if tree.dep(up) != "prep":
            return False
        low = tree.lower(up)
        return (
            low in {"of", "in", "at", "for"}
            or (low == "to" and tree.lower(top) in {"visit", "trip"})
            or (low == "with" and tree.lower(top) in {"meeting", "interview"})
        )

    def _addressee(self, cue: int, free: set[int], out: Channel) -> None:
        """To whom, where the frame has not found it: "said to the editor", "in a letter to X", "in a call with X"."""
        tree = self.tree
        for k in sorted(free):
            if k != cue and tree.lower(k) not in {
                "letter",
                "message",
                "call",
                "memo",
                "telegram",
                "speech",
                "address",
                "note",
                "letters",
                "speaking",
                "spoke",
                "request",
            }:
                continue
            for p in tree.children(k, "prep", "dative"):
                wanted = {"to", "at"} if k == cue else {"to", "with"}
                noun = tree.child(p, "pobj")
                if noun is None or tree.lower(p) not in wanted or p not in free or p < k:
                    continue
                if tree.lower(p) == "at" and (not self.frames.animate(noun) or tree.lower(noun) in self.lexicon.nouns):
                    continue
                words = self._phrase(noun, free)
                if words and not self.is_outlet(words) and self.frames.animate(noun):
                    out.addressee = tree.span(words)
                    return

    def _said(self, cue: int, free: set[int], times: Sequence[TimeExpression]) -> When | None:
        """The day it was said: the time nearest to the cue outside the content, not inside a relative clause."""
        tree = self.tree
        best: tuple[int, When] | None = None
        for t in times:
            words = [k for k in free if tree.tokens[k].start < t.quote.end and t.quote.start < tree.tokens[k].end]
            if not words or t.when.earliest is None or t.when.latest is None:
                continue
            far = min(abs(k - cue) for k in words)
            if best is None or far < best[0]:
                best = (far, t.when)
        return best[1] if best else None
