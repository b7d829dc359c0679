"""draft inside another's words, tree -> whether it is speech of its own

A speech is full of verbs that look like cues: "we're asking", "who voted for", "it shows". Inside one, only what a named or
described speaker is told to have uttered is kept: a clause or a quotation, said once, not what may or will be said.
"""

from secondsource.attribute.drafts import Draft
from secondsource.attribute.forms import Lexicon
from secondsource.attribute.tree import NAME_TAGS, Tree

ANYBODY = frozenset(
    [
        "you",
        "one",
        "anyone",
        "anybody",
        "nobody",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "this",
        "that",
        "which",
        "these",
        "those",
        "it's",
        "people",
        "me",
        "them",
        "us",
        "there",
        "what",
        "whoever",
    ]
)
SELF = frozenset({"i", "we"})
SENTENCES = frozenset({"clause", "fenced", "preposed", "around", "according", "quote", "citing"})
DEEDS = {  # kinds that are speech without a clause, and the frames in which they are
    "refuse": frozenset({"to"}),
    "promise": frozenset({"to"}),
    "threaten": frozenset({"to"}),
    "agree": frozenset({"to", "prep"}),
    "warn": frozenset({"prep"}),
    "urge": frozenset({"person_to", "prep"}),
    "demand": frozenset({"person_to"}),
    "offer": frozenset({"to"}),
}
UNSURE = frozenset({"MD"})
NAMED_ACTS = frozenset({"claim", "accuse", "urge", "demand", "offer", "threaten"})
PERFORMED = frozenset({"demand", "urge", "promise", "threaten", "warn", "deny", "offer"})


def speaks(draft: Draft, outer: Draft, tree: Tree, lexicon: Lexicon, quoted: bool) -> bool:
    """Whether `draft`, inside the content of `outer`, is somebody's speech. `quoted`: its content holds quotation marks."""
    if draft.frame in {"silence", "hedge", "label", "quote", "according"} or draft.direct:
        return bool(draft.speakers) or draft.frame in {"silence", "hedge", "according"}
    if draft.frame == "noun":
        return spoken_noun(draft, outer)
    if not draft.speakers or draft.verb < 0 or draft.frame == "adjective":
        return False
    word = tree.lower(draft.verb)
    if draft.kind == "believe":
        return draft.frame in {"clause", "fenced"} and not outer.direct and word in lexicon.held and happened(tree, draft)
    if word in lexicon.inward:
        return False
    if draft.kind in PERFORMED and draft.frame != "object" and performed(tree, draft):
        return True
    if not somebody(tree, draft, outer):
        return False
    if draft.frame in SENTENCES:
        return happened(tree, draft)
    if draft.frame in {"as", "object"}:
        own = outer.frame == "according" or (draft.frame == "as" and draft.kind == "say") or draft.kind == "offer"
        return (quoted or own) and not (outer.direct and draft.kind != "offer") and happened(tree, draft)
    return draft.frame in DEEDS.get(draft.kind, ()) and uttered(tree, draft, outer)


def spoken_noun(draft: Draft, outer: Draft) -> bool:
    """ "his claim that …" in another's words; "its call for talks" only where somebody takes it or turns it down."""
    if outer.direct or draft.kind not in NAMED_ACTS:
        return False
    return draft.kind in {"claim", "accuse"} or outer.kind in {"deny", "refuse", "agree"}


def performed(tree: Tree, draft: Draft) -> bool:
    """ "I demand", "we call on all sides": said and done in one."""
    i = draft.verb
    top = tree.child(i, "nsubj")
    return top is not None and tree.lower(top) in SELF and tree.tag(i) == "VBP" and tree.child(i, "aux", "neg", "mark") is None


def uttered(tree: Tree, draft: Draft, outer: Draft) -> bool:
    """Whether a promise, a refusal or a demand was spoken: "refusing to hear" only where somebody is accused of it."""
    if tree.tag(draft.verb) == "VBG":
        return outer.kind == "accuse" and tree.dep(draft.verb) == "pcomp"
    if tree.lower(draft.verb) in {"refused", "refuse", "refuses"} and outer.direct:
        return False
    return happened(tree, draft) and (tree.tag(draft.verb) in {"VBD", "VBN"} or not outer.direct or named(tree, draft))


def happened(tree: Tree, draft: Draft) -> bool:
    """Whether the cue tells of words that were spoken: finite, no "would say", no "never said", no condition, no question."""
    i = draft.verb
    carried = [i]
    if tree.dep(i) == "xcomp" and (head := tree.head(i)) is not None and tree.lower(head) == "used":
        carried = [head]
    for k in carried:
        if tree.tag(k) in {"VBG", "VB"} and not (tree.tag(k) == "VB" and tree.child(k, "nsubj") is not None):
            return False
        if any(tree.tag(c) in UNSURE or tree.lower(c) in {"to", "did", "does", "do"} for c in tree.children(k, "aux")):
            return False
        if tree.is_negated(k):
            return False
    return True


def somebody(tree: Tree, draft: Draft, outer: Draft) -> bool:
    """Whether the speaker is somebody: not "you", not "people"; "I" and "we" only of what they did say."""
    a, b = draft.speakers[0]
    words = [k for k in range(len(tree)) if tree.tokens[k].start >= a and tree.tokens[k].end <= b]
    if not words:
        return True
    top = tree.top(words)
    low = tree.lower(top if top is not None else words[-1])
    if low in ANYBODY and not (len(words) > 1 and low in {"those", "people"}):
        return False
    if low == "who" or low == "it":
        return not outer.direct
    if low in SELF:
        return tree.tag(draft.verb) in {"VBD", "VBN"} and draft.kind in {"say", "claim", "warn", "deny"}
    return not (outer.direct and tree.tag(draft.verb) in {"VBZ", "VBP"}) or named(tree, draft)


def named(tree: Tree, draft: Draft) -> bool:
    """Whether the speaker is a name."""
    a, b = draft.speakers[0]
    top = tree.top(k for k in range(len(tree)) if tree.tokens[k].start >= a and tree.tokens[k].end <= b)
    return top is not None and tree.tag(top) in NAME_TAGS
