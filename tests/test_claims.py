"""Claims of short invented passages: act, who, whom, object, realis, polarity, conditions, time."""

import pytest

from claim_cases import article_of, reader
from secondsource.invariants import quotes_in
from secondsource.model import Claim, Reading

pytestmark = pytest.mark.slow


def read(text: str, published: str | None = "2031-03-05") -> Reading:
    return reader().attribute(article_of(text, published))


def one(text: str, act: str) -> Claim:
    found = [c for c in read(text).claims if c.act == act]
    assert len(found) == 1, [(c.act, c.evidence[0].exact) for c in found]
    return found[0]


def named(reading: Reading, mention: str | None) -> str | None:
    return next((m.quote.exact for m in reading.mentions if m.id == mention), None)


@pytest.mark.parametrize(
    ("text", "act", "thing", "realis", "polarity"),
    [
        ("Norland shelled the port of Tisk on Monday.", "strike", "attacks", "actual", "positive"),
        ("Norland did not shell the port of Tisk.", "strike", "attacks", "actual", "negative"),
        ("Norland denied that its guns had shelled the port.", "strike", "attacks", "actual", "negative"),
        ("The rebels have yet to free the pilots.", "release", "prisoners", "actual", "negative"),
        ("The rebels will free the pilots on Friday.", "release", "prisoners", "planned", "positive"),
        ("The rebels may free the pilots.", "release", "prisoners", "hypothetical", "positive"),
        ("The rebels would have freed the pilots in May.", "release", "prisoners", "counterfactual", "positive"),
        ("In 1994 rebels seized the valley.", "capture", "territory", "background", "positive"),
        ("Norland demanded that the rebels leave the valley.", "demand", "withdrawal", "actual", "positive"),
        ("The envoy called on both armies to stop the shelling.", "appeal", "attacks", "actual", "positive"),
        ('"There will be no talks on the status of Tisk," the president said.', "refuse", "status", "actual", "positive"),
        ('"We have no plans to attack Tisk," the minister said.', "deny", "attacks", "planned", "negative"),
        ("Troops liberated the town of Tisk.", "capture", "territory", "actual", "positive"),
        ("Three ceasefires have failed.", "end", "ceasefire", "actual", "positive"),
    ],
)
def test_act_object_realis_polarity(text: str, act: str, thing: str, realis: str, polarity: str) -> None:
    claim = one(text, act)
    assert (claim.object, claim.realis, claim.polarity) == (thing, realis, polarity)


def test_what_is_demanded_is_no_claim_of_its_own() -> None:
    reading = read("Norland demanded that the rebels leave the valley.")
    assert [c.act for c in reading.claims] == ["demand"]
    assert named(reading, reading.claims[0].actor) == "Norland"
    assert named(reading, reading.claims[0].target) == "the rebels"


def test_an_offer_keeps_its_condition_and_what_hangs_on_it() -> None:
    claim = one('"We will free the pilots if Norland opens the border," the rebel leader said.', "conditional_offer")
    assert claim.object == "prisoners"
    assert [c.words.exact for c in claim.conditions] == ["if Norland opens the border"]
    assert claim.conditions[0].of is not None
    assert claim.conditions[0].of.exact == "We will free the pilots"


def test_an_announced_condition_is_an_offer_and_a_demand() -> None:
    text = '"Our condition for a truce is that Norland withdraws its tanks," the rebel leader said.'
    acts = {(c.act, c.object) for c in read(text).claims}
    assert {("conditional_offer", "ceasefire"), ("demand", "withdrawal")} <= acts


def test_mutual_blame_is_two_claims_about_one_deed() -> None:
    reading = read("Norland and Tisk accused each other of escalating the conflict.")
    blame = [c for c in reading.claims if c.act == "accuse"]
    assert {(named(reading, c.actor), named(reading, c.target)) for c in blame} == {("Norland", "Tisk"), ("Tisk", "Norland")}
    assert {c.object for c in blame} == {"escalate"}


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("The war began on 27 February 2031.", "2031-02-27"),
        ("Since 27 February a new wave of clashes has erupted along the border.", "2031-02-27"),
        ("Tisk joined the war on 1 March.", "2031-03-01"),
    ],
)
def test_a_beginning_has_its_day(text: str, earliest: str) -> None:
    claim = one(text, "start")
    assert claim.when is not None
    assert claim.when.earliest == earliest


def test_the_speaker_asserts_what_he_says_and_the_outlet_the_rest() -> None:
    reading = read("The ministry said rebels had shelled Tisk. The army retook the bridge.")
    said = {c.act: c.attribution for c in reading.claims}
    assert said["strike"] == reading.attributions[0].id
    assert said["capture"] is None


@pytest.mark.parametrize(
    "text",
    [
        "The festival opened with a concert.",
        "The storm pounded the coast and withdrew.",
        "Asked if he would resign, the minister laughed.",
        "The company launched a charm offensive.",
        "The army has the right to retake the valley.",
    ],
)
def test_where_nothing_is_asserted_there_is_no_claim(text: str) -> None:
    assert read(text).claims == ()


@pytest.mark.parametrize(
    "text", ["", "1,2,3,4", "31 September", "if", "unless", "“", "not " * 300, "If " + "a, " * 400, "must\nmust\n\nmust."]
)
def test_odd_input_neither_crashes_nor_invents(text: str) -> None:
    reading = read(text + " ")
    assert all(q.exact == reading.article.text[q.start : q.end] for c in reading.claims for q in quotes_in(c))


def test_ids_that_claims_give_are_known() -> None:
    reading = read(
        'The president said Norland would withdraw. "They must leave," he said. Norland and Tisk signed a truce in Halum.'
    )
    mentions, said = {m.id for m in reading.mentions}, {a.id for a in reading.attributions}
    assert len({c.id for c in reading.claims}) == len(reading.claims) > 1
    for claim in reading.claims:
        assert {claim.actor, claim.target, claim.place} <= mentions | {None}
        assert claim.attribution in said | {None}


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("TISK (NPA) -- The Norland army has shelled the port.", "strike", "The Norland army"),
        ("Rebels seized the customs house, killed four guards and took a dozen hostages.", "casualties", "Rebels"),
        ("Four guards taken hostage by the rebels were freed.", "arrest", "the rebels"),
        ("A raid on the depot killed four guards.", "casualties", None),
        ("Four guards died in the depot.", "casualties", None),
        ("The ministry released a statement condemning the raid on the depot.", "accuse", "The ministry"),
        ("The truce held for weeks after street marches forced the queen to yield.", "sanction", None),
        ("The men were asleep as shelling emptied the villages.", "strike", None),
    ],
)
def test_the_doer_is_who_does_it(text: str, act: str, actor: str | None) -> None:
    reading = read(text)
    found = [c for c in reading.claims if c.act == act]
    assert {named(reading, c.actor) for c in found} <= {actor, None}
    assert found or actor is None


@pytest.mark.parametrize(
    "text",
    [
        "The envoy suggested that Norland had returned the guns.",
        "Clashes threatened to plunge the valley into war.",
        "Further clashes cannot be ruled out.",
        "The two sides wound up the talks on Monday.",
        "Norland called it an attack on its honour.",
        "Prices are expected to top the agenda.",
        "They greeted leaders opposed to the queen.",
        "The delegates had held a view since talks began.",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    acts = {"offer", "threaten", "refuse", "casualties", "appeal", "meet"}
    assert not [c.act for c in read(text).claims if c.act in acts]


@pytest.mark.parametrize(
    ("text", "act", "realis"),
    [
        ("Both sides agreed to cease fire, swap prisoners and hold talks in May.", "exchange", "planned"),
        ("The ministry said it could not trust a truce announced by the rebels.", "end", "actual"),
        ("The rebels are in favour of signing a treaty.", "sign", "hypothetical"),
        ("The army was able to retake the town.", "capture", "actual"),
        ("The accord must be ratified by parliament.", "accept", "hypothetical"),
    ],
)
def test_how_real_what_hangs_on_another_word_is(text: str, act: str, realis: str) -> None:
    assert {c.realis for c in read(text).claims if c.act == act} <= {realis}


def test_an_attack_that_a_phrase_names_is_a_claim() -> None:
    reading = read("The queen spoke of Sunday's raid on the depot.")
    (claim,) = [c for c in reading.claims if c.act == "strike"]
    assert (claim.actor, named(reading, claim.target)) == (None, "the depot")
    assert not read("Norland fears an attack on the depot.").claims


def test_a_place_is_of_this_deed() -> None:
    reading = read("The rebels called on Tisk to free the pilots. They took control of two villages, Dren and Marl.")
    appeal, capture = (next(c for c in reading.claims if c.act == a) for a in ("appeal", "capture"))
    assert appeal.place is None
    assert named(reading, capture.place) == "Dren"


def test_no_talks_until_they_disarm_is_a_refusal() -> None:
    claim = one('"We will not go for talks until they lay down their arms," the minister said.', "refuse")
    assert (claim.object, claim.realis) == ("talks", "actual")
    assert claim.conditions


def together(reading: Reading, act: str) -> list[str | None]:
    claim = next(c for c in reading.claims if c.act == act)
    return [named(reading, m) for m in (claim.actor, *claim.co_actors)]


@pytest.mark.parametrize(
    ("text", "act", "who"),
    [
        ("The Tisk government and the River Front signed an accord.", "sign", ["The Tisk government", "the River Front"]),
        ("Norland, Tisk and Ombar agreed to exchange prisoners.", "agree", ["Norland", "Tisk", "Ombar"]),
        ("The accord was signed by the ministry and the rebels.", "sign", ["the ministry", "the rebels"]),
        ("Talks between the ministry and the rebels began in Tisk.", "start", ["the ministry", "the rebels"]),
        ("An agreement between Norland and Ombar was signed in Tisk.", "sign", ["Norland", "Ombar"]),
        ("The army, together with the Tisk militia, attacked the town.", "strike", ["The army", "the Tisk militia"]),
        ("Either the army or the rebels shelled the market.", "strike", ["the army"]),
    ],
)
def test_all_who_did_it_together(text: str, act: str, who: list[str]) -> None:
    assert together(read(text), act) == who


def test_a_place_behind_the_verb_of_a_relative_clause_is_no_doer() -> None:
    assert together(read("Rebel movements which control Tisk signed a truce."), "sign") == ["Rebel movements"]


def test_who_accepts_a_truce_does_not_offer_it() -> None:
    reading = read("The rebels accepted a truce proposed by the envoy of Norland.")
    offer = next(c for c in reading.claims if c.act == "offer")
    assert (named(reading, offer.actor), offer.attribution) == ("the envoy of Norland", None)


def test_what_somebody_had_wanted_is_no_demand_of_now() -> None:
    assert one("The Front had wanted the army to leave Tisk.", "demand").realis == "background"
    assert one("On Monday the Front demanded that the army leave Tisk.", "demand").realis == "actual"


@pytest.mark.parametrize(
    "text",
    [
        "A strong earthquake struck early on Monday near the town of Tisk.",
        "The raid helped trigger a coup in Norland.",
        "The mothers fed their children with leaves.",
        "Rescuers searched the rubble for survivors.",
        "A man who asked not to be named said nothing more.",
        "A fire started by lightning spread through the mill.",
        "The militants took away 52 villagers.",
        "A rescue operation was under way.",
        "The storm toppled power lines.",
    ],
)
def test_another_sense_of_the_word_is_no_deed(text: str) -> None:
    assert not [(c.act, c.evidence[0].exact) for c in read(text).claims]


@pytest.mark.parametrize(
    ("text", "act", "realis"),
    [
        ("The envoys opened talks aimed at ending the war.", "end", "hypothetical"),
        ("Tisk announced its decision to withdraw its troops.", "withdraw", "planned"),
        ("Norland has been fighting the rebels since 2009.", "clash", "actual"),
    ],
)
def test_what_is_only_meant_is_not_told_as_done(text: str, act: str, realis: str) -> None:
    claim = next(c for c in read(text).claims if c.act == act)
    assert claim.realis == realis


def test_what_is_thrown_is_no_target() -> None:
    reading = read("The marchers threw stones at the guards and faced beatings by the police.")
    assert [(c.act, named(reading, c.actor), named(reading, c.target)) for c in reading.claims] == [
        ("strike", "The marchers", "the guards"),
        ("strike", "the police", "The marchers"),
    ]


def test_a_figure_has_the_place_of_its_own_clause() -> None:
    reading = read("The flood killed 15 miners in Tisk and six of them were from Ombar.")
    assert named(reading, reading.figures[0].place) == "Tisk"
