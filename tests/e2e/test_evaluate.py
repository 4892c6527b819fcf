"""The search is measured through the search itself: golden questions, collections of others, and the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FakeEncoder, FakeModels, FakeReader

from kb import cli, open_kb
from kb.bootstrap import open_measures, open_temporary_kb
from kb.errors import JudgementError, PermissionDenied
from kb.retrieval.answer import Legs
from kb.retrieval.evaluation import Unit, means
from kb.retrieval.judged import Answer, Collection, Judged, JudgedSet
from kb.retrieval.measure import MEASURES
from kb.services.collection import ingest_collection
from kb.services.evaluating import Step, evaluate, evaluate_collection
from kb.services.ingesting import ingest
from kb.services.judging import judge
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings

ROOT = Path(__file__).parents[2]
ELA = Member("Ela", frozenset({Role.MEMBER}))
MARKED_UP = "* no list\n# no heading\n<b>no</b> markup | no | table\n---\ntitle: no front matter\n---"


class CountingEncoder(FakeEncoder):
    """Knows how many questions it encoded."""

    n_questions = 0

    def encode_questions(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
        type(self).n_questions += len(texts)
        return super().encode_questions(texts)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Empty, with a fake model: a text is near another that shares its words."""
    settings = Settings(tmp_path / "corpus", tmp_path / "index", model="fake")
    settings.documents.mkdir(parents=True)
    encoder = FakeEncoder()
    return replace(open_kb(settings), models=FakeModels(), encoder=lambda: encoder, new_reader=FakeReader)


@pytest.fixture
def village(kb: KnowledgeBase) -> KnowledgeBase:
    """Three documents of one passage each; one is restricted."""
    texts = {
        "bees": "Bees fly along the river.",
        "looms": "Looms stand in the old mill.",
        "mill": "The mill grinds wheat for bread.",
    }
    for name, text in texts.items():
        (kb.documents / f"{name}.md").write_text(text, encoding="utf-8")
    (kb.documents / "mill.yaml").write_text("visibility: restricted\n", encoding="utf-8")
    ingest(kb, [kb.documents], actor=LOCAL_MEMBER)
    return kb


# golden questions --------------------------------------------------------------------------------------------------------


def test_golden_questions_are_measured_by_leg(village: KnowledgeBase) -> None:
    """The first is answered at rank 1 by either leg. What the second asks for stands in no passage: 0 everywhere."""
    judged = JudgedSet(
        "village",
        (
            Judged("bees", "Bees along the river", "en", (Answer("bees.md", "along  the river", 2),)),
            Judged("gone", "Bees along the river?", "fr", (Answer("bees.md", "along the lake", 2),)),
            Judged("open", "Who?", "en", (Answer("bees.md", "Bees", 0),)),
        ),
    )
    steps: list[Step] = []

    found = evaluate(village, judged, actor=LOCAL_MEMBER, measures=open_measures(), on_progress=steps.append)

    assert found.unit is Unit.PASSAGE
    assert found.not_measured == ("open",)
    assert found.lost == ("gone: bees.md: along the lake",)
    assert [question.n_lost for question in found.questions] == [0, 1]
    for leg in Legs:
        assert found.questions[0].values[leg] == dict.fromkeys(MEASURES, 1.0)
        assert means(found.questions, leg) == dict.fromkeys(MEASURES, 0.5)
    assert (found.generation, found.n_documents, found.n_passages) == (1, 3, 3)
    assert steps == [Step(0, 0, 0, 2), Step(0, 0, 1, 2), Step(0, 0, 2, 2)]


def test_a_question_is_encoded_once_for_three_legs(village: KnowledgeBase) -> None:
    encoder = CountingEncoder()
    judged = JudgedSet("s", tuple(Judged(word, word, "en", (Answer("bees.md", "Bees", 1),)) for word in ("river", "mill", "wheat")))

    evaluate(replace(village, encoder=lambda: encoder), judged, actor=LOCAL_MEMBER, measures=open_measures())

    assert CountingEncoder.n_questions == 3


def test_what_the_asker_may_not_see_is_not_told_apart_from_what_is_not_there(village: KnowledgeBase) -> None:
    """A restricted document: whether a quote stands in it cannot be found out by judging it."""

    def asked(quote: str) -> object:
        judged = JudgedSet("s", (Judged("q", "mill wheat bread", "en", (Answer("mill.md", quote, 2),)),))
        found = evaluate(village, judged, actor=ELA, measures=open_measures())
        (question,) = found.questions
        return question.values, question.n_relevant, question.n_lost, [place.replace(quote, "…") for place in found.lost]

    seen = evaluate(
        village, JudgedSet("s", (Judged("q", "mill wheat bread", "en", (Answer("mill.md", "grinds wheat", 2),)),)),
        actor=LOCAL_MEMBER, measures=open_measures(),
    )  # fmt: skip
    assert seen.questions[0].values[Legs.HYBRID]["mrr"] == 1.0
    assert asked("grinds wheat") == asked("grinds gold")


def test_a_stranger_may_not_evaluate_and_nothing_relevant_cannot_be_measured(village: KnowledgeBase) -> None:
    nothing = JudgedSet("nothing", (Judged("q", "Who?", "en", (Answer("bees.md", "Bees", 0),)),))

    with pytest.raises(PermissionDenied, match="evaluate the search"):
        evaluate(village, nothing, actor=Member("guest", frozenset()), measures=open_measures())
    with pytest.raises(JudgementError, match="No question of nothing has an answer that is judged relevant"):
        evaluate(village, nothing, actor=ELA, measures=open_measures())


# collections -------------------------------------------------------------------------------------------------------------

COLLECTION = Collection(
    {
        "../../etc/passwd": ("", "Bees fly along the river."),
        "b": ("Looms", MARKED_UP),
        "copy": ("Looms", MARKED_UP),
        "empty": ("", " "),
        "long": ("", "\n\n".join(f"Paragraph {n} of the mill. " + "wheat bread " * 150 for n in range(6))),
    },
    JudgedSet(
        "tiny",
        (
            Judged(
                "q1", 'Bees "along the lake" the river', "", (Answer("../../etc/passwd", relevance=1), Answer("b", relevance=0))
            ),
            Judged("q2", "the wheat bread of the mill", "", (Answer("long", relevance=2), Answer("absent", relevance=1))),
        ),
    ),
)


def test_a_collection_is_measured_by_documents(kb: KnowledgeBase) -> None:
    """The long document has several passages and is ranked once; the phrase in q1 is no operator; an absent document is a miss."""
    steps: list[Step] = []

    found = evaluate_collection(kb, COLLECTION, actor=LOCAL_MEMBER, measures=open_measures(), on_progress=steps.append)

    assert found.unit is Unit.DOCUMENT
    assert found.n_documents == 4
    assert found.n_passages > 6
    first, second = (question.values[Legs.HYBRID] for question in found.questions)
    assert (first["accuracy@1"], first["recall@10"]) == (1.0, 1.0)
    assert (second["accuracy@1"], second["recall@100"]) == (1.0, 0.5)
    assert found.lost == ("q2: absent",)
    assert {question.language for question in found.questions} != {""}
    assert steps[-1] == Step(5, 5, 2, 2)


def test_text_that_looks_like_markup_stays_as_it_is(kb: KnowledgeBase) -> None:
    names = ingest_collection(kb, COLLECTION, actor=LOCAL_MEMBER)

    documents = {names[summary.path]: kb.catalog.document(summary.id) for summary in kb.catalog.documents()}
    assert set(documents) == {"../../etc/passwd", "b", "copy", "long"}  # a copy is a document here, one without words is none
    assert documents["b"] is not None
    assert documents["b"].text == f"Looms\n\n{MARKED_UP}"
    assert documents["b"].metadata.title == "Looms"


def test_a_temporary_knowledge_base_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings = Settings(tmp_path / "corpus", tmp_path / "index", model="fake")
    settings.models.mkdir(parents=True)
    (settings.models / "weights").touch()

    seen: list[KnowledgeBase] = []

    def interrupted() -> None:
        with open_temporary_kb(settings) as base:
            seen.append(base)
            assert (base.index / "models" / "weights").is_file()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert not seen[0].index.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"]
    assert (settings.models / "weights").is_file()


# the command -------------------------------------------------------------------------------------------------------------


def environment_of(settings: Settings) -> dict[str, str]:
    return {"KB_CORPUS": str(settings.corpus), "KB_INDEX": str(settings.index), "KB_MODEL": settings.model}


def run_here(settings: Settings, *arguments: str) -> str:
    """What the command prints when all is well, without a process of its own."""
    result = CliRunner().invoke(cli.kb, ["evaluate", *arguments], env=environment_of(settings), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def run(settings: Settings, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | environment_of(settings)
    done = subprocess.run([sys.executable, "-m", "kb", "evaluate", *arguments], capture_output=True, text=True, env=environment)
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.yaml"
    path.write_text(
        """\
- id: began
  question: "In welchem Jahr wurde die indische Frauengewerkschaft gegründet?"
  language: de
  answers:
    - {document: case-studies/sewa.md, quote: "it began in 1971 and was recognised in 1972", relevance: 2}
- id: nowhere
  question: "What did the sea urchins vote for?"
  language: en
  answers:
    - {document: case-studies/sewa.md, quote: "the sea urchins voted", relevance: 1}
""",
        encoding="utf-8",
    )
    return path


def test_the_command_prints_one_object_and_a_table(built_kb: Settings, questions: Path, tmp_path: Path) -> None:
    output = tmp_path / "found.json"

    printed = run(built_kb, "--questions", str(questions), "--json").stdout
    table = run_here(built_kb, "--questions", str(questions), "--output", str(output))

    found = json.loads(printed)
    for leg in ("lexical", "dense", "hybrid"):
        assert all(isinstance(found[leg][name], float) and 0 <= found[leg][name] <= 1 for name in MEASURES)
        assert all(low <= found[leg][name] <= high for name, (low, high) in found[leg]["intervals"].items())
    assert found["languages"]["de"]["questions"] == 1
    assert [question["id"] for question in found["per_question"]] == ["began", "nowhere"]
    assert found["lost"] == ["nowhere: case-studies/sewa.md: the sea urchins voted"]
    written = json.loads(output.read_text(encoding="utf-8"))
    assert {**written, "seconds": 0, "at_utc": ""} == {**found, "seconds": 0, "at_utc": ""}
    assert f"{found['hybrid']['mrr']:.3f} [" in table
    assert "1 judged answers stand in no passage" in table


def test_the_command_compares_question_by_question(built_kb: Settings, questions: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    run_here(built_kb, "--questions", str(questions), "--output", str(before))
    changed = json.loads(before.read_text(encoding="utf-8"))
    changed["per_question"][1]["question"] = "What did the sea urchins \x1b[31mvote for?"
    before.write_text(json.dumps(changed), encoding="utf-8")
    changed["per_question"][1]["hybrid"]["mrr"] = 0.125
    after.write_text(json.dumps(changed), encoding="utf-8")

    told = run_here(built_kb, "--compare", str(before), str(after))
    found = json.loads(run_here(built_kb, "--compare", str(before), str(after), "--json"))

    assert "nowhere [en] What did the sea urchins  [31mvote for?\n    mrr 0.000 → 0.125" in told
    assert found["hybrid"]["mrr"]["rose"] == 1
    assert found["hybrid"]["mrr"]["difference"] == pytest.approx(0.0625)
    assert [question["id"] for question in found["hybrid"]["changed"]] == ["nowhere"]

    changed["per_question"].pop()
    after.write_text(json.dumps(changed), encoding="utf-8")
    refused = run(built_kb, "--compare", str(before), str(after), code=1)
    assert refused.stderr.startswith("The two evaluations are of different questions: only the first has nowhere.")


def test_what_members_judged_joins_the_golden_questions(settings: Settings) -> None:
    (settings.documents / "bees.md").write_text("The bee route of Ljubljana joins beekeepers and schools.\n", encoding="utf-8")
    (settings.corpus / "questions").mkdir()
    (settings.corpus / "questions" / "golden.yaml").write_text(
        '- {id: who, question: "Who joins the route?", answers: [{document: bees.md, quote: joins beekeepers, relevance: 2}]}\n',
        encoding="utf-8",
    )
    base = open_kb(settings)
    ingest(base, [settings.documents], actor=LOCAL_MEMBER)
    ((passage, _),) = base.catalog.live_rows()
    judge(base, "Which city has a bee route?", passage.id, 2, actor=ELA)

    both = json.loads(run_here(settings, "--json"))
    golden = json.loads(run_here(settings, "--golden-only", "--json"))

    assert [question["question"] for question in both["per_question"]] == ["Who joins the route?", "Which city has a bee route?"]
    assert both["hybrid"]["accuracy@1"] == 1.0
    assert [question["id"] for question in golden["per_question"]] == ["who"]


def test_the_command_measures_a_pair_of_languages_and_touches_nothing(built_kb: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "pair"
    (folder / "qrels").mkdir(parents=True)
    english = {
        "bees": "The bee route of Ljubljana joins beekeepers and schools.",
        "tax": "The council raised the tax on empty flats.",
    }
    german = {"q1": "Wer gehört zur Bienenroute?", "q2": "Welche Steuer wurde erhöht?"}
    for name, texts in (("corpus_en.jsonl", english), ("queries_de.jsonl", german)):
        lines = [json.dumps({"_id": identity, "title": "", "text": text}) for identity, text in texts.items()]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tbees\t1\nq2\ttax\t1\n", encoding="utf-8")
    before = sorted(path.name for path in built_kb.index.iterdir())

    found = json.loads(
        run_here(built_kb, "--beir", str(folder), "--queries", "queries_de.jsonl", "--corpus", "corpus_en.jsonl", "--json")
    )

    assert found["dense"]["accuracy@1"] == 1.0
    assert found["hybrid"]["mrr"] == 1.0
    assert found["unit"] == "document"
    assert list(found["languages"]) == ["de"]
    assert sorted(path.name for path in built_kb.index.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--queries", "q.jsonl"], 2, "--beir FOLDER"),
        (["--compare", "a.json", "b.json", "--beir", "."], 2, "evaluates nothing"),
        (["--beir", ".", "--questions", "."], 2, "give one of them"),
        (["--output", "/nowhere/x.json"], 2, "is no folder"),
        (["--compare", "a.json", "b.json"], 1, "There is no file a.json. Write one: kb evaluate --json --output a.json"),
        (["--beir", "tests"], 1, "corpus.jsonl: no such file"),
        (["--questions", "tests"], 1, "holds no *.yaml file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(built_kb: Settings, arguments: list[str], code: int, told: str) -> None:
    assert told in run(built_kb, *arguments, code=code).stderr.replace("\n", " ")
