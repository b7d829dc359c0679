"""A served case in a real browser, over a real socket of this machine. Without a browser these tests say what they skipped."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import browser as chromium
from browser import Browser, Tab
from invented import Draft, story
from shelf import AT, Shelf, documents, made
from test_page import axe

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium.path() is None, reason="no Chromium here: the served pages were not opened"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that `serve` prints, with its token."""
    shelf, folder = Shelf(), tmp_path_factory.mktemp("served") / "case"
    with made(folder, shelf, "Lisk bridge") as case:
        draft = Draft("toll.txt", "Lisk Courier", "2031-03-05").tell("Rain fell on Lisk.")
        draft.say("Orla Venn", "the bridge would stay open all winter").toll(12)
        case.add(documents(shelf, [draft, *story([3, 8, 21, 30])]), at=AT)
    command = [sys.executable, "-m", "secondsource.cli", "serve", str(folder), "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.send_signal(signal.SIGINT)
    process.stdout.close()
    assert process.wait(30) in {0, -signal.SIGINT}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


def opened(browser: Browser, url: str, **how: Any) -> Tab:
    where = SimpleNamespace(resolve=lambda: SimpleNamespace(as_uri=lambda: url))
    return browser.open(where, **how)  # type: ignore[arg-type]


def elsewhere(tab: Tab, url: str) -> list[str]:
    """Addresses of other servers that the page asked for."""
    home = url.partition("/?")[0]
    return [asked for asked in tab.asked_for() if not asked.startswith(home)]


def asked(tab: Tab, selector: str, method: str) -> dict[str, Any]:
    """What a method says of an element, scripts or no scripts. A document may be swapped meanwhile: then the next is asked."""
    while True:
        with suppress(AssertionError):
            document = tab.send("DOM.getDocument", depth=0)["root"]["nodeId"]
            if node := tab.send("DOM.querySelector", nodeId=document, selector=selector)["nodeId"]:
                return tab.send(method, nodeId=node)
        tab.browser.wait("DOM.documentUpdated", tab.session)  # fails when none comes


def text(tab: Tab, selector: str) -> str:
    return str(asked(tab, selector, "DOM.getOuterHTML")["outerHTML"])


def click(tab: Tab, selector: str) -> None:
    """Press an element with the mouse."""
    asked(tab, selector, "DOM.scrollIntoViewIfNeeded")
    box = asked(tab, selector, "DOM.getBoxModel")["model"]["content"]
    x, y = (box[0] + box[4]) / 2, (box[1] + box[5]) / 2
    for kind in ("mousePressed", "mouseReleased"):
        tab.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def follow(tab: Tab, selector: str) -> None:
    """Press an element that leads to another page, and wait until that one is loaded."""
    tab.browser.events[:] = [e for e in tab.browser.events if e.get("method") != "Page.frameNavigated"]
    click(tab, selector)
    tab.loaded(tab.browser.wait("Page.frameNavigated", tab.session)["params"]["frame"]["loaderId"])


def test_search_and_a_decision_with_scripts_off(browser: Browser, address: str) -> None:
    tab = opened(browser, address, scripts=False)
    assert "Lisk bridge" in text(tab, "header")
    click(tab, "#q")
    tab.send("Input.insertText", text="winter")
    follow(tab, ".find button")
    assert "stay open all winter" in text(tab, "main .lines .line q")
    follow(tab, "main .lines a.go")
    assert "stay open all winter" in text(tab, "main .place mark:last-of-type")
    click(tab, "details.ruling summary")
    click(tab, "details.ruling input[name=by]")
    tab.send("Input.insertText", text="I. Analyst")
    follow(tab, "details.ruling button")
    assert "Kept: the line is right, by I. Analyst" in text(tab, "main .kept")
    assert elsewhere(tab, address) == []
    refused = [e["params"]["entry"]["text"] for e in tab.events("Log.entryAdded")]
    assert refused == []
    tab.close()


def test_a_tab_without_the_token_sees_nothing_of_it(browser: Browser, address: str) -> None:
    assert "token=" in address
    with Browser() as stranger:
        tab = opened(stranger, address.partition("?")[0])
        assert "no token" in text(tab, "body")
        tab.close()


@pytest.mark.parametrize("wide", [320, 390, 1280])
@pytest.mark.parametrize(
    "path", ["", "section/said", "section/one", "search?q=the", "review", "trace", "section/origins", "articles"]
)
def test_no_width_needs_sideways_scroll(browser: Browser, address: str, wide: int, path: str) -> None:
    home, _, token = address.partition("/?")
    tab = opened(browser, f"{home}/{path}{'&' if '?' in path else '?'}{token}", wide=wide, high=640)
    assert tab.ask("document.documentElement.scrollWidth") <= wide
    if folder := os.environ.get("SECONDSOURCE_PICTURES"):
        tab.picture(Path(folder) / f"served-{wide}-{path.partition('?')[0].replace('/', '-') or 'front'}.png")
    tab.close()


@pytest.mark.parametrize("path", ["", "search?q=the", "review", "trace", "articles", "section/said"])
def test_no_violation_of_wcag_a_or_aa(browser: Browser, address: str, path: str) -> None:
    script = axe()
    if script is None:
        pytest.skip("axe-core is not installed (npm install axe-core, or AXE_CORE=…/axe.min.js): no accessibility audit")
    home, _, token = address.partition("/?")
    tab = opened(browser, f"{home}/{path}{'&' if '?' in path else '?'}{token}", bypass=True)
    tab.ask(script.read_text(encoding="utf-8") + ";0")
    tab.ask("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    tab.ask(f"axe.run(document, {{ runOnly: {json.dumps(tags)} }}).then((r) => {{ window.audit = r; }})")
    assert tab.ask("audit.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html])") == []
    tab.close()


def test_a_host_that_is_not_this_machine_needs_a_word(tmp_path: Path) -> None:
    shelf = Shelf()
    made(tmp_path / "case", shelf).close()
    command = [sys.executable, "-m", "secondsource.cli", "serve", str(tmp_path / "case"), "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode == 2
    assert "--open-to-network" in done.stderr
