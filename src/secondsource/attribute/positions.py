"""deed as someone says it -> the speech act that it is: "we will not send" a refusal, "we are ready to" an offer

A deed that a speaker foretells of himself or of his own side is a promise, a threat, an offer or a refusal; one that the
narrator or a bystander foretells stays a planned or conditional deed.
"""

from dataclasses import dataclass, replace

from secondsource.attribute.acts import Acts, Group
from secondsource.attribute.deed import Deed
from secondsource.attribute.tree import Tree
from secondsource.model import Attribution, Polarity, Realis

FIRST = frozenset({"i", "we", "our", "my", "us", "ours"})
OFFICIAL = frozenset(
    [
        "ambassador",
        "chief",
        "colonel",
        "commander",
        "envoy",
        "foreign",
        "general",
        "government",
        "governor",
        "king",
        "leader",
        "minister",
        "ministry",
        "office",
        "premier",
        "president",
        "prime",
        "secretary",
        "spokesman",
        "spokesperson",
        "spokeswoman",
    ]
)
READY = frozenset({"ready", "willing", "prepared", "happy"})


@dataclass(frozen=True)
class Voice:
    """Who speaks where the deed stands; no attribution is the outlet's own voice."""

    tree: Tree
    attribution: Attribution | None
    speakers: tuple[str, ...] = ()  # their words, names and roles
    doer: tuple[str, ...] = ()  # what the doer is called, and what it stands for

    @property
    def official(self) -> bool:
        """Somebody who speaks for a party: a minister, a president, a ministry."""
        words = {word for w in self.speakers for word in w.lower().split()}
        return bool(words & OFFICIAL) and not words & {"former", "analyst"}

    def is_party(self, deed: Deed) -> bool:
        """A deed with no doer named, foretold by somebody who speaks for a party."""
        return self.attribution is not None and deed.actor is None and self.official

    def is_own(self, deed: Deed) -> bool:
        """Whether the deed's doer is the speaker or his side."""
        if self.attribution is None or deed.actor is None:
            return False
        word = self.tree.lower(deed.actor)
        owner = next((self.tree.lower(c) for c in self.tree.children(deed.actor, "poss")), "")
        if word in FIRST or owner in FIRST:
            return True
        said = [w.lower() for w in self.speakers]
        if word in {"it", "he", "she", "they"}:
            return self.attribution.mode == "indirect"
        if not said:
            return False
        if self.tree.tag(deed.actor) not in {"NNP", "NNPS"}:
            return False
        if any(
            w.startswith(("its ", "their ", "his ", "her ")) or word in w.replace("’s", " ").replace("'s", " ").split()
            for w in said
        ):
            return True
        countries = [
            p for w in self.speakers for p in w.split() if p[:1].isupper() or p.endswith(("an", "ian", "ani", "ish", "ese"))
        ]
        known = [w for d in (word, *self.doer) for w in d.lower().split()]
        if any(kin(p.lower(), w) for p in countries for w in known):
            return True
        return self.official and not any(p.lower().endswith(("an", "ani", "ish", "ese")) for p in countries)

    def reported_future(self, deed: Deed) -> bool:
        """ "said it would free them": the verb that is said stands in the future of the past."""
        tree = self.tree
        for k in [deed.verb, *tree.ancestors(deed.verb)[:3]]:
            if tree.dep(k) == "relcl":
                return False
            if {tree.lower(c) for c in tree.children(k, "aux")} & {"would", "'d"}:
                return tree.dep(k) == "ccomp"
        return False

    def is_ready(self, deed: Deed) -> bool:
        return any(
            self.tree.lower(k) in READY
            for a in self.tree.ancestors(deed.verb)[:2]
            for k in [a, *self.tree.children(a, "acomp")]
        )


def kin(left: str, right: str) -> bool:
    """Whether a country and a demonym begin alike: Velmora and Velmoran."""
    return left[:4] == right[:4] and len(right) >= 4


def position(
    deed: Deed, voice: Voice, realis: Realis, polarity: Polarity, conditional: bool, acts: Acts
) -> tuple[Deed, Realis, Polarity]:
    """The deed with the act, realis and polarity that its speaker and its conditions give it."""
    if deed.group.frame == "speaker":
        deed = _as(deed, "conditional_offer", acts) if deed.act == "offer" and conditional else deed
        return _stance(deed)
    said = voice.attribution is not None and voice.attribution.mode == "indirect"
    if realis == "hypothetical" and said and not conditional and voice.reported_future(deed):
        realis = "planned"
    if acts.defaults[deed.act]["kind"] == "speech":
        return _speech(deed, voice, realis, polarity, conditional, acts)
    tone = acts.defaults[deed.act].get("tone", "coop")
    if realis == "counterfactual":
        return deed, realis, polarity
    if voice.attribution is not None and voice.attribution.cue.kind == "believe":
        voice = Voice(voice.tree, None)  # "plans to", "expects to": nobody speaks
    own = voice.is_own(deed) or (voice.is_party(deed) and _is_threat_or_truce(deed, tone, conditional))
    if conditional:
        if own and realis in {"planned", "hypothetical"} and polarity == "positive":
            return _as(deed, "conditional_offer" if tone == "coop" else "threaten", acts), "conditional", "positive"
        held = voice.tree.tag(deed.verb) in {"VBZ", "VBP", "VB"} or (
            voice.tree.tag(deed.verb) == "VBG" and not voice.tree.children(deed.verb, "aux")
        )
        if realis != "actual" or held:
            realis = "conditional"
        return deed, realis, polarity
    if own and voice.is_ready(deed) and tone == "coop" and polarity == "positive":
        return _as(deed, "offer", acts), "actual", polarity
    return _foretold(deed, tone, realis, polarity, acts) if own and realis == "planned" else (deed, realis, polarity)


def _foretold(deed: Deed, tone: str, realis: Realis, polarity: Polarity, acts: Acts) -> tuple[Deed, Realis, Polarity]:
    """A deed that the speaker says he will or will not do."""
    if polarity == "negative":
        return (_as(deed, "refuse", acts), "actual", "positive") if tone == "coop" else (deed, realis, polarity)
    threat = (
        tone == "hostile"
        and deed.act not in {"capture", "clash"}
        and (deed.target is not None or deed.act == "strike")
        and deed.actor is not None
    )
    return _as(deed, "threaten" if threat else "promise", acts), "actual" if threat else realis, polarity


def _is_threat_or_truce(deed: Deed, tone: str, conditional: bool) -> bool:
    """What a party's spokesman means of his own side though no doer is named: "the fighting will end if …"."""
    ends = deed.act == "end" and deed.label == "attacks"
    return deed.act in {"strike", "clash"} or (conditional and (tone == "hostile" or ends))


def _stance(deed: Deed) -> tuple[Deed, Realis, Polarity]:
    if deed.act == "deny":
        return deed, "actual" if deed.group.theme else "planned", "negative"
    return deed, "conditional" if deed.act == "conditional_offer" else "actual", "positive"


def _speech(
    deed: Deed, voice: Voice, realis: Realis, polarity: Polarity, conditional: bool, acts: Acts
) -> tuple[Deed, Realis, Polarity]:
    if conditional and deed.act == "praise" and deed.label == "recognition" and realis != "actual" and voice.is_own(deed):
        return _as(deed, "conditional_offer", acts), "conditional", polarity
    if (
        conditional
        and deed.act in {"agree", "accept", "promise"}
        and realis in {"planned", "hypothetical", "conditional"}
        and polarity == "positive"
    ):
        return _as(deed, "conditional_offer", acts), "conditional", polarity
    if conditional and deed.act == "offer":
        return _as(deed, "conditional_offer", acts), "conditional", polarity
    if conditional and deed.act in {"threaten", "agree", "promise"} and realis in {"actual", "planned"}:
        return deed, "conditional", polarity
    if (
        deed.act == "praise"
        and realis == "planned"
        and polarity == "positive"
        and voice.is_own(deed)
        and deed.label == "recognition"
    ):
        return _as(deed, "promise", acts), realis, polarity
    if deed.act in {"agree", "accept"} and realis == "planned" and voice.is_own(deed):
        if polarity == "negative":
            return _as(deed, "refuse", acts), "actual", "positive"
        return deed, realis, polarity
    if deed.act == "praise" and realis == "planned" and polarity == "negative" and voice.is_own(deed):
        return _as(deed, "refuse", acts), "actual", "positive"
    return deed, realis, polarity


def _as(deed: Deed, act: str, acts: Acts) -> Deed:
    default = acts.defaults[act]
    group: Group = replace(deed.group, act=act, plover=default.get("plover"), cameo=default.get("cameo"))
    if deed.act == "clash":
        return replace(deed, act=act, group=group, label="attacks")
    label = (
        "ceasefire"
        if act in {"conditional_offer", "offer", "promise"} and deed.act == "end" and deed.label == "attacks"
        else deed.label
    )
    return replace(deed, act=act, group=group, label=label)
