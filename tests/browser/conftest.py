"""A real server over a small real index, and a real browser that remembers what it was made to ask for."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, sync_playwright

from kb import open_kb
from kb.peers.assessment.review import Stance
from kb.retrieval.passage import DocumentId
from kb.services import judging, library, members, saved_searches, searching
from kb.services.assessing import concluding, evidence, opening, pinning, replying, reviewing, seats
from kb.services.ingesting import ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring import changing
from kb.services.permission import LOCAL_MEMBER, Role
from kb.services.transferring import concluding as transfer_concluding
from kb.services.transferring import judging as transfer_judging
from kb.services.transferring import opening as transfer_opening
from kb.services.transferring import seats as transfer_seats
from kb.settings import Settings
from kb.ui.state import MEMBER_COOKIE
from tests.browser.visitor import Visitor, new_tab
from tests.directories import partnership, write

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("KB_CHROMIUM", "/usr/bin/chromium")
DOCUMENTS = (  # of the corpus: two PDF, one office file, text in three languages
    "case-studies/common-approach-canada.pdf",
    "guides/judging-transferability.pdf",
    "case-studies/sewa.md",
    "case-studies/quebec-loi-economie-sociale.docx",
    "guides/criteres-cad-pairs-evaluateurs.md",
    "guides/false-friends-social-economy.md",
)
PRACTICES = (  # of the corpus: two that tell of those documents, two that do not; one in Italian
    "cesena-bee-path",
    "finland-extra-reviewer",
    "quebec-social-economy-act",
    "sewa-cooperative-federation",
)
PLACES = ("CA", "CA-QC", "ES", "IN", "IT", "PT")  # of the corpus, with what is asked about each

REVIEWERS = (  # registered members: name, organisation, country
    ("Ana Silva", "Rede Alfa", "PT"),
    ("Bo <b>Lind</b>", "Coompanion", "SE"),
    ("Cy Roux", "RTES", "FR"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no Chromium these tests say so, instead of failing."""
    if not Path(CHROMIUM).is_file():
        for item in items:
            if Path(__file__).parent in Path(item.path).parents:
                item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}; set KB_CHROMIUM"))


@dataclass
class Leak:
    """A server that must never be asked anything."""

    port: int
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def leak() -> Iterator[Leak]:
    found = Leak(0)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


def hostile(port: int) -> str:
    """Markup of every kind that would show, fetch or run something, on one line."""
    return (
        f"<script>alert(1)</script> <img src=x onerror=alert(2)> ![pic](http://127.0.0.1:{port}/md) "
        f"<img src=http://127.0.0.1:{port}/img> [go](javascript:alert(3)) $x^2$ :red[x] :material/check: </div> "
        f"<style>body{{background:url(http://127.0.0.1:{port}/css)}}</style> "
        "<mark>x</mark> `c` **b** ~~s~~ | a -> b &amp; http://www.example.org"
    )


@pytest.fixture(scope="session")
def hostile_line(leak: Leak) -> str:
    return hostile(leak.port)


@pytest.fixture(scope="session")
def small_kb(models: Path, leak: Leak, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Six documents of the corpus and hostile ones, the concepts, four sheets and a broken one, the rubrics; one saved search, one
    judgement, three members, an assessment that was concluded and one that is under way, and so two tests of transferability."""
    root = tmp_path_factory.mktemp("browser")
    settings = Settings(root / "corpus", root / "index")
    settings.index.mkdir(parents=True)
    settings.models.symlink_to(models)
    for name in DOCUMENTS:
        source = ROOT / "corpus" / "documents" / name
        target = settings.documents / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for file in (source, source.with_suffix(".yaml")):
            if file.is_file():
                shutil.copy(file, target.with_name(file.name))
    _write_hostile(settings.documents / "hostile", hostile(leak.port))
    shutil.copytree(ROOT / "corpus" / "concepts", settings.concepts)
    shutil.copytree(ROOT / "corpus" / "rubrics", settings.rubrics)
    shutil.copytree(ROOT / "corpus" / "frameworks", settings.frameworks)
    settings.practices.mkdir()
    for name in PRACTICES:
        shutil.copy(ROOT / "corpus" / "practices" / f"{name}.yaml", settings.practices)
    settings.contexts.mkdir()
    for name in ("indicators", *PLACES):
        shutil.copy(ROOT / "corpus" / "contexts" / f"{name}.yaml", settings.contexts)
    settings.organisations.mkdir()
    for name in ("fermes-d-avenir", "sos-group"):
        shutil.copy(ROOT / "corpus" / "organisations" / f"{name}.yaml", settings.organisations)
    write(settings.partnerships, partnership(lead="fermes-d-avenir", title="Green partnership"))
    (settings.practices / "broken.yaml").write_text("practice: broken\ntitel: <b>Broken</b>\n", encoding="utf-8")
    kb = open_kb(settings)
    ingest(kb, [settings.documents, settings.practices], actor=LOCAL_MEMBER)
    saved_searches.save(kb, "Cooperatives <b>", "cooperatives", actor=LOCAL_MEMBER)
    best = searching.search(kb, "cooperatives", actor=LOCAL_MEMBER).hits[0]
    judging.judge(kb, "cooperatives", best.passage.id, 1, actor=LOCAL_MEMBER)
    for name, organisation, country in REVIEWERS:
        members.add(kb, name, organisation=organisation, country=country, roles=[Role.REVIEWER], actor=LOCAL_MEMBER)
    _assess(kb, "cesena-bee-path", is_ended=True)
    _assess(kb, "sewa-cooperative-federation", is_ended=False)
    _monitor(kb, "sewa-cooperative-federation")
    _test_transfer(kb, "sewa-cooperative-federation", "PT", is_ended=True)
    _test_transfer(kb, "sewa-cooperative-federation", "ES", is_ended=False)
    return settings


def _test_transfer(kb: KnowledgeBase, practice: str, target: str, *, is_ended: bool) -> None:
    """The first two of the reviewers judge; the first has handed in, or both have and it is concluded: one thing blocks, two are
    unknown, on one they are apart."""
    told = transfer_opening.open_test(kb, practice, target, framework="plp-transferability", due="2099-12-20", actor=LOCAL_MEMBER)
    transfer_seats.excuse(kb, told, LOCAL_MEMBER.name, actor=LOCAL_MEMBER)  # who opens a test judges too, unless they say no
    panel = [member for name, _, _ in REVIEWERS[:2] if (member := members.acting_as(kb, name))]
    for member in panel:
        transfer_seats.invite(kb, told, member.name, actor=LOCAL_MEMBER)
    for n, member in enumerate(panel if is_ended else panel[:1]):
        desk = transfer_judging.desk(kb, told, actor=member)
        for at, each in enumerate(desk.framework.criteria):
            said: dict[str, object] = {"reason": f"The {each.name} is told <b>.", "value": at % 3 - 1, "confidence": "medium"}
            said |= {0: {"value": 2 - 3 * n}, 6: {"value": -2}}.get(at, {})
            if at in (1, 7):
                said |= {"value": None, "is_unknown": True, "confidence": None}
            desk = transfer_judging.keep_answer(kb, told, each.name, said, version=desk.version, actor=member)
        points = {"facilitators": ["A law <b>"], "barriers": ["No budget"], "core_kept": ["members own it"]}
        points |= {"adaptations": [{"element": "the bank", "how": "a credit union"}]}
        desk = transfer_judging.keep_overall(kb, told, points, version=desk.version, actor=member)
        transfer_judging.hand_in(kb, told, version=desk.version, actor=member)
    if is_ended:
        transfer_concluding.conclude(kb, told, actor=LOCAL_MEMBER)


def _monitor(kb: KnowledgeBase, practice: str) -> None:
    """An indicator with a baseline, a target, two sources that differ, and a reading that is overdue."""
    indicator = {
        **{"key": "women", "title": "Women <b>", "definition": "Women who are members.", "unit": "women", "direction": "up"},
        **{"frequency": "yearly", "responsible": "SEWA", "first_due": "2021-12-31"},
        **{"baseline": {"value": "100", "date": "2020-12-31"}, "target": {"value": "200", "date": "2030-12-31"}},
    }
    changing.set_indicator(kb, practice, indicator, actor=LOCAL_MEMBER)
    for day, value, source in (("2021-06-01", "120", "Report"), ("2022-06-01", "130", "Report"), ("2022-06-01", "150", "Town")):
        changing.add_reading(kb, practice, "women", day, value, source=source, actor=LOCAL_MEMBER)


def _assess(kb: KnowledgeBase, practice: str, *, is_ended: bool) -> None:
    """The first two of the reviewers take a seat; the first has submitted, or both have and it is concluded."""
    told = opening.open_assessment(kb, practice, "plp-short", due="2099-12-20", actor=LOCAL_MEMBER)
    panel = [member for name, _, _ in REVIEWERS[:2] if (member := members.acting_as(kb, name))]
    for member in panel:
        opening.invite(kb, told, member.name, actor=LOCAL_MEMBER)
        seats.accept(kb, told, actor=member)
    opening.begin(kb, told, actor=LOCAL_MEMBER)
    for n, member in enumerate(panel if is_ended else panel[:1]):
        desk = reviewing.desk(kb, told, actor=member)
        for item in (*desk.rubric.gate_names, *desk.rubric.criterion_names):
            found = evidence.for_item(kb, told, item, actor=member).passages[:1]
            pins = tuple(
                pinning.pin(kb, told, each.passage.id, stance=Stance.FOR, sentence=each.sentence, actor=member) for each in found
            )
            said: dict[str, object] = {"reason": f"The {item} is told with figures.", "pins": pins}
            said |= (
                {"verdict": "yes"}
                if item in desk.rubric.gate_names
                else {"rating": "scored", "score": 4 - n / 2, "confidence": "high"}
            )
            desk = reviewing.keep_answer(kb, told, item, said, version=desk.version, actor=member)
        reviewing.submit(kb, told, version=desk.version, actor=member)
    if is_ended:
        replying.close_reply(kb, told, why="The owner has no time.", actor=LOCAL_MEMBER)
        concluding.conclude(kb, told, actor=LOCAL_MEMBER)


def _write_hostile(folder: Path, line: str) -> None:
    folder.mkdir()
    quoted = "'" + line.replace("'", "''") + "'"
    about = f"title: {quoted}\nauthors: [{quoted}]\norganisation: {quoted}\nlicence: {quoted}\n"
    about += "origin: 'javascript:alert(4)'\ncountries: [IN]\n"
    name = "<img src=x onerror=alert(5)> :red[x] $x$ ![m](javascript:alert(6))"
    (folder / f"{name}.txt").write_text(f"Zebrafinch looms are shared. {line} Zebrafinch looms again.\n", encoding="utf-8")
    (folder / f"{name}.yaml").write_text(about, encoding="utf-8")
    escaped = line.replace("&", "&amp;").replace("<", "&lt;")
    head = f"<title>{escaped}</title></head><body><h1>Quokka {escaped}</h1><h2>{escaped}</h2><p>Quokka weaving {escaped}</p>"
    table = f"<table><tr><th>{escaped}</th></tr><tr><td>{escaped}</td></tr></table><script>alert(7)</script>"
    (folder / "page.html").write_text(f"<html><head>{head}{table}</body></html>", encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: Settings, script: str, log: Path) -> Iterator[str]:
    """Run the app as a person would; gives its address."""
    port = free_port()
    environment = os.environ | {"KB_CORPUS": str(settings.corpus), "KB_INDEX": str(settings.index), "KB_MODEL": settings.model}
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with log.open("wb") as output, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as process:
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:  # refused, or accepted and silent while the model loads
            assert process.poll() is None, "the server ended while starting"
            time.sleep(0.25)
    raise AssertionError("the server did not come up within a minute")


@pytest.fixture(scope="session")
def server(small_kb: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with its file route."""
    with serving(small_kb, "kb/ui/server.py", tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def plain_server(small_kb: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as ``streamlit run app.py``."""
    with serving(small_kb, "app.py", tmp_path_factory.mktemp("log") / "plain.log") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    switches += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
        yield browser
        browser.close()


Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def free_tabs() -> dict[tuple[str, str], list[Visitor]]:
    """Those that no test uses, by server and language. One that has shown the app keeps its scripts compiled: most of the work."""
    return {}


@pytest.fixture
def visit(chromium: Browser, server: str, free_tabs: dict[tuple[str, str], list[Visitor]]) -> Iterator[Visit]:
    """Open a tab: ``visit()``, ``visit(dark=True, width=390)``. All are checked when the test ends."""
    taken: list[tuple[list[Visitor], Visitor]] = []

    def come(
        *, dark: bool = False, width: int = 1280, height: int = 900, at: str = server, locale: str = "en-GB", member: str = ""
    ) -> Visitor:
        free = free_tabs.setdefault((at, locale), [])
        visitor = free.pop() if free else new_tab(chromium, locale)
        taken.append((free, visitor))
        visitor.come(at)
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.page.emulate_media(color_scheme="dark" if dark else "light")
        if member:
            visitor.page.context.add_cookies([{"name": MEMBER_COOKIE, "value": quote(member, safe=""), "url": at}])
        return visitor

    yield come
    for _, visitor in taken:
        visitor.assert_clean()
    for free, visitor in taken:
        visitor.leave()
        free.append(visitor)


@dataclass(frozen=True)
class Places:
    """Addresses of pages worth visiting."""

    pdf: str
    text: str
    hostile: str
    pdf_id: str
    text_id: str
    like: str
    like_document: str


@pytest.fixture(scope="session")
def places(small_kb: Settings) -> Places:
    kb = open_kb(small_kb)
    documents = library.documents(kb, actor=LOCAL_MEMBER)

    def of(media_type: str, folder: str = "") -> tuple[str, str]:
        document = next(each for each in documents if each.media_type == media_type and each.path.startswith(folder))
        passage = max(library.passages(kb, document.id, actor=LOCAL_MEMBER), key=lambda each: len(each.text))
        start, end = passage.sentences[0]
        return f"/document?id={document.id}&passage={passage.id}&mark={start}-{end}", document.id

    pdf, pdf_id = of("application/pdf")
    text, text_id = of("text/markdown", "case-studies")  # not a document that a test has added
    passage = library.passages(kb, DocumentId(text_id), actor=LOCAL_MEMBER)[1]
    similar = f"/similar?like={passage.id}", f"/similar?like_document={text_id}"
    return Places(pdf, text, of("text/plain", "hostile")[0], pdf_id, text_id, *similar)
