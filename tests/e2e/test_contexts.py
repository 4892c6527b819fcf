"""Context profiles from the file to the answer: ingested, searched, measured, looked at from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import FakeEncoder, FakeModels

from kb import cli, open_kb
from kb.bootstrap import open_measures
from kb.errors import NotFound
from kb.retrieval.answer import Filters, Legs
from kb.retrieval.catalog import FileState
from kb.retrieval.evaluation import means
from kb.retrieval.judged import Answer, Judged, JudgedSet
from kb.services import contexts, library
from kb.services.evaluating import evaluate
from kb.services.ingesting import IngestReport, ingest
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search
from kb.settings import Settings
from tests import places

Typed = Callable[..., Result]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Portugal and Spain, and a document about co-operatives in Portugal; read for real, with a fake model."""
    encoder = FakeEncoder()
    made = open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake"))
    kb = replace(made, models=FakeModels(), encoder=lambda: encoder)
    places.write(kb.contexts.folder, PT=places.PORTUGAL, ES=places.raw("ES", {"population": "40000000", "frame-law": "no"}))
    (kb.documents / "guides").mkdir(parents=True)
    (kb.documents / "guides" / "law.md").write_text(
        "---\ncountries: [PT]\n---\n# The law\n\nThe register of the law is kept by a house.\n", encoding="utf-8"
    )
    return kb


def read_in(kb: KnowledgeBase) -> dict[str, FileState]:
    return states(ingest(kb, [kb.documents, kb.contexts.folder], actor=LOCAL_MEMBER))


def states(report: IngestReport) -> dict[str, FileState]:
    return {entry.path: entry.state for entry in report.files}


def test_a_profile_is_found_by_what_it_says_as_a_document_about_its_country(kb: KnowledgeBase) -> None:
    assert read_in(kb) == dict.fromkeys(["context:ES.yaml", "context:PT.yaml", "guides/law.md"], FileState.INDEXED)

    hits = search(kb, "law asks for a register", actor=LOCAL_MEMBER, mark=False).hits

    assert sorted(hit.path for hit in hits) == ["context:ES.yaml", "context:PT.yaml", "guides/law.md"]  # each profile once
    profile = next(hit for hit in hits if hit.path == "context:PT.yaml")
    assert profile.passage.heading_path == ("Context profile: Portugal", "Portugal: legal framework")
    assert (profile.metadata.context, profile.metadata.kind, profile.metadata.countries) == ("PT", "context-profile", ("PT",))
    for filters in (Filters(kinds=frozenset({"context-profile"})), Filters(countries=frozenset({"ES"}))):
        found = search(kb, "law", actor=LOCAL_MEMBER, mark=False, filters=filters).hits
        assert {hit.metadata.context for hit in found} <= {"PT", "ES"}
    asked = search(kb, "law kind:context-profile country:PT", actor=LOCAL_MEMBER, mark=False)
    assert {hit.path for hit in asked.hits} == {"context:PT.yaml"}


def test_a_profile_and_its_document_lead_to_each_other(kb: KnowledgeBase) -> None:
    read_in(kb)
    identity = contexts.context(kb, "PT", actor=LOCAL_MEMBER).document_id

    assert identity is not None
    assert library.document(kb, identity, actor=LOCAL_MEMBER).metadata.context == "PT"
    assert library.file(kb, identity, actor=LOCAL_MEMBER) == kb.contexts.folder / "PT.yaml"
    about = contexts.documents_about(kb, "PT", actor=LOCAL_MEMBER)
    assert sorted(each.path for each in about.documents.values()) == ["context:PT.yaml", "guides/law.md"]


def test_it_is_read_again_when_it_or_what_is_asked_changes_and_is_gone_when_its_file_is(kb: KnowledgeBase) -> None:
    read_in(kb)
    assert set(read_in(kb).values()) == {FileState.UNCHANGED}

    asked = kb.contexts.folder / "indicators.yaml"
    asked.write_text(places.INDICATORS.replace("title: Frame law", "title: Law that frames"), encoding="utf-8")
    assert read_in(kb) == {
        "context:ES.yaml": FileState.INDEXED, "context:PT.yaml": FileState.INDEXED, "guides/law.md": FileState.UNCHANGED,
    }  # fmt: skip
    identity = contexts.context(kb, "PT", actor=LOCAL_MEMBER).document_id
    assert identity is not None
    assert "Law that frames: yes" in library.document(kb, identity, actor=LOCAL_MEMBER).text

    (kb.contexts.folder / "ES.yaml").unlink()
    assert read_in(kb)["context:ES.yaml"] is FileState.REMOVED


def test_a_faulty_profile_is_listed_as_failed_and_the_rest_is_read(kb: KnowledgeBase) -> None:
    places.write(kb.contexts.folder, ES=places.raw("ES", {"frame-law": "perhaps"}))
    report = ingest(kb, [kb.contexts.folder], actor=LOCAL_MEMBER)

    assert states(report) == {"context:ES.yaml": FileState.FAILED, "context:PT.yaml": FileState.INDEXED}
    assert report.files[0].reason.endswith("see kb context check ES")


def test_a_rebuild_without_paths_reads_profiles_too(kb: KnowledgeBase) -> None:
    read_in(kb)

    assert states(ingest(kb, [], actor=LOCAL_MEMBER, rebuild=True)) == dict.fromkeys(
        ["context:ES.yaml", "context:PT.yaml", "guides/law.md"], FileState.INDEXED
    )


def test_no_document_can_say_that_it_is_a_profile(kb: KnowledgeBase) -> None:
    (kb.documents / "posing.md").write_text(
        "---\ncontext: PT\nkind: context-profile\n---\n# Posing\n\nI am PT.\n", encoding="utf-8"
    )
    read_in(kb)

    posing = next(each for each in kb.catalog.documents() if each.path == "posing.md")

    assert (posing.metadata.context, posing.metadata.kind) == ("", "document")


QUESTION = "a law names whom it means and asks for a register"


@pytest.mark.parametrize(("answer", "is_judged"), [("guides/law.md", False), ("context:PT.yaml", True)])
def test_passages_of_profiles_count_only_where_one_was_judged(kb: KnowledgeBase, answer: str, is_judged: bool) -> None:
    """Nobody judged them otherwise: they are left out of the rankings, and the only document left is the best."""
    read_in(kb)
    quote = "It asks for a register" if is_judged else "kept by a house"
    judged = JudgedSet("law", (Judged("1", QUESTION, "en", (Answer(answer, quote, 2),)),))
    rank = {hit.path: hit.rank for hit in search(kb, QUESTION, actor=LOCAL_MEMBER, mark=False, legs=Legs.LEXICAL).hits}

    found = evaluate(kb, judged, actor=LOCAL_MEMBER, measures=open_measures())

    assert rank["context:PT.yaml"] < rank["guides/law.md"]
    assert means(found.questions, Legs.LEXICAL)["mrr"] == 1.0


# the commands ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Typed:
    root = kb.documents.parent
    monkeypatch.chdir(root.parent)
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    environment = {"KB_CORPUS": str(root), "KB_INDEX": str(kb.index), "KB_MODEL": "fake"}
    return lambda *words: CliRunner().invoke(cli.kb, ["context", *words], env=environment)


def test_check_ends_with_one_and_names_file_and_line_of_every_fault(kb: KnowledgeBase, typed: Typed) -> None:
    sound = typed("check", "--no-remarks")
    broken = places.PORTUGAL.replace("kind: country", "kind: land").replace("value: yes", "value: ja")
    (kb.contexts.folder / "PT.yaml").write_text(broken, encoding="utf-8")
    faulty = typed("check", "corpus/contexts/PT.yaml", "--no-remarks")

    assert (sound.exit_code, sound.stdout) == (0, "2 context profiles, no fault\n")
    assert faulty.exit_code == 1
    assert faulty.stderr == (
        "corpus/contexts/PT.yaml:3: kind: “land” is none of country, region\n"
        "corpus/contexts/PT.yaml:23: values.4.value: “ja” is none of yes, no\n"
    )
    assert faulty.stdout == "1 context profile, 2 faults in 1 file\n"
    assert "remark: ES: jobless is not said; write “unknown” if nobody knows\n" in typed("check", "ES").stdout
    assert isinstance(typed("check", "FR").exception, NotFound)


def test_list_hides_no_faulty_profile(kb: KnowledgeBase, typed: Typed) -> None:
    (kb.contexts.folder / "SI.yaml").write_text("context: SI\n", encoding="utf-8")

    lines = typed("list", "--language", "fr").stdout.splitlines()
    listed = json.loads(typed("list", "--json").stdout)["contexts"]

    assert lines == [
        "ES      Land of ES · 2 indicators known · 0 of 8 groups told · reviewed 2026-11-22",
        "PT      Portugal · 5 indicators known · 2 of 8 groups told · reviewed 2026-11-22",
        "SI      cannot be read: 8 faults; see kb context check SI",
        "3 context profiles",
    ]
    assert [(each["place"], each["profile"] is None) for each in listed] == [("ES", False), ("PT", False), ("SI", True)]
    assert listed[1]["profile"]["values"][0]["value"] == 10_000_000


def test_show_tells_every_value_with_its_source_and_what_nobody_knows(typed: Typed) -> None:
    shown = typed("show", "PT").stdout

    assert shown.startswith("Portugal [PT]\ncountry · languages: pt · reviewed 2026-11-22 · not ingested yet: kb ingest\n")
    for line in (
        "  - Population [population]: 10000000 people (2021, whole country) [@census]",
        "  - Out of work [jobless]: 6.5 % (2023, whole country) [@census]; also 7.5 % (2022, whole country) [@law]",
        "  - Who answers for it [ministry]: unknown",
        "    - cooperativa: Persons who work together (Cooperative Code, 1996) [@law]",
        "[@law] Law 30/2013, Assembly, 2013, guides/law.md",
    ):
        assert f"{line}\n" in shown
    assert "  - Out of work [jobless]: not said\n" in typed("show", "ES").stdout
    assert json.loads(typed("show", "PT", "--json").stdout)["profile"]["context"] == "PT"


def test_distance_tells_the_part_of_each_indicator_and_what_is_not_known(typed: Typed) -> None:
    """By hand: of two places that differ in both, each group is wholly apart and weighs one half."""
    told = typed("distance", "PT", "ES").stdout.splitlines()
    raw = json.loads(typed("distance", "PT", "ES", "--json").stdout)
    near = typed("nearest", "ES").stdout

    assert told == [
        "PT – ES: 1.000 of 1 apart, on 2 of 6 indicators, known on both sides",
        "  0.500 = 0.500 × 1.000  Population: 10000000 people | 40000000 people",
        "  0.500 = 0.500 × 1.000  Frame law: yes | no",
        "not known on both sides: jobless, law-year, ministry, markets",
    ]
    assert (raw["value"], raw["n_known"], raw["n_all"], len(raw["parts"])) == (1.0, 2, 6, 2)
    assert near == "PT      1.000    on 2 of 6 indicators\n1 place\n"
    assert json.loads(typed("nearest", "ES", "--json").stdout)["nearest"][0]["place"] == "PT"
