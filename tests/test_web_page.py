"""A served case in a real browser, over a real socket of this machine. Without a browser these tests say what they skipped."""

import json
import os
import signal
import subprocess
import sys
import time
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


def found(tab: Tab, selector: str) -> int:
    """An element's node, scripts or no scripts; the page may still be on its way."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(AssertionError):  # the page that was asked has just gone
            document = tab.send("DOM.getDocument", depth=0)["root"]["nodeId"]
            if node := tab.send("DOM.querySelector", nodeId=document, selector=selector)["nodeId"]:
                return int(node)
        time.sleep(0.05)
    raise AssertionError(f"no {selector}")


def text(tab: Tab, selector: str) -> str:
    return str(tab.send("DOM.getOuterHTML", nodeId=found(tab, selector))["outerHTML"])


def click(tab: Tab, selector: str) -> None:
    """Press an element with the mouse, and wait for the page that comes."""
    node = found(tab, selector)
    tab.send("DOM.scrollIntoViewIfNeeded", nodeId=node)
    box = tab.send("DOM.getBoxModel", nodeId=node)["model"]["content"]
    x, y = (box[0] + box[4]) / 2, (box[1] + box[5]) / 2
    for kind in ("mousePressed", "mouseReleased"):
        tab.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def test_search_and_a_decision_with_scripts_off(browser: Browser, address: str) -> None:
    tab = opened(browser, address, scripts=False)
    assert "Lisk bridge" in text(tab, "header")
    click(tab, "#q")
    tab.send("Input.insertText", text="winter")
    click(tab, ".find button")
    assert "stay open all winter" in text(tab, "main .lines .line q")
    click(tab, "main .lines a.go")
    assert "stay open all winter" in text(tab, "main .place mark:last-of-type")
    click(tab, "details.ruling summary")
    click(tab, "details.ruling input[name=by]")
    tab.send("Input.insertText", text="I. Analyst")
    click(tab, "details.ruling button")
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
