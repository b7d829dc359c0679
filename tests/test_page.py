"""The page in a real browser. Without one these tests say what they skipped."""

import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

import browser as chromium
from browser import Browser, Tab
from dossiers import dam_story, many
from secondsource.model import Dossier
from secondsource.render import html
from secondsource.render.dossier import timeline, view
from secondsource.render.lookup import Lookup
from test_render import hostile

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium.path() is None, reason="no Chromium here: the page was not opened, printed or audited"),
]
FIRST_PAINT = 1000  # milliseconds
MARKS = "Object.fromEntries([...document.querySelectorAll('mark')].map((m) => [m.id, m.textContent]))"
IN_SIGHT = "((box) => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector(':target').getBoundingClientRect())"
ACTIVE = "img, iframe, object, embed, base, form[action], math, video, [onerror], [onload], [style]"
LINKS = "[...document.querySelectorAll('a[href^=\"#w-\"]')].map((a) => a.hash.slice(1))"


def axe() -> Path | None:
    """axe-core's script: where AXE_CORE says, from npm beside the repository, or from the Python package that carries one."""
    given = os.environ.get("AXE_CORE")
    beside = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
    carried = importlib.util.find_spec("axe_core_python")
    inside = Path(carried.origin).parent / "axe.min.js" if carried and carried.origin else None
    return next((p for p in (Path(given) if given else None, beside, inside) if p and p.exists()), None)


def dated(dossier: Dossier) -> Dossier:
    return replace(dossier, timeline=timeline(dossier))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _written(tmp_path_factory, dated(dam_story()))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _written(tmp_path_factory, dated(many(200)))


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _written(tmp_path_factory, hostile())


def _written(factory: pytest.TempPathFactory, dossier: Dossier) -> Path:
    file = factory.mktemp("page") / "dossier.html"
    file.write_text(html.page(dossier), encoding="utf-8")
    return file


def _quotes(dossier: Dossier) -> dict[str, str]:
    look = Lookup(dossier)
    view(look)
    return {anchor: quote.exact for held in look.cited.values() for anchor, quote in held.items()}


def _calm(tab: Tab) -> None:
    assert tab.asked_for() == []
    assert tab.events("Page.javascriptDialogOpening") == []
    assert tab.events("Runtime.exceptionThrown") == []
    refused = [e["params"]["entry"]["text"] for e in tab.events("Log.entryAdded")]
    assert refused == []


def test_no_request_leaves_and_nothing_is_refused(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    tab.press("7", "j", "o", "o", "?", "Escape")
    _calm(tab)
    tab.close()


def test_every_link_lands_on_a_mark_whose_text_is_the_quote(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    quotes, marks, links = _quotes(dated(dam_story())), tab.ask(MARKS), tab.ask(LINKS)
    assert links
    for name in links:
        assert marks[name] == quotes[name]
    last = links[-1]
    tab.ask(f"document.querySelector('a[href=\"#{last}\"]').click()")
    assert tab.ask("document.querySelector(':target').id") == last
    assert tab.ask(IN_SIGHT)
    tab.close()


def test_the_page_is_read_with_scripts_off(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam, scripts=False, fragment="#" + next(iter(_quotes(dated(dam_story())))))
    document = tab.send("DOM.getDocument", depth=0)["root"]["nodeId"]
    for what in ("#glance", "#contested .answer", "#said .line", "#articles mark:target"):
        node = tab.send("DOM.querySelector", nodeId=document, selector=what)["nodeId"]
        assert node, what
        box = tab.send("DOM.getBoxModel", nodeId=node)["model"]
        assert box["width"] > 20, what
        assert box["height"] > 10, what
    tab.close()


@pytest.mark.parametrize("which", ["dam", "attack", "large"])
@pytest.mark.parametrize("wide", [320, 390, 1280])
def test_no_width_needs_sideways_scroll(browser: Browser, request: pytest.FixtureRequest, which: str, wide: int) -> None:
    tab = browser.open(request.getfixturevalue(which), wide=wide, high=640)
    assert tab.ask("document.documentElement.scrollWidth") <= wide
    tab.close()


def test_dark_is_dark(browser: Browser, dam: Path) -> None:
    colours = []
    for dark in (False, True):
        tab = browser.open(dam, dark=dark)
        colours.append(
            tab.ask("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b)")
        )
        tab.close()
    assert colours[0] > 600
    assert colours[1] < 150


@pytest.mark.parametrize(("wide", "dark"), [(1280, False), (1280, True), (390, False)])
def test_no_violation_of_wcag_a_or_aa(browser: Browser, dam: Path, wide: int, dark: bool) -> None:
    script = axe()
    if script is None:
        pytest.skip("axe-core is not installed (npm install axe-core, or AXE_CORE=…/axe.min.js): no accessibility audit")
    tab = browser.open(dam, wide=wide, dark=dark, bypass=True)
    tab.ask(script.read_text(encoding="utf-8") + ";0")
    tab.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    tab.ask(f"axe.run(document, {{ runOnly: {json.dumps(tags)} }}).then((r) => {{ window.audit = r; }})")
    assert tab.ask("audit.passes.length") > 20
    assert tab.ask("audit.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html])") == []
    tab.close()


def test_the_words_of_a_contested_figure_are_few_keys_away(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    keys = ["7", "j", "o"]
    tab.press(*keys)
    assert len(keys) <= 8
    words = tab.ask("document.querySelector(':target').textContent")
    assert words == "At least 4 workers were hurt"
    tab.press("o")
    assert tab.ask("document.querySelector('.current').textContent").count("At least 4")
    tab.close()


def test_keyboard_alone_without_single_keys(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    keys = 0
    for _ in range(8):
        tab.press("Tab")
        keys += 1
        if tab.ask("document.activeElement.hash") == "#contested" and keys == 1:
            tab.press("Enter")
            keys += 1
        if tab.ask("document.activeElement.matches('#contested .go')"):
            tab.press("Enter")
            keys += 1
            break
    assert keys <= 8
    assert tab.ask("document.querySelector(':target').matches('mark')")
    tab.close()


def test_single_keys_can_be_turned_off(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    tab.press("?")
    assert tab.ask("document.querySelector('dialog').open")
    tab.ask("document.querySelector('#keys-on').click()")
    tab.press("Escape", "7", "j")
    assert tab.ask("document.querySelector('.current')") is None
    tab.close()


def test_filters_count_what_they_show(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    tab.press("/")
    assert tab.ask("document.activeElement.id") == "find"
    tab.ask(
        "(() => { const s = document.querySelector('#by-kind'); s.value = 'demand'; s.dispatchEvent(new Event('change')); })()"
    )
    assert tab.ask("document.querySelector('#found').textContent") == "2 statements"
    assert tab.ask("[...document.querySelectorAll('#statements > li')].filter((l) => !l.hidden).length") == 2
    tab.close()


def test_a_line_is_copied_with_its_chain_and_its_place(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    tab.ask("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    tab.ask("[...document.querySelectorAll('#statements > li')].find((l) => l.textContent.includes('Aldo Renn')).click()")
    tab.ask("document.querySelector('.tools button').click()")
    sentence = tab.ask("window.copied")
    assert "Aldo Renn (Director) told: nobody had been locked out" in sentence
    assert "told Radio Fjord → in Pine Wire, 2031-02-03" in sentence
    assert "1 origin" in sentence
    tab.ask("document.querySelectorAll('.tools button')[1].click()")
    assert tab.ask("window.copied").startswith(
        "“nobody had been locked out” Pine Wire, “Dam workers walk out at Kelda”, 2031-02-03"
    )
    tab.close()


def test_print_holds_all_evidence(browser: Browser, dam: Path) -> None:
    tab = browser.open(dam)
    printed = tab.printed()
    assert printed.startswith(b"%PDF")
    tab.close()
    tab = browser.open(dam, media="print")
    shown = tab.ask("document.querySelector('#endnotes').innerText.replace(/\\s+/g, ' ')")
    spoken = [q.exact for r in dam_story().readings for a in r.attributions for q in a.content]
    spoken += [q.exact for r in dam_story().readings for f in r.figures for q in f.evidence]
    for words in spoken:
        assert words in shown
    assert tab.ask("getComputedStyle(document.querySelector('.sections')).display") == "none"
    tab.close()
    if importlib.util.find_spec("pypdfium2") is None:
        pytest.skip("pypdfium2 is not installed: the PDF's own text was not read")
    import pypdfium2

    pages = pypdfium2.PdfDocument(printed)
    text = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    for words in spoken:
        assert words in text


def test_hostile_text_is_inert(browser: Browser, attack: Path) -> None:
    tab = browser.open(attack)
    tab.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    tab.ask("new Promise((done) => setTimeout(done, 300))")
    _calm(tab)
    assert tab.ask("document.scripts.length") == 1
    assert tab.ask(f"document.querySelectorAll('{ACTIVE}').length") == 0
    quotes, marks = _quotes(hostile()), tab.ask(MARKS)
    for name in tab.ask(LINKS):
        assert marks[name] == quotes[name].replace("\x00", "\u2400")
    tab.close()


def test_a_large_page_paints_at_once(browser: Browser, large: Path) -> None:
    tab = browser.open(large)
    assert tab.ask("performance.getEntriesByName('first-contentful-paint')[0].startTime") <= FIRST_PAINT
    assert tab.ask("document.querySelectorAll('#statements > li').length") == 5000
    tab.close()
