"""Formats of others, each read back by a program of others; and what all of them promise."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from dossiers import bare, dam_story, day, many
from invented import story
from secondsource.case import exports
from secondsource.cli.reports import write_dossier
from secondsource.errors import BadInput
from secondsource.model import Dossier
from secondsource.render import parquet
from secondsource.render.foreign import LEFT_OUT
from secondsource.render.formats import FORMATS
from secondsource.render.tables import RUN_BY_SPREADSHEETS, TABLES
from secondsource.render.timeline import timeline
from shelf import Shelf, documents, files, made
from test_render import hostile

DOSSIERS = {"dam": dam_story, "hostile": hostile, "empty": lambda: bare(())}
CONTEXT = {
    # The terms of the Web Annotation context that our documents use, so that no processor asks the network for it.
    "oa": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type", "Annotation": "oa:Annotation",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "describing": "oa:describing", "exact": "oa:exact",
    "prefix": "oa:prefix", "suffix": "oa:suffix", "start": "oa:start", "end": "oa:end",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", DOSSIERS)
def test_equal_dossiers_give_equal_bytes_and_a_list_of_what_is_left_out(name: str, which: str) -> None:
    made, again = FORMATS[name](DOSSIERS[which]()), FORMATS[name](DOSSIERS[which]())
    assert made.with_list() == again.with_list()
    assert made.lost
    assert all(line in made.with_list()[LEFT_OUT].decode() for line in made.lost)
    assert all(re.fullmatch(r"[A-Za-z0-9_./-]+", file) for file in made.files)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_dropped_without_a_word(name: str) -> None:
    """A dossier with less in it is another file, or the format says that it cannot tell."""
    whole = replace(dam_story(), timeline=timeline(dam_story()))
    lost = " ".join(FORMATS[name](whole).lost)
    words = {
        "questions": ("question", "answers"), "positions": ("position",), "incidents": ("incident",), "pledges": ("pledge",),
        "decisions": ("decision",), "problems": ("problem",),
    }  # fmt: skip
    for field, told in words.items():
        less = replace(whole, **{field: ()})
        same = FORMATS[name](less).files == FORMATS[name](whole).files
        assert not same or not getattr(whole, field) or any(word in lost for word in told), (field, lost)


def _rows(name: str) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(FORMATS["csv"](hostile()).files[f"{name}.csv"].decode()))) - 1


def test_csv_holds_no_formula_and_bare_numbers() -> None:
    files = FORMATS["csv"](hostile()).files | FORMATS["acled"](hostile()).files
    for file, payload in files.items():
        if file.endswith(".csv"):
            for row in csv.reader(io.StringIO(payload.decode())):
                assert not any(cell.strip()[:1] in RUN_BY_SPREADSHEETS for cell in row if cell.strip()), row
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](dam_story()).files["figures.csv"].decode())))
    assert sorted((row["low"], row["high"]) for row in rows) == [("4", ""), ("8", "10")]


def test_a_workbook_opens_with_typed_cells_and_no_formula() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = FORMATS["xlsx"](hostile())
    book = openpyxl.load_workbook(io.BytesIO(made.files["dossier.xlsx"]))
    assert book.sheetnames == [*TABLES, "codebook", "left_out"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    for name in TABLES:
        assert book[name].max_row == _rows(name) + 1
    figures = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](dam_story()).files["dossier.xlsx"]))["figures"]
    head = [cell.value for cell in figures[1]]
    low = [row[head.index("low")].value for row in figures.iter_rows(min_row=2)]
    assert sorted(low) == [4, 8]


def test_a_workbook_holds_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"](dam_story()).files["dossier.xlsx"])) as held:
        assert {info.date_time for info in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT", held.read("docProps/core.xml"))) == {b"2000-01-01T"}


def test_a_cell_that_is_too_long_is_cut_and_said_so() -> None:
    story = dam_story()
    first = story.questions[0]
    long = replace(story, questions=(replace(first, reason="𝐀" * 40_000), *story.questions[1:]))
    assert any("longer than" in line for line in FORMATS["xlsx"](long).lost)
    assert not any("longer than" in line for line in FORMATS["xlsx"](story).lost)


@pytest.mark.parametrize("which", DOSSIERS)
def test_duckdb_reads_the_parquet(which: str, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for file, payload in FORMATS["parquet"](DOSSIERS[which]()).files.items():
        (tmp_path / file).write_bytes(payload)
    as_csv = FORMATS["csv"](DOSSIERS[which]()).files
    with duckdb.connect() as base:
        for name, (columns, _) in TABLES.items():
            found = base.sql(f"SELECT * FROM read_parquet('{tmp_path}/{name}.parquet')")
            assert found.columns == list(columns)
            assert len(found.fetchall()) == sum(1 for _ in csv.reader(io.StringIO(as_csv[f"{name}.csv"].decode()))) - 1
        if which == "dam":
            query = f"SELECT counted, low, high FROM '{tmp_path}/figures.parquet' WHERE low > 5"
            assert base.sql(query).fetchall() == [("wounded", 8.0, 10.0)]
            query = f"SELECT verdict FROM '{tmp_path}/answers.parquet' WHERE origins_high >= 1 GROUP BY 1 ORDER BY 1"
            assert [row[0] for row in base.sql(query).fetchall()] == ["conflicting", "denied", "single_origin", "updated"]


def test_every_number_is_a_number_in_parquet() -> None:
    pytest.importorskip("pyarrow")
    numbers = parquet.WHOLE | parquet.BROKEN
    from secondsource.render.lookup import Lookup

    look = Lookup(dam_story())
    for columns, rows in TABLES.values():
        for row in rows(look):
            for column, value in zip(columns, row, strict=True):
                assert value is None or isinstance(value, str) != (column in numbers), column


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"secondsource\[archive\]"):
        FORMATS["parquet"](dam_story())


def test_a_json_ld_processor_reads_the_annotations() -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    made = json.loads(FORMATS["jsonld"](dam_story()).files["dossier.jsonld"])

    def offline(url: str, options: object) -> dict[str, object]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}

    nodes = jsonld.flatten(made, None, {"documentLoader": offline})
    of = {node["@id"]: node for node in nodes}
    notes = [n for n in nodes if "http://www.w3.org/ns/oa#Annotation" in n.get("@type", ())]
    assert len(notes) == sum(len(r.attributions) + len(r.claims) for r in dam_story().readings)
    exact = {v["@value"] for n in nodes for v in n.get("http://www.w3.org/ns/oa#exact", ())}
    assert "will stay shut until the last contract is signed" in exact
    for note in notes:
        assert note["http://www.w3.org/ns/oa#hasBody"][0]["@id"] in of
    assert jsonld.to_rdf(made, {"documentLoader": offline, "format": "application/n-quads"})


@pytest.mark.parametrize("which", ["dam", "hostile"])
def test_followthemoney_takes_every_entity(which: str) -> None:
    ftm = pytest.importorskip("followthemoney")
    proxy = getattr(ftm, "EntityProxy", None) or __import__("followthemoney.proxy", fromlist=["x"]).EntityProxy
    lines = FORMATS["ftm"](DOSSIERS[which]()).files["entities.ftm.json"].splitlines()
    given = {held["id"]: held for held in map(json.loads, lines)}
    assert len(given) == len(lines)
    for held in given.values():
        entity = proxy.from_dict(held, cleaned=False)
        assert entity.schema.name == held["schema"]
        entity.schema.validate({"properties": held["properties"]})
        for name, values in held["properties"].items():
            kept = entity.get(name)
            assert len(kept) == len(set(values)), (held["schema"], name)
            if entity.schema.get(name).type.name == "entity":
                assert set(values) <= set(given), name
    if which == "dam":
        counts = [held["schema"] for held in given.values()]
        assert counts.count("Article") == 4
        assert {"Person", "Mention", "Documentation", "Event"} <= set(counts)


def test_acled_like_is_named_so_and_says_that_it_is_not_acled() -> None:
    made = FORMATS["acled"](dam_story()).files
    assert made["README.txt"].startswith(b"This is not ACLED data")
    table = list(csv.DictReader(io.StringIO(made["acled_like.csv"].decode())))
    assert [(row["event_date"], row["time_precision"], row["n_origins_high"]) for row in table] == [("2031-02-02", "1", "1")]
    assert all(column in made["README.txt"].decode() for column in table[0])


def test_timelinejs_slides_are_dated_and_inert() -> None:
    made = json.loads(FORMATS["timelinejs"](hostile()).files["timeline.json"])
    assert made["events"]
    for event in made["events"]:
        assert set(event["start_date"]) == {"year", "month", "day"}
        for text in event["text"].values():
            assert not re.search(r"<(?!/?(?:p|blockquote|footer)>)", text)
    whole = json.loads(FORMATS["timelinejs"](dam_story()).files["timeline.json"])
    assert {e["group"] for e in whole["events"]} == {"happened", "said", "published"}
    assert len({e["unique_id"] for e in whole["events"]}) == len(whole["events"])


def test_notes_link_to_notes_that_are_there() -> None:
    made = FORMATS["md"](dam_story()).files
    for file, payload in made.items():
        folder = Path(file).parent
        for link in re.findall(r"\]\(([^)#]+\.md)\)", payload.decode()):
            there = "/".join(part for part in (folder / link).as_posix().split("/") if part)
            there = re.sub(r"[^/]+/\.\./", "", there)
            assert there in made, (file, link)
    assert made["index.md"].startswith(b"# Dossier")


def test_front_matter_ends_where_it_should() -> None:
    for file, payload in FORMATS["md"](hostile()).files.items():
        if file != "index.md":
            _, front, rest = payload.decode().split("---\n", 2)
            assert all(re.match(r"[a-z0-9_]+: ", line) for line in front.splitlines()), front
            assert rest.startswith("# ")


def test_a_large_dossier_in_every_format() -> None:
    large: Dossier = many(40)
    for name, write in FORMATS.items():
        assert write(large).rows or name == "acled"


def test_precision_of_days() -> None:
    from secondsource.render.foreign import precision

    spans = (None, day("2031-02-03"), day("2031-02-03", "2031-02-06"), day("2031-02-01", "2031-03-01"))
    assert [precision(when) for when in spans] == [None, 1, 2, 3]


def test_a_case_exports_every_format_without_clock_name_or_path(tmp_path: Path) -> None:
    """Two cases with other names, made on other days by other people from the same reports: the same bytes."""
    written = []
    for name, at in (("Secret name", "2031-06-01T08:00:17Z"), ("Another", "2031-08-09T10:11:12Z")):
        shelf = Shelf()
        with made(tmp_path / name, shelf, name) as case:
            case.add(documents(shelf, story([3, 8, 21])), at=at, by=f"by {name}")
            for form in FORMATS:
                done = exports.FORMATS[form](case, tmp_path / f"out {name}" / form, False)
                assert done.lost
                assert any("comments" in line for line in done.lost)
        written.append(files(tmp_path / f"out {name}"))
    assert written[0] == written[1]
    for form in FORMATS:
        assert f"{form}/{LEFT_OUT}" in written[0]
    held = b"".join(written[0].values())
    for word in (b"Secret name", str(tmp_path).encode(), b"08:00:17"):
        assert word not in held


def test_a_workbook_by_the_suffix_of_a_file(tmp_path: Path) -> None:
    write_dossier(dam_story(), [str(tmp_path / "d.xlsx")], no_text=False, with_comments=True, quiet=True)
    assert (tmp_path / "d.xlsx").read_bytes() == FORMATS["xlsx"](dam_story()).files["dossier.xlsx"]
