"""What leaves the program: JSON, CSV, JSON-LD, Markdown, and the page as a file, without a browser."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from dossiers import Report, bare, dam_story, day, many
from hostile import HOSTILE
from secondsource import invariants
from secondsource.model import Dossier, Position, Quote, Utterance
from secondsource.pipeline import Tracer
from secondsource.render import dossier as rooms
from secondsource.render import exports, html
from secondsource.render.dossier import timeline, view
from secondsource.render.lines import statement
from secondsource.render.lookup import Lookup
from secondsource.render.marking import named, visible
from secondsource.render.phrases import amount
from secondsource.render.phrases import day as day_words
from secondsource.render.quoting import cut, paired
from secondsource.render.redaction import private, without_comments, without_persons
from secondsource.render.stances import either, known, sentence
from secondsource.render.tables import safe

OWN_SCHEMA = Path(__file__).parents[1] / "src/secondsource/data/dossier.schema.json"
SHARED_SCHEMA = Path(__file__).parents[2] / "shared/dossier.schema.json"


@pytest.fixture(scope="module")
def dam() -> Dossier:
    made = dam_story()
    return invariants.check(replace(made, timeline=timeline(made)))


def hostile() -> Dossier:
    """Every hostile text as file name, outlet, title, body, speaker, verb's neighbour, URL and problem."""
    reports = []
    for number, text in enumerate(HOSTILE):
        if "\ud800" in text:
            continue  # a half pair cannot come out of decoded bytes, and JSON cannot hold it
        report = Report(f"{number} {text[:300]}", text[:500] if number % 3 else None, day("2031-02-03"))
        report.url = text
        report.part("title", text).part("body", f"It was said. {text} said that {text} was so.").part("reader_comment", text)
        who = report.who(text[:200].strip("\n") or "x", name=text[:200])
        report.said(who, "said that", text + " was so")
        report.said(None, "was", text, mode="direct")
        reports.append(report)
    made = bare(reports, problems=())
    return replace(made, timeline=timeline(made))


class Tags(HTMLParser):
    """The tags and attributes of a page, and the text of each mark."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: dict[str, str] = {}
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append((tag, held))
        if tag == "mark":
            self.open.append(held["id"] or "")
            self.marks[self.open[-1]] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for name in self.open:
            self.marks[name] += data


# JSON


@pytest.mark.parametrize("with_text", [True, False])
def test_json_fits_the_schema(dam: Dossier, with_text: bool) -> None:
    made = json.loads(exports.to_json(dam, with_text=with_text))
    for schema in (OWN_SCHEMA, SHARED_SCHEMA):
        if schema.exists():
            jsonschema.validate(made, json.loads(schema.read_bytes()))
    assert all((a["text"] is not None) == with_text for a in made["articles"])


def test_the_projects_schema_asks_for_no_less_than_the_shared_one() -> None:
    if not SHARED_SCHEMA.exists():
        pytest.skip("no shared schema beside the repository")
    _holds(json.loads(OWN_SCHEMA.read_bytes()), json.loads(SHARED_SCHEMA.read_bytes()), "")


def _holds(own: object, shared: object, where: str) -> None:
    """Every key, value and required name of the shared schema is in the own one."""
    if isinstance(shared, dict):
        assert isinstance(own, dict), where
        for key, value in shared.items():
            if key not in {"description", "title"}:
                assert key in own, f"{where}/{key}"
                _holds(own[key], value, f"{where}/{key}")
    elif isinstance(shared, list):
        assert isinstance(own, list), where
        if all(isinstance(x, str | type(None)) for x in shared):
            assert {*shared} <= {*own}, where
        else:
            for place, value in enumerate(shared):
                _holds(own[place], value, f"{where}/{place}")
    else:
        assert own == shared, where


def test_json_joins_mentions_to_actors(dam: Dossier) -> None:
    made = json.loads(exports.to_json(dam))
    names = {actor["id"]: actor["name"] for actor in made["actors"]}
    said = [a for a in made["attributions"] if a["cue"]["kind"] == "deny"]
    assert [names[s["actor"]] for s in said[0]["speakers"]] == ["Aldo Renn"]
    assert {names[c["target"]] for c in made["claims"] if c["target"]} == {"Aldo Renn"}
    demands = [a["utterance"] for a in made["attributions"] if a["cue"]["kind"] == "demand"]
    assert len(demands) == 2
    assert len(set(demands)) == 1


def test_json_of_hostile_text_is_exact() -> None:
    reports = [Report(f"{n}.txt", None, None).part("body", text) for n, text in enumerate(HOSTILE) if "\ud800" not in text]
    made = json.loads(exports.to_json(bare(reports)))
    assert {a["text"] for a in made["articles"]} == {r.article.text for r in reports}


# CSV


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("  =1", "'  =1"),
        ("＝1", "'＝1"), ("\ufeff=1", "'\ufeff=1"), ("\u00a0=1", "'\u00a0=1"), ("\u202e=1", "'\u202e=1"), ("a=1", "a=1"),
        ("", ""), ("5", "5"), ("Minister", "Minister"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell: str, made: str) -> None:
    assert safe(cell) == made


def test_csv_types_numbers_and_quotes_text(dam: Dossier) -> None:
    files = exports.to_csv(dam)
    assert {"statements.csv", "claims.csv", "figures.csv", "positions.csv", "origins.csv", "codebook.csv"} <= files.keys()
    first = files["figures.csv"].decode().splitlines()[1]
    assert ',4,,"at_least"' in first
    for name, payload in files.items():
        rows = list(csv.reader(io.StringIO(payload.decode())))
        assert len({len(row) for row in rows}) == 1, name
    assert len(list(csv.DictReader(io.StringIO(files["statements.csv"].decode())))) == 7


def test_csv_of_hostile_text_runs_nothing() -> None:
    for name, payload in exports.to_csv(hostile()).items():
        for row in csv.reader(io.StringIO(payload.decode(), newline="")):
            for cell in row:
                assert cell.lstrip(" \u00a0\u200b\ufeff\u202e\x00")[:1] not in {*"=+-@\t＝"} or cell == "-", (name, cell[:60])


# JSON-LD


def test_jsonld_selectors_find_their_words(dam: Dossier) -> None:
    made = json.loads(exports.to_jsonld(dam))
    texts = {f"urn:secondsource:{r.article.id}": r.article.text for r in dam.readings}
    annotations = [node for node in made["@graph"] if node["type"] == "Annotation"]
    assert annotations
    ids = {node["id"] for node in made["@graph"]}
    for node in annotations:
        assert node["body"] in ids
        for target in node["target"]:
            text = texts[target["source"]]
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


# Markdown


def test_markdown_holds_the_lines(dam: Dossier) -> None:
    made = exports.to_markdown(dam)
    for words in ("will stay shut until the last contract is signed", "no counter named", "## Contested", "told Radio Fjord"):
        assert words in made


def test_markdown_of_hostile_text_is_text() -> None:
    made = exports.to_markdown(hostile())
    bare_markup = re.sub(r"\\.", "", made)
    assert "<" not in bare_markup
    assert "](" not in bare_markup
    assert "\u202e" not in made
    headings = [line for line in made.splitlines() if line.startswith("#")]
    assert "# heading" not in headings


# Words


def test_days_say_their_precision() -> None:
    assert day_words(None) == "date not known"
    assert day_words(day("2031-02-03")) == "2031-02-03"
    assert day_words(day("2031-02-03", "2031-02-05")) == "2031-02-03 to 2031-02-05"
    assert day_words(replace(day("2031-02-01", "2031-02-28"), precision="month")) == "2031-02"
    assert day_words(replace(day("2031-02-01"), earliest=None)) == "by 2031-02-01"
    assert day_words(replace(day("2031-02-01"), latest=None)) == "from 2031-02-01"


def test_amounts_say_their_bounds(dam: Dossier) -> None:
    look = Lookup(dam)
    assert sorted(amount(f) for f in look.figures.values()) == ["about 9", "at least 4"]


def test_lines_say_who_through_whom_and_how_many(dam: Dossier) -> None:
    look = Lookup(dam)
    lines = {line.verb: line for line in (statement(look, a) for a in look.attributions.values())}
    denial = lines["told"]
    assert denial.who == "Aldo Renn"
    assert denial.voices[0].role == "Director"
    assert [(s.how, s.name) for s in denial.chain] == [("told", "Radio Fjord"), ("in", "Pine Wire, 2031-02-03")]
    assert (denial.low, denial.high) == (1, 1)
    assert "accusation with no reply on the page" in lines["accused"].flags


def test_timeline_tells_what_happened_was_said_and_was_published(dam: Dossier) -> None:
    made = timeline(dam)
    assert {t.kind for t in made} == {"happened", "said", "published"}
    starts = [(t.when.earliest or "")[:10] for t in made]
    assert starts == sorted(starts)
    assert all(t.evidence for t in made)


def test_before_you_publish_names_the_grave_first(dam: Dossier) -> None:
    checks = view(Lookup(dam)).checks
    reasons = [check.reason for check in checks]
    assert reasons[:2] == ["contested answers", "accusation with no reply on the page"]
    assert all(check.advice for check in checks)
    assert "no counter named" in reasons
    assert reasons[-2:] == ["one origin", "paraphrase"]


def test_verdicts_never_speak_of_truth(dam: Dossier) -> None:
    page = re.sub(r"<mark.*?</mark>|<q.*?</q>", "", html.page(dam), flags=re.S).casefold()
    for word in ("confirmed", "debunked", "fake", "spun", "proven", "fact-check"):
        assert word not in page


def test_a_position_says_when_it_was_last_known() -> None:
    early, late = replace(day("2031-02-03"), earliest=None), day("2031-02-06")
    assert known(late, late) == "last known on 2031-02-06"
    assert known(early, early) == "last known on 2031-02-03 or earlier"
    assert known(early, late) == "since 2031-02-03 or earlier, last known on 2031-02-06"
    assert known(None, None) == "day not known"


def test_one_day_of_two_is_no_stretch_of_days() -> None:
    assert either(day("2020-11-10", "2020-11-11")) == "2020-11-10 or 11"
    assert either(day("2020-11-10", "2020-11-14")) == "a day from 2020-11-10 to 2020-11-14"
    assert either(day("2020-11-10")) == "2020-11-10"


@pytest.mark.parametrize(
    ("act", "thing", "words", "made"),
    [
        ("appeal", "talks", "called for talks", "appeals for talks"),
        ("appeal", "talks", "called on them to meet", "makes an appeal about talks"),
        ("appeal", "talks", "asked them not to hold talks", "makes an appeal about talks"),
        ("refuse", "talks", "ruled out any further talks", "refuses talks"),
        ("refuse", "ceasefire", "refused to end the ceasefire", "refuses something about a ceasefire"),
        ("accept", "ceasefire", "accepted the council’s truce", "accepts a ceasefire"),
        ("threaten", "ceasefire", "will end the ceasefire", "makes a threat about a ceasefire"),
        ("demand", "withdrawal", "must withdraw", "demands a withdrawal"),
        ("conditional_offer", "ceasefire", "our guns will rest", "makes an offer about a ceasefire, on a condition"),
    ],
)
def test_a_position_is_a_sentence_that_says_no_more_than_its_words(act: str, thing: str, words: str, made: str) -> None:
    quote = Quote("article-x", 0, len(words), words)
    position = Position(
        id="position-x",
        actor="a",
        object=thing,
        act=act,
        conditions=(),
        when=None,
        utterance=None,
        origins=(),
        evidence=(quote,),
    )
    assert sentence(position) == made


@pytest.mark.parametrize(
    ("text", "words", "made"),
    [
        ("He said the gate is shut for good.", "the gate is shut", "… the gate is shut …"),
        ("The gate is shut. So is the door.", "The gate is shut", "The gate is shut"),
        ("“Take it and I will go.”", "I will go.”", "… I will go."),
        ("“The gate is shut,” he said.", "The gate is shut", "The gate is shut"),
        ("She vowed to build “stone for stone” there.", "to build “stone for stone", "… to build “stone for stone” …"),
        ("Gone: the gate", "the gate", "the gate"),
    ],
)
def test_cut_words_say_so_and_have_their_marks_in_pairs(text: str, words: str, made: str) -> None:
    start = text.index(words)
    assert cut(text, start, start + len(words)) == made


@pytest.mark.parametrize("text", [*HOSTILE, '"he said “x', "“a „b“ c", '"""', "“”“", "»a«"])
def test_marks_are_put_in_pairs_and_words_are_kept(text: str) -> None:
    marks = str.maketrans("", "", '“”„«»"')
    assert paired(text).translate(marks).split() == text.translate(marks).split()
    assert paired(paired(text)) == paired(text)


def test_who_blames_whom_stands_once_a_pair(dam: Dossier) -> None:
    (blame,) = view(Lookup(dam)).blames
    assert (blame.accuser, blame.accused, blame.blames) == ("Mira Vost", "Aldo Renn", True)
    assert "Who blames whom" in html.page(dam)


def test_a_report_that_contradicts_itself_is_counted(dam: Dossier) -> None:
    started = next(q for q in dam.questions if q.kind == "time")
    own = replace(started.answers[0].reported_by, origins_low=0, origins_high=0)
    answers = (replace(started.answers[0], reported_by=own), *started.answers[1:])
    odd = replace(started, verdict="internally_inconsistent", answers=answers)
    made = replace(dam, questions=tuple(odd if q is started else q for q in dam.questions))
    assert view(Lookup(made)).contradicting == len(own.articles)
    assert "contradict" in html.page(made).partition("</header>")[0]


def test_every_statement_opens_its_passport(dam: Dossier) -> None:
    passports = dict(Tracer(dam).passports())
    made = html.page(dam, passports)
    _every_link_lands(made, dam)
    shown = view(Lookup(dam), passports=passports)
    found = {name for name, passport in passports.items() if passport.chains}
    assert found
    assert shown.slips.of.keys() == found
    assert len(shown.slips.made) < len(found)  # copies share one
    for slip in shown.slips.made:
        assert f'id="{slip.id}"' in made
        assert f'href="#{slip.id}"' in made
    pages = html.folder(dam, passports)
    assert 'href="articles/' in pages["index.html"].partition('class="slip')[2]


def test_positions_stand_by_actor_with_what_is_held_now(dam: Dossier) -> None:
    shown = view(Lookup(dam))
    side, *_ = shown.sides
    (ledger,) = side.held
    assert (side.name, ledger.heading, ledger.latest.holds, ledger.known) == (
        "Mira Vost", "access for aid workers or observers",
        "makes an offer about access for aid workers or observers, on a condition", "last known on 2031-02-06",
    )  # fmt: skip
    assert ledger.moved
    assert [entry.shift for entry in ledger.entries] == ["new", "softened"]


def test_a_copy_is_folded_under_its_origin_and_called_repetition(dam: Dossier) -> None:
    started = next(q for q in view(Lookup(dam)).contested if q.kind == "time")
    copied = next(a for a in started.answers if a.text == "2031-02-02")
    assert (copied.low, copied.high, copied.articles, copied.repeated) == (1, 1, 2, 1)
    assert "1 article only repeats it" in html.page(dam)


def test_the_same_words_stand_once_and_other_wordings_beside_them() -> None:
    texts = (
        "the gates will stay shut until spring",
        "the gates will stay shut until spring",
        "gates will be shut until spring",
    )
    reports, said = [], []
    for number, words in enumerate((*texts, "soup was served")):
        report = Report(f"{number % 3}-{number}.txt", f"Outlet {number}", day("2031-02-03"))
        report.part("body", f"Mira Vost said {words}.")
        said.append(report.said(report.who("Mira Vost"), "said", words))
        reports.append(report)
    spoken = Utterance(
        id="utterance-" + "d" * 20, speakers=(), when=None, venue=None, attributions=tuple(said), origins_low=1, origins_high=4
    )
    extra = Report("more.txt", "Outlet 0", day("2031-02-03")).part(
        "body", "Mira Vost said soup was served. Mira Vost added it was cold."
    )
    who = extra.who("Mira Vost")
    both = (extra.said(who, "said", "soup was served"), extra.said(who, "added", "it was cold"))
    spoken = replace(spoken, attributions=(*said, *both))
    (shown,) = view(Lookup(bare([*reports, extra], utterances=(spoken,)))).utterances
    gates, soup = sorted(shown.groups, key=len, reverse=True)
    assert [len(w.also) for w in gates] == [1, 0]
    assert [text for text, differs in gates[1].pieces if differs] == ["be"]
    assert [len(w.also) for w in soup] == [1]
    assert [line.words[0].text for line in shown.rest] == ["it was cold"]


# The page as a file


def test_every_link_lands_on_its_words(dam: Dossier) -> None:
    _every_link_lands(html.page(dam), dam)


def _every_link_lands(page: str, dossier: Dossier) -> None:
    tags = Tags(page)
    ids = [held["id"] for _, held in tags.tags if "id" in held]
    assert len(ids) == len(set(ids))
    inner = [held["href"][1:] for tag, held in tags.tags if tag == "a" and (held.get("href") or "").startswith("#")]  # type: ignore[index]
    assert not {*inner} - {*ids}
    look = Lookup(dossier)
    view(look)
    quotes = {anchor: quote for held in look.cited.values() for anchor, quote in held.items()}
    linked = {name for name in inner if name.startswith("w-")}
    assert linked
    for name in linked:
        assert tags.marks[name] == "".join(str(c) for c in quotes[name].exact).replace("\x00", "\u2400").replace(
            "\ud800", "\ufffd"
        ).replace("\udfff", "\ufffd")


def test_hostile_text_stays_text() -> None:
    made = html.page(hostile())
    made.encode()
    tags = Tags(made)
    names = {tag for tag, _ in tags.tags}
    assert not names & {
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "math",
        "video",
        "animate",
        "b>",
        "noscript",
        "template",
        "div>",
    }
    assert sum(tag == "script" for tag, _ in tags.tags) == 1
    assert sum(tag == "style" for tag, _ in tags.tags) == 1
    for tag, held in tags.tags:
        assert not {name for name in held if name.startswith("on") or name in {"style", "srcdoc", "formaction"}}, tag
        href = held.get("href") or "#"
        assert href.startswith(("#", "http://", "https://", "data:,")), href
    # A half pair stands as a question mark in the parsed text, so links are tried on the others.
    _every_link_lands(made, hostile())


def test_text_is_kept_to_the_code_point() -> None:
    for text in HOSTILE:
        kept = text.replace("\x00", "\u2400").replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
        parser = HTMLParser(convert_charrefs=True)
        found: list[str] = []
        parser.handle_data = found.append  # type: ignore[method-assign]
        parser.feed(str(visible(text)))
        parser.close()
        assert "".join(found) == kept
        assert "\u202e" not in named(text)


def test_quotes_that_cross_are_each_marked() -> None:
    report = Report("one.txt", "Pine Wire", day("2031-02-03")).part("body", "one two three four five six")
    for words in ("one two three", "two three four", "three", "one two three four five six"):
        report.said(None, "", words)
    made = html.page(bare([report]))
    marks = Tags(made).marks
    assert sorted(marks.values()) == sorted(["one two three", "two three four", "three", "one two three four five six"])
    _every_link_lands(made, bare([report]))


def test_same_input_same_bytes(dam: Dossier) -> None:
    again = dam_story()
    again = replace(again, timeline=timeline(again))
    for make in (html.page, exports.to_json, exports.to_markdown, exports.to_jsonld, exports.to_csv):
        assert make(dam) == make(again)


def test_the_policy_allows_nothing_but_the_pages_own(dam: Dossier) -> None:
    made = html.page(dam)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;;")
    assert "unsafe" not in policy[1]
    assert made.index("Content-Security-Policy") < made.index("<style") < made.index("<script")


def test_an_empty_dossier_has_a_page() -> None:
    made = html.page(bare([]))
    assert "0 reports" in made
    assert exports.to_markdown(bare([])).startswith("# Dossier")
    assert timeline(bare([])) == ()


def test_a_folder_has_a_page_an_article(dam: Dossier) -> None:
    pages = html.folder(dam)
    index = Tags(pages["index.html"])
    linked = [held["href"] or "" for tag, held in index.tags if tag == "a" and held.get("class") == "go"]
    assert linked
    for href in linked:
        page, _, name = href.partition("#")
        assert name in Tags(pages[page]).marks


def test_two_hundred_articles_make_one_page_that_still_opens() -> None:
    dossier = many(200)
    dossier = replace(dossier, timeline=timeline(dossier))
    made = html.page(dossier)
    assert len(made.encode()) <= html.LIMIT
    assert "This edition shows only the cited lines" in made
    _every_link_lands(made, dossier)


def test_a_page_past_every_limit_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LIMIT", 200_000)
    dossier = many(20)
    made = html.page(dossier)
    assert len(made.encode()) <= 200_000
    assert re.search(r"\d+ of 500 statements", made)


def test_rooms_is_the_views_door() -> None:
    assert {"View", "timeline", "view"} == set(rooms.__all__)


# Hiding


def test_hidden_persons_leave_every_output(dam: Dossier) -> None:
    vost = [actor for actor in dam.actors if actor.name == "Mira Vost"]
    made = invariants.check(without_persons(dam, vost))
    csv_files = b"".join(exports.to_csv(made).values()).decode()
    for output in (html.page(made), exports.to_json(made).decode(), exports.to_markdown(made), csv_files):
        assert "Vost" not in output
        assert "Renn" in output
    assert [r.article.id for r in made.readings] == [r.article.id for r in dam.readings]
    assert "1 person is hidden" in made.problems[-1].text


def test_hidden_comments_keep_every_offset(dam: Dossier) -> None:
    made = invariants.check(without_comments(dam))
    assert "all lies" not in exports.to_json(made).decode()
    assert "We think the strike" not in html.page(made)
    assert made.questions == dam.questions


def test_persons_without_an_office_are_proposed(dam: Dossier) -> None:
    assert [actor.name for actor in private(dam)] == []
    report = Report("a.txt", "Pine Wire", day("2031-02-03")).part("body", "Nurse Ida Holm said no.")
    report.who("Ida Holm")
    assert [actor.name for actor in private(bare([report]))] == ["Ida Holm"]
