"""What an exported assessment says to whom: no more than its reader may see, and no name that must be withheld."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from fakes import FakeEncoder, NoDetector, a_document
from panels import RUBRIC, answer, events, opened, reviewed
from panels import review as a_review

from kb import open_kb
from kb.errors import NotFound, PermissionDenied
from kb.peers.assessment.events import Concluded, Event, Reconfirmed, Replied, ReplyClosed, Settled, Standing, Submitted, spelled
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.folding import fold
from kb.peers.assessment.review import GateAnswer, GateVerdict, Pin, Rating, Review, Stance
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Metadata, Visibility
from kb.retrieval.split import SplitSettings, split
from kb.services.assessing.exporting import export, export_all
from kb.services.assessing.reporting import report
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role
from kb.services.records import KeptRubric, StoredEvent
from kb.services.tables import TableFormat
from kb.settings import Settings

ID = "bees-1"
DOCUMENTS = {
    "plan.txt": (
        Metadata(title="The plan", organisation="City", date="2021", visibility=Visibility.PUBLIC),
        "Seven hives stand here.",
    ),
    "talk.txt": (
        Metadata(title="A talk", authors=("Maria Rossi",), organisation="City", chatham_house=True, visibility=Visibility.PUBLIC),
        "Maria Rossi told that the counts doubled.",
    ),
    "closed.txt": (Metadata(title="Wasps", visibility=Visibility.RESTRICTED), "The budget was halved in secret."),
}
FAY = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}), "Network")
ANN, BEN = (Member(name, frozenset({Role.MEMBER, Role.REVIEWER}), f"House of {name}") for name in ("ann", "ben"))
SAM = Member("sam", frozenset({Role.MEMBER}), "Elsewhere")


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Three documents of one passage, the rubric in use, and no assessment yet."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    settings.index.mkdir()
    settings.documents.mkdir(parents=True)
    base = open_kb(settings)
    encoder = FakeEncoder()
    for path, (about, text) in DOCUMENTS.items():
        put(base, encoder, path, about, text)
    with base.records() as records:
        records.rubrics.keep(KeptRubric("small", 1, RUBRIC.sha256, RUBRIC.canonical(), "2026-11-22T08:00:00+00:00", "fay"))
    return base


def put(base: KnowledgeBase, encoder: FakeEncoder, path: str, about: Metadata, text: str) -> None:
    document = a_document([Block(BlockKind.PARAGRAPH, text, 4, "iv")], path=path, metadata=about)
    found = split(document, count_tokens=encoder.count_tokens, detector=NoDetector(), settings=SplitSettings(4, 12, 4))
    rows = [EncodedPassage(passage, encoder.encode_passages([passage.embedded_text])[0]) for passage in found]
    base.catalog.put_document(document, rows, LedgerEntry(path, FileState.INDEXED, document_id=document.id), b"")


def pinned(base: KnowledgeBase, path: str, stance: Stance = Stance.FOR) -> Pin:
    (about,) = (each for each in base.catalog.documents() if each.path == path)
    passage = base.catalog.passages_of(about.id)[0]
    words = DOCUMENTS[path][1]
    return Pin(passage_id=passage.id, document=path, sha256=about.sha256, quote=words, page=4, page_label="iv", stance=stance)


def keep(base: KnowledgeBase, told: Sequence[Event], assessment: str = ID) -> None:
    with base.records() as records:
        for event in told:
            kind, body = spelled(event.body)
            records.assessments.append(
                StoredEvent(assessment, event.seq, event.member, event.at_utc, kind, body, is_demo=event.is_demo)
            )


def panel(base: KnowledgeBase) -> dict[str, Review]:
    """Two reviews: the first rests on all three documents, the second on nothing."""
    pins = (pinned(base, "plan.txt"), pinned(base, "talk.txt"), pinned(base, "closed.txt", Stance.AGAINST))
    first = a_review(4, 4, 4, 4, None, secret="ann says so")
    first = first.model_copy(
        update={
            "answers": {
                **{name: each.model_copy(update={"pins": ()}) for name, each in first.answers.items()},
                "effectiveness": answer(4, "Rossi says that it works.", pins=pins),
                "equity": answer(4, "as the plan has it", pins=pins[:1]),
            },
            "gates": {**first.gates, "relevance": GateAnswer(verdict=GateVerdict.YES, reason="ann sees it", pins=pins[:1])},
        }
    )
    second = a_review(1, 4, 4, 4, 3, secret="ben says so")
    bare = {name: each.model_copy(update={"pins": (), "none_found": True}) for name, each in second.answers.items()}
    return {"ann": first, "ben": second.model_copy(update={"answers": bare})}


def concluded(base: KnowledgeBase) -> list[Event]:
    agreed = Settled(item="effectiveness", rating=Rating.SCORED, score=3, reason="Ben found the plan, as Rossi told.")
    comments = {"effectiveness": "We count again; Maria Rossi will tell."}
    after = (
        ("olu", Replied(comments=comments, general="Thank you.")), ("olu", ReplyClosed()), ("fay", agreed),
    )  # fmt: skip
    told = reviewed(panel(base), *after)
    outcome = conclusion(fold(ID, told), RUBRIC)
    return [*told, replace(events(("fay", Concluded(outcome=outcome)))[0], seq=len(told) + 1)]


def test_a_report_says_what_was_said_and_what_it_rests_on(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    made = report(kb, ID, actor=FAY)
    (effectiveness,) = (item for item in made.criteria if item.name == "effectiveness")

    assert (made.title, made.rubric_title, made.rubric_version, made.stage) == ("Bees", "A small rubric", 1, "concluded")
    assert [(seat.name, seat.organisation, seat.country, seat.state) for seat in made.panel] == [
        ("ann", "House of ann", "PT", "submitted"), ("ben", "House of ben", "PT", "submitted"),
    ]  # fmt: skip
    assert [(said.reviewer, said.score) for said in effectiveness.said] == [("ann", 4.0), ("ben", 1.0)]
    assert (effectiveness.score, effectiveness.rating, effectiveness.is_wide) == (3.0, "scored", True)
    assert effectiveness.agreed is not None
    assert (effectiveness.agreed.by, effectiveness.agreed.on, effectiveness.agreed.score) == ("fay", "2026-11-22", 3.0)
    assert made.reached is not None
    assert (made.reached.n_scored, made.reached.n_criteria, made.reached.is_final) == (5, 5, True)
    assert (made.concluded_on, made.look_again_on) == ("2026-11-22", "2028-11-22")
    assert dict(made.unsupported) == {
        "effectiveness": ("ben",), "equity": ("ben",), "reach": ("ann", "ben"), "evidence": ("ann", "ben"), "transfer": ("ben",),
    }  # fmt: skip


def test_evidence_is_numbered_once_and_named_where_it_was_pinned(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    made = report(kb, ID, actor=FAY)
    cited = {(item.name, said.reviewer): said.cited for item in (*made.gates, *made.criteria) for said in item.said}

    assert [(each.number, each.title) for each in made.evidence] == [(1, "The plan"), (2, "A talk"), (3, "Wasps")]
    assert made.evidence[0].source == "City (2021). The plan. p. iv (page 4 of the file)"
    assert (cited["relevance", "ann"].speaks_for, cited["equity", "ann"].speaks_for) == ((1,), (1,))
    assert (cited["effectiveness", "ann"].speaks_for, cited["effectiveness", "ann"].against) == ((1, 2), (3,))
    assert cited["effectiveness", "ben"].none_found


def test_a_heading_says_where_words_stand_that_are_on_no_page_and_does_not_repeat_the_title(kb: KnowledgeBase) -> None:
    placed = pinned(kb, "plan.txt").model_copy(update={"page": None, "page_label": "", "heading": "The plan › Hives"})
    first = a_review(3, 3, 3, 3, 3)
    answers = {name: each.model_copy(update={"pins": (placed,)}) for name, each in first.answers.items()}
    keep(kb, reviewed({"ann": first.model_copy(update={"answers": answers}), "ben": a_review(3, 3, 3, 3, 3)}))

    assert [each.source for each in report(kb, ID, actor=FAY).evidence] == ["City (2021). The plan. Hives"]


def test_words_of_a_document_that_the_reader_may_not_see_are_left_out_and_counted(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    made = report(kb, ID, actor=ANN)
    effectiveness = next(item for item in made.criteria if item.name == "effectiveness")

    assert effectiveness.said[0].cited.n_left_out == made.n_left_out == 1
    assert [each.title for each in made.evidence] == ["The plan", "A talk"]
    for form in AssessmentForm:
        text = text_of(kb, form, ANN)
        assert "halved" not in text
        assert "Wasps" not in text
        assert "closed.txt" not in text


def text_of(base: KnowledgeBase, form: AssessmentForm, actor: Member) -> str:
    """All that a file says, the way its readers read it."""
    content = export(base, ID, form, actor=actor).content
    match form:
        case AssessmentForm.PDF:
            return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        case AssessmentForm.DOCX | AssessmentForm.XLSX:
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                parts = [name for name in file.namelist() if name.endswith((".xml", ".rels")) and not name.startswith("docProps")]
                return " ".join(file.read(name).decode() for name in parts)
    return content.decode()


@pytest.mark.parametrize("form", AssessmentForm)
def test_no_file_names_anybody_under_the_rule(kb: KnowledgeBase, form: AssessmentForm) -> None:
    """Not in quotations and sources, and not in what reviewers, panel and owner wrote about them."""
    keep(kb, concluded(kb))
    text = text_of(kb, form, FAY)

    assert "Rossi" not in text
    assert "Maria" not in text
    assert "[name withheld] told that the counts doubled." in text


@pytest.mark.parametrize("form", AssessmentForm)
def test_before_the_own_review_no_file_tells_of_another(kb: KnowledgeBase, form: AssessmentForm) -> None:
    """What ben gets before submitting is the same whether ann has submitted or not."""
    told = [event for event in reviewed(panel(kb)) if not isinstance(event.body, Submitted) and event.body.kind != "reply-opened"]
    keep(kb, told)
    before = text_of(kb, form, BEN)
    keep(kb, [replace(events(("ann", Submitted(review=panel(kb)["ann"])))[0], seq=len(told) + 1)])
    after = text_of(kb, form, BEN)

    assert before == after
    assert "Bees" in after
    assert "House of ann" not in after
    assert "ann says so" not in after


def test_who_has_nothing_to_do_with_it_reads_no_names_of_reviewers(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    made = report(kb, ID, actor=SAM, wording=replace(AssessmentWording(), alias="Évaluateur {n}"))

    assert made.reviewers == ("Évaluateur 1", "Évaluateur 2")
    assert [(seat.name, seat.organisation, seat.country) for seat in made.panel] == [
        ("Évaluateur 1", "", ""),
        ("Évaluateur 2", "", ""),
    ]
    assert not {"ann", "ben"} & {move.member for move in made.moves}


def test_a_facilitator_reads_in_no_file_what_reviews_say_while_they_come_in(kb: KnowledgeBase) -> None:
    told = [event for event in reviewed(panel(kb)) if event.body.kind != "reply-opened" and event.member != "ben"]
    keep(kb, [replace(event, seq=number) for number, event in enumerate(told, start=1)])
    made = report(kb, ID, actor=FAY)

    assert (made.gates, made.criteria, made.evidence, made.comments, made.reached) == ((), (), (), (), None)
    assert [seat.state for seat in made.panel] == ["submitted", "invited"]


def test_what_it_would_come_to_is_told_as_such_once_all_reviews_are_there(kb: KnowledgeBase) -> None:
    keep(kb, reviewed(panel(kb)))
    made = report(kb, ID, actor=FAY)

    assert made.reached is not None
    assert not made.reached.is_final
    assert "Not concluded yet" in text_of(kb, AssessmentForm.PDF, FAY)


def test_evidence_says_that_its_document_was_changed_or_has_lost_the_words(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    encoder = FakeEncoder()
    (plan,) = (each for each in kb.catalog.documents() if each.path == "plan.txt")
    put(kb, encoder, "plan.txt", DOCUMENTS["plan.txt"][0], "Seven hives stand here. More to come.")
    put(kb, encoder, "talk.txt", DOCUMENTS["talk.txt"][0], "Nothing was told at all.")
    made = report(kb, ID, actor=FAY)

    assert plan.sha256 not in {each.sha256 for each in kb.catalog.documents()}
    assert [(each.title, each.is_changed, each.is_gone) for each in made.evidence] == [
        ("The plan", True, False), ("A talk", False, True), ("Wasps", False, False),
    ]  # fmt: skip
    assert next(item for item in made.criteria if item.name == "effectiveness").said[0].is_stale


def test_words_of_a_document_that_is_gone_are_left_out(kb: KnowledgeBase) -> None:
    """Whose names must be withheld in them, nobody knows any more: not even an administrator takes them along."""
    keep(kb, concluded(kb))
    (talk,) = (each for each in kb.catalog.documents() if each.path == "talk.txt")
    kb.catalog.retire_document(talk.id, None)
    made = report(kb, ID, actor=Member("adi", frozenset({Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR})))

    assert [each.title for each in made.evidence] == ["The plan", "Wasps"]
    assert made.n_left_out == 1


def test_a_score_that_was_taken_back_says_so(kb: KnowledgeBase) -> None:
    again = Reconfirmed(criterion="equity", verdict=Standing.WITHDRAWN, reason="The plan was changed.")
    keep(kb, reviewed(panel(kb), ("ann", again)))
    equity = next(item for item in report(kb, ID, actor=FAY).criteria if item.name == "equity")

    assert [(said.reviewer, said.is_withdrawn) for said in equity.said] == [("ann", True), ("ben", False)]
    assert equity.said[0].cited.speaks_for == (1,)


def test_all_assessments_are_one_table_of_what_the_member_may_see(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    keep(kb, events(("fay", opened(practice="ants", title="Ants"))), "ants-1")
    exported = export_all(kb, TableFormat.CSV, actor=SAM)
    rows = list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"), newline="")))

    assert exported.name.startswith("assessments-")
    assert exported.name.endswith(".csv")
    assert [row["item"] for row in rows if row["assessment"] == "ants-1"] == [""]
    assert len([row for row in rows if row["assessment"] == ID]) == 2 * (2 + 5)
    assert {row["reviewer"] for row in rows} == {"", "Reviewer 1", "Reviewer 2"}


def test_a_file_is_called_after_the_assessment(kb: KnowledgeBase) -> None:
    keep(kb, concluded(kb))
    exported = export(kb, ID, AssessmentForm.JSON, actor=FAY)

    assert (exported.name, exported.media_type) == ("bees-1.json", "application/json")
    assert json.loads(exported.content)["id"] == ID


def test_control_characters_that_somebody_typed_are_in_no_report(kb: KnowledgeBase) -> None:
    told = reviewed({name: a_review(3, 3, 3, 3, 3, secret="a\x00b\x1b[31m\u202ec") for name in ("ann", "ben")})
    keep(kb, told)

    assert report(kb, ID, actor=FAY).comments[0] == ("ann", "ab[31mc")
    assert export(kb, ID, AssessmentForm.DOCX, actor=FAY).content


def test_what_is_not_there_or_not_allowed_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        export(kb, "nothing-1", AssessmentForm.PDF, actor=FAY)
    with pytest.raises(PermissionDenied):
        export(kb, ID, AssessmentForm.PDF, actor=Member("guest", frozenset()))
    with pytest.raises(PermissionDenied):
        export_all(kb, TableFormat.CSV, actor=Member("guest", frozenset()))
