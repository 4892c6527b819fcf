"""The app with its file route and security headers: ``streamlit run kb/ui/server.py``.

``streamlit run app.py`` shows the same pages without the route.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import Route

from kb.errors import KBError
from kb.ui import files

APP = Path(__file__).parents[2] / "app.py"
HEADERS = {
    "Referrer-Policy": "no-referrer",  # a question stands in the URL; no other site needs to know it
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # The last line of defence should a document's text ever become markup: nothing is fetched from, or sent to, another host.
    # 'unsafe-inline' and 'wasm-unsafe-eval' are what Streamlit's own page needs (its e2e_playwright/conftest.py).
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data:; worker-src 'self' blob:; "
        "frame-src 'self' blob:; object-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
}
_log = logging.getLogger("kb.ui")


class SecurityHeaders:
    """ASGI middleware that adds :data:`HEADERS` to every HTTP answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass everything on; touch only the start of an HTTP answer."""

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *(pair for pair in extra if pair[0] not in present)]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Sign links from now on, and load the model before the first question comes."""
    files.start()
    await run_in_threadpool(_warm)
    yield
    files.stop()


def _warm() -> None:
    from kb.ui import state  # here, not above: Streamlit's caches need its runtime to be up

    try:
        state.kb().warm()
    except KBError as error:  # the pages will say it to whoever comes; a server that explains beats one that does not start
        _log.warning("not warmed up: %s", error)
    except Exception:  # noqa: BLE001  # a bug in warming up must not keep the pages from explaining themselves
        _log.exception("not warmed up")
    gc.collect()
    gc.freeze()  # the model and the index live as long as the process: no collection needs to look at them again


app = st.App(
    APP,
    routes=[Route(files.PATH, files.serve, methods=["GET", "HEAD"])],
    middleware=[Middleware(SecurityHeaders)],
    lifespan=lifespan,
)
