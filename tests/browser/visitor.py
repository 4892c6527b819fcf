"""A browser tab of a test: it knows what the server still owes it, and notes what must not happen."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Error, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

IN_LINE = "() => new Promise(done => setTimeout(() => setTimeout(done), 20))"  # Streamlit 1.67 draws what came every 10 ms


@dataclass
class Runs:
    """Whether a run of the script is owed: asked for, and not both begun and ended since then."""

    is_awaited: bool = False
    has_begun: bool = False

    def follow(self, socket: WebSocket) -> None:
        """Read along with a tab and its server. One that has just come asks for its first run."""
        self.asked()
        socket.on("framesent", self.sent)
        socket.on("framereceived", self.received)

    def asked(self) -> None:
        """A run is owed from now on, which has not begun yet."""
        self.is_awaited, self.has_begun = True, False

    def sent(self, frame: str | bytes) -> None:
        """The tab said something to the server."""
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.asked()

    def received(self, frame: str | bytes) -> None:
        """The server said something to the tab."""
        if not isinstance(frame, bytes):
            return
        told = ForwardMsg.FromString(frame)
        if told.WhichOneof("type") == "new_session":
            self.has_begun = True
        elif told.WhichOneof("type") == "script_finished" and self.has_begun:  # else it is the end of an earlier run
            self.is_awaited = told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass
class Visitor:
    """A browser tab that notes what must not happen."""

    page: Page
    server: str = ""
    outside: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)

    def come(self, server: str) -> None:
        """Be new to a server: forget what happened elsewhere, and whatever a page can keep in its browser."""
        self.server, self.outside, self.dialogs, self.errors = server, [], [], []
        self.page.context.clear_cookies()
        session = self.page.context.new_cdp_session(self.page)
        kept = "local_storage,indexeddb,service_workers,cache_storage,file_systems,shared_storage"
        session.send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": kept})
        session.detach()

    def leave(self) -> None:
        """Go where no script runs: of the same server, since then the browser keeps the compiled scripts of the app."""
        self.page.goto(f"{self.server}/_stcore/health")
        self.page.evaluate("sessionStorage.clear()")
        for other in self.page.context.pages:
            if other != self.page:
                other.close()

    def open(self, path: str) -> Page:
        """Go to a page of the app and wait until it is drawn."""
        self.page.goto(self.server + path)
        self.wait()
        return self.page

    def wait(self) -> None:
        """Until the server has answered all that this tab asked for, and the page is drawn.

        The last half is a port of ``wait_for_app_run`` in Streamlit's own tests. It alone is too early where the server is slow to
        begin: the app says that no script runs until it hears of the run that a click asked for.
        """
        self.page.wait_for_timeout(210)  # widgets wait about 200 ms before they report
        until = time.monotonic() + 25
        while self.runs.is_awaited or not self._has_drawn():
            assert time.monotonic() < until, "the server did not run what was asked for within 25 s"
            self.page.wait_for_timeout(20)
        for state in ("data-test-connection-state='CONNECTED'", "data-test-script-state='notRunning'"):
            self.page.locator(f"[data-testid='stApp'][{state}]").wait_for(state="attached", timeout=25_000)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=25_000)

    def _has_drawn(self) -> bool:
        """Stand in line behind what the page has received and not dealt with yet. Not yet, if it goes to another page meanwhile."""
        try:
            self.page.evaluate(IN_LINE)
        except Error:
            return False
        return not self.runs.is_awaited

    def assert_clean(self) -> None:
        """Nothing asked of another host, no dialog, no error in the console."""
        assert (self.outside, self.dialogs, self.errors) == ([], [], [])


def new_tab(chromium: Browser, locale: str) -> Visitor:
    """One of a browser of its own: it shares no cookie with another."""
    visitor = Visitor(chromium.new_context(locale=locale, accept_downloads=True).new_page())
    visitor.page.on("request", lambda request: _note_request(visitor, request.url))
    visitor.page.on("websocket", lambda socket: _note_request(visitor, socket.url))
    visitor.page.on("websocket", visitor.runs.follow)
    visitor.page.on("dialog", lambda dialog: (visitor.dialogs.append(dialog.message), dialog.dismiss()))
    visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
    visitor.page.on("console", lambda message: _note_message(visitor, message))
    return visitor


def _note_request(visitor: Visitor, url: str) -> None:
    ours = visitor.server.split("//")[1]
    if not url.startswith((f"http://{ours}/", f"ws://{ours}/", "data:", "blob:")):
        visitor.outside.append(url)


def _note_message(visitor: Visitor, message: Any) -> None:
    # A page opened by its own address makes the client probe /library/_stcore/…: two harmless 404s (Streamlit 1.67).
    if message.type == "error" and "404" not in message.text:
        visitor.errors.append(message.text)
