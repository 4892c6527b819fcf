"""Passages taken along: in order, once each, and only what the member may see; from the service and from the command line."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FakeEncoder, NoDetector, a_document

from kb import cli, open_kb
from kb.errors import KBError, NotFound, QueryError
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Metadata, Passage, PassageId, Visibility
from kb.retrieval.split import SplitSettings, split
from kb.services.citation_formats import Format
from kb.services.citing import MAX_PASSAGES, cite, export
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings

ELA = Member("Ela", frozenset({Role.MEMBER}))
NOBODY = Member("guest", frozenset())
ABSENT = PassageId("0123456789abcdef")
DOCUMENTS = {
    "open.txt": Metadata(title="Bees", authors=("Maria Rossi",), date="2021", visibility=Visibility.PUBLIC),
    "later.txt": Metadata(title="Ants", embargo_until="9999-01-01"),
    "closed.txt": Metadata(title="Wasps", visibility=Visibility.RESTRICTED),
}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """Three documents of three passages; the second page of each is printed "iv"."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.index.mkdir()
    settings.documents.mkdir(parents=True)
    kb = open_kb(settings)
    encoder = FakeEncoder()
    for path, about in DOCUMENTS.items():
        parts = [f"the {path} part {n} tells of looms and hives. It is long." for n in range(3)]
        document = a_document([Block(BlockKind.PARAGRAPH, part, 2, "iv") for part in parts], path=path, metadata=about)
        found = split(document, count_tokens=encoder.count_tokens, detector=NoDetector(), settings=SplitSettings(4, 12, 4))
        rows = [EncodedPassage(passage, encoder.encode_passages([passage.embedded_text])[0]) for passage in found]
        kb.catalog.put_document(document, rows, LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")
    return kb


def passages(base: KnowledgeBase, path: str) -> list[Passage]:
    (document,) = (each for each in base.catalog.documents() if each.path == path)
    found = base.catalog.passages_of(document.id)
    assert len(found) >= 3
    return found


def ids(base: KnowledgeBase, path: str) -> list[PassageId]:
    return [passage.id for passage in passages(base, path)]


# the service -------------------------------------------------------------------------------------------------------------


def test_passages_stand_in_the_order_of_choosing_and_once(base: KnowledgeBase) -> None:
    first, second, *_ = ids(base, "open.txt")
    found = cite(base, [second, first, second], actor=ELA, question=" Why \n bees?\0")

    assert [(each.number, each.passage) for each in found.quotations] == [(1, second), (2, first)]
    assert found.question == "Why bees?"
    assert [each.place.label for each in found.quotations] == ["iv", "iv"]


@pytest.mark.parametrize("form", Format)
def test_every_format_comes_with_a_name_to_save_it_under(base: KnowledgeBase, form: Format) -> None:
    (passage, *_) = passages(base, "open.txt")
    found = export(base, [passage.id], form, actor=ELA, sentences={passage.id: passage.sentences[0]})

    assert found.name.startswith("passages-20")
    assert found.name.endswith(form.suffix)
    assert found.media_type == form.media_type
    if form is Format.DOCX:
        assert "Rossi" in zipfile.ZipFile(io.BytesIO(found.content)).read("word/document.xml").decode()
    else:
        assert "Rossi" in found.content.decode()


def test_the_copy_that_is_quoted_was_read_on_the_day_it_was_added(base: KnowledgeBase) -> None:
    (item,) = json.loads(export(base, ids(base, "open.txt")[:1], Format.CSL_JSON, actor=ELA).content)
    (added,) = {each.added_at_utc for each in base.catalog.documents() if each.path == "open.txt"}

    assert "{:04}-{:02}-{:02}".format(*item["accessed"]["date-parts"][0]) == added[:10]


@pytest.mark.parametrize(
    ("actor", "path", "may"),
    [
        (ELA, "open.txt", True), (NOBODY, "open.txt", True), (LOCAL_MEMBER, "later.txt", True), (LOCAL_MEMBER, "closed.txt", True),
        (ELA, "later.txt", False), (ELA, "closed.txt", False), (NOBODY, "later.txt", False),
        (Member("Fay", frozenset({Role.MEMBER, Role.FACILITATOR})), "closed.txt", True),
        (Member("Fay", frozenset({Role.MEMBER, Role.FACILITATOR})), "later.txt", False),
    ],
)  # fmt: skip
def test_only_what_a_member_may_see_is_cited(base: KnowledgeBase, actor: Member, path: str, may: bool) -> None:
    chosen = ids(base, path)
    if may:
        assert len(cite(base, chosen, actor=actor).quotations) == len(chosen)
        return
    with pytest.raises(NotFound):
        cite(base, chosen, actor=actor)


def test_what_is_hidden_is_refused_in_the_words_for_what_is_gone(base: KnowledgeBase) -> None:
    """Nobody learns that a document exists: an embargoed passage, an absent one and nonsense are refused alike."""
    (seen, *_), (hidden, *_) = ids(base, "open.txt"), ids(base, "later.txt")
    told = set()
    for missing in (hidden, ABSENT, PassageId("../etc"), PassageId("\ud800"), PassageId("")):
        with pytest.raises(NotFound) as refused:
            cite(base, [seen, missing], actor=ELA)
        told.add(str(refused.value))

    assert told == {"Of 2 chosen passages 1 cannot be found. Their documents may have changed; search again."}


def test_a_removed_document_cannot_be_cited(base: KnowledgeBase) -> None:
    chosen = ids(base, "open.txt")
    base.catalog.retire_document(passages(base, "open.txt")[0].document_id, None)

    with pytest.raises(NotFound, match=f"^Of {len(chosen)} chosen passages {len(chosen)} cannot be found"):
        cite(base, chosen, actor=ELA)


def test_none_and_too_many_are_refused(base: KnowledgeBase) -> None:
    many = [PassageId(f"{n:016x}") for n in range(MAX_PASSAGES + 1)]

    with pytest.raises(QueryError, match=r"^No passage was chosen"):
        cite(base, [], actor=ELA)
    with pytest.raises(QueryError, match=r"^201 passages were chosen; at most 200 are taken"):
        cite(base, many, actor=ELA)
    with pytest.raises(NotFound, match=r"^Of 200 chosen passages 200"):
        cite(base, [*many[:-1], many[0]], actor=ELA)


# the command line --------------------------------------------------------------------------------------------------------


def run(base: KnowledgeBase, *arguments: str, exit_code: int = 0) -> bytes:
    environment = {"KB_CORPUS": str(base.documents.parent), "KB_INDEX": str(base.index)}
    result = CliRunner().invoke(cli.kb, list(arguments), env=environment)
    assert result.exit_code == exit_code, (result.output, result.exception)
    return result.stdout_bytes


def test_cite_prints_what_the_service_gives(base: KnowledgeBase) -> None:
    chosen = ids(base, "open.txt")

    for form in (Format.TEXT, Format.BIBTEX, Format.RIS, Format.CSL_JSON, Format.CSV):
        assert run(base, "cite", *chosen, "--format", form.value) == export(base, chosen, form, actor=LOCAL_MEMBER).content


def test_cite_writes_a_file(base: KnowledgeBase, tmp_path: Path) -> None:
    target = tmp_path / "out.docx"
    assert run(base, "cite", *ids(base, "open.txt"), "--format", "docx", "--output", str(target), "--title", "My bees") == b""

    assert "My bees" in zipfile.ZipFile(target).read("word/document.xml").decode()


def test_cite_refuses_what_it_cannot_do(base: KnowledgeBase, tmp_path: Path) -> None:
    (chosen, *_) = ids(base, "open.txt")

    run(base, "cite", exit_code=2)
    run(base, "cite", chosen, "--format", "docx", exit_code=2)
    run(base, "cite", chosen, "--format", "pdf", exit_code=2)
    run(base, "cite", chosen, "--output", str(tmp_path / "no" / "folder"), exit_code=1)
    result = CliRunner().invoke(
        cli.kb, ["cite", ABSENT], env={"KB_CORPUS": str(base.documents.parent), "KB_INDEX": str(base.index)}
    )
    assert isinstance(result.exception, KBError)


def test_an_answer_is_taken_along_with_its_question_and_its_sentences(sample_kb: KnowledgeBase, tmp_path: Path) -> None:
    question = "Wie übertrug Cesena die Bienenroute aus Ljubljana?"
    answer = json.loads(run(sample_kb, "search", question, "--k", "3", "--json"))
    same = json.loads(run(sample_kb, "search", question, "--k", "3", "--format", "json"))
    target = tmp_path / "answer.csv"
    run(sample_kb, "search", question, "--k", "3", "--format", "csv", "--output", str(target))
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline="")))
    run(sample_kb, "search", question, "--k", "3", "--output", str(tmp_path / "answer.txt"))

    assert (
        [hit["passage"] for hit in same["hits"]]
        == [hit["passage"] for hit in answer["hits"]]
        == [row["passage_id"] for row in rows]
    )
    assert [hit["sentence"] or "" for hit in answer["hits"]] == [row["sentence"] for row in rows]
    assert any(row["sentence"] for row in rows)
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8").startswith(f"Question: {question}\n")
