"""Runs the app in-process (AppTest) over a chosen knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services.ingesting import ingest
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

APP = Path(__file__).parents[2] / "app.py"
HOSTILE = "<script>alert(1)</script> ![x](http://127.0.0.1:9/leak) [x](javascript:alert(1)) $x^2$ :red[x] </div>"
HOSTILE += "<style>*{display:none}</style>"
OpenApp = Callable[..., AppTest]
_opened: list[Settings] = []


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once() -> Iterator[None]:
    """Each new AppTest reads what every installed package says of itself, for components that Streamlit may show: once will do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Run the app over ``settings``: at a page ("library"), with URL parameters, in a browser's language."""

    def run(settings: Settings, page: str = "", *, locale: str = "en-GB", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("KB_CORPUS", str(settings.corpus))
        monkeypatch.setenv("KB_INDEX", str(settings.index))
        monkeypatch.setenv("KB_MODEL", settings.model)
        monkeypatch.setenv("KB_DATABASE_URL", settings.database_url)
        if settings not in _opened:  # one at a time: the model stays loaded from test to test
            _opened[:] = [settings]
            st.cache_resource.clear()
        st.cache_data.clear()
        app = AppTest.from_file(str(APP), default_timeout=30)
        app.context = {"locale": locale}
        if page:
            app.run()
            app.switch_page(f"kb/ui/views/{page}.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return run


@pytest.fixture
def own_records(built_kb: Settings, tmp_path: Path) -> Settings:
    """The sample corpus, with members' records of the test's own: what one test judges or saves, no other sees."""
    return replace(built_kb, database_url=f"sqlite:///{tmp_path / 'records.sqlite'}")


@pytest.fixture
def empty_kb(tmp_path: Path) -> Settings:
    """A knowledge base into which nothing was ever ingested."""
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


@pytest.fixture(scope="session")
def hostile_kb(built_kb: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One document with markup of every kind in title, author, organisation, heading, text and table."""
    root = tmp_path_factory.mktemp("hostile")
    settings = Settings(root / "corpus", root / "index", model=built_kb.model)
    settings.documents.mkdir(parents=True)
    settings.index.mkdir()
    settings.models.symlink_to(built_kb.models)
    title = HOSTILE.replace('"', "'")
    (settings.documents / "hostile.txt").write_text(
        f"A note on looms.\n\n{HOSTILE} Looms are {HOSTILE} shared.\n", encoding="utf-8"
    )
    (settings.documents / "hostile.yaml").write_text(
        f'title: "{title}"\nauthors: ["{title}"]\norganisation: "{title}"\nlicence: "{title}"\norigin: "javascript:alert(1)"\n'
        'countries: [IN]\nthemes: ["<b>theme</b>"]\nvisibility: public\n',
        encoding="utf-8",
    )
    ingest(open_kb(settings), [settings.documents], actor=LOCAL_MEMBER)
    return settings
