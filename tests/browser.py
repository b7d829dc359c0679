"""A headless Chromium, driven over a pipe with the standard library only: pages are opened, asked and printed.

No driver, no download: the protocol is JSON with a zero byte between messages, on two file descriptors.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def path() -> str | None:
    """The browser's path, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One browser process with its own empty profile."""

    def __init__(self, seconds: float = 60) -> None:
        self.profile = tempfile.mkdtemp(prefix="page-")
        self.seconds = seconds
        to_read, self.write_end = os.pipe()
        self.read_end, to_write = os.pipe()

        def pipes() -> None:
            # The protocol's ends are 3 (in) and 4 (out); a high copy first, so that neither overwrites the other.
            low, high = os.dup(to_read), os.dup(to_write)
            os.dup2(low, 3)
            os.dup2(high, 4)

        program = path()
        assert program, "no browser"
        self.process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=pipes, pass_fds=(3, 4), start_new_session=True,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        self.buffer = b""
        self.number = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.write_end)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)  # its own session: only what this object started
            self.process.wait()
        os.close(self.read_end)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method: str, session: str | None = None, **given: object) -> dict[str, Any]:
        """Call a method of the protocol and wait for its answer; events that come meanwhile are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": given} | ({"sessionId": session} if session else {})
        payload = json.dumps(message).encode() + b"\0"
        while payload:
            payload = payload[os.write(self.write_end, payload) :]
        end = time.monotonic() + self.seconds
        while True:
            answer = self._next(end)
            if answer.get("id") == self.number:
                assert "error" not in answer, f"{method}: {answer.get('error')}"
                return answer["result"]
            self.events.append(answer)

    def _next(self, end: float) -> dict[str, Any]:
        while b"\0" not in self.buffer:
            left = end - time.monotonic()
            assert left > 0, "the browser does not answer"
            if select.select([self.read_end], [], [], left)[0]:
                data = os.read(self.read_end, 1 << 20)
                assert data, "the browser is gone"
                self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def wait(self, method: str, session: str) -> dict[str, Any]:
        """The next event of this name."""
        end = time.monotonic() + self.seconds
        while True:
            for place, event in enumerate(self.events):
                if event.get("method") == method and event.get("sessionId") == session:
                    return self.events.pop(place)
            self.events.append(self._next(end))

    def open(self, file: Path, **how: object) -> "Tab":
        """A tab with the file loaded; see Tab."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Tab(self, target, session, file, **how)  # type: ignore[arg-type]


class Tab:
    """A page in the browser. `requests` and `dialogs` hold what it asked for since it was opened, its own file left out."""

    def __init__(
        self, browser: Browser, target: str, session: str, file: Path, *, wide: int = 1280, high: int = 800,
        scripts: bool = True, dark: bool = False, media: str = "", fragment: str = "", bypass: bool = False,
    ) -> None:  # fmt: skip
        self.browser, self.target, self.session = browser, target, session
        self.url = file.resolve().as_uri()
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.send(f"{domain}.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=wide, height=high, deviceScaleFactor=1, mobile=wide < 700)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", media=media, features=features)
        if not scripts:
            self.send("Emulation.setScriptExecutionDisabled", value=True)
        if bypass:
            self.send("Page.setBypassCSP", enabled=True)
        self.send("Page.setLifecycleEventsEnabled", enabled=True)
        started = time.monotonic()
        self.loaded(self.send("Page.navigate", url=self.url + fragment)["loaderId"])
        self.seconds = time.monotonic() - started

    def send(self, method: str, **given: object) -> dict[str, Any]:
        return self.browser.send(method, self.session, **given)

    def loaded(self, loader: str) -> None:
        """Wait until the document of this loader is there; the blank page before it has another."""
        while True:
            event = self.browser.wait("Page.lifecycleEvent", self.session)["params"]
            if (event["loaderId"], event["name"]) == (loader, "load"):
                return

    def ask(self, code: str) -> Any:
        """The value of an expression of script."""
        answer = self.send("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, by their `key` value."""
        for key in keys:
            text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 else {}
            codes = {"Tab": 9, "Enter": 13, "Escape": 27}
            code = codes.get(key, ord(key.upper()[0]) if len(key) == 1 else 0)
            shift = {"modifiers": 8} if key == "?" else {}
            self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text, **shift)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code, **shift)
        self.ask("new Promise((done) => setTimeout(done, 60))")

    def picture(self, to: Path, *, whole: bool = False) -> None:
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        to.write_bytes(base64.b64decode(answer["data"]))

    def printed(self) -> bytes:
        """The page as PDF."""
        return base64.b64decode(self.send("Page.printToPDF", printBackground=False)["data"])

    def asked_for(self) -> list[str]:
        """Addresses that the page asked for, other than its own file and data."""
        found = [
            e["params"]["request"]["url"]
            for e in self.browser.events
            if e.get("sessionId") == self.session and e.get("method") == "Network.requestWillBeSent"
        ]
        return [url for url in found if not url.startswith((self.url, "data:"))]

    def events(self, method: str) -> list[dict[str, Any]]:
        return [e for e in self.browser.events if e.get("sessionId") == self.session and e.get("method") == method]

    def close(self) -> None:
        self.browser.send("Target.closeTarget", targetId=self.target)
