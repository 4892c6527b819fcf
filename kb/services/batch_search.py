"""Many questions at once: a table of questions in, a table of cited passages out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.errors import QueryError, ReadError, SearchTimeout
from kb.retrieval.answer import Filters, Hit, SearchResult
from kb.retrieval.question_list import HEADS, Asked, is_guessed, read_questions
from kb.retrieval.quotation import Quotation
from kb.retrieval.reference import Reference
from kb.retrieval.wording import Wording
from kb.services.citing import Exported
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.searching import search
from kb.services.tables import Cell, TableFormat

MAX_MEGABYTES = 5
PREVIEW = 20  # questions; a screen or two
COLUMNS = (
    "question_id", "question", "rank", "title", "document", "page_label", "page", "headings", "passage", "sentence", "language",
    "score", "words_rank", "meaning_rank", "similarity", "citation", "document_id", "passage_id", "remark",
)  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """A question with its answer, or with the reason why it has none."""

    asked: Asked
    result: SearchResult | None
    reason: str = ""


@dataclass(frozen=True)
class BatchProgress:
    """How many questions of how many were asked."""

    done: int
    total: int


@dataclass(frozen=True)
class BatchReport:
    """What became of a table of questions.

    Attributes:
        file: one row a passage; a question without one has a row with a remark.
        n_questions: rows that were taken for questions.
        n_answered: of those, how many have a passage.
        n_passages: rows with a passage.
        unasked: the questions that could not be asked, each with its reason.
        preview: the first questions with their answers, to be looked at before the file is opened.
        was_stopped: whether it was ended early; the file then holds what was answered by then.
        is_guessed: whether no column was named as that of the questions, and the first of several was asked, from its first row on.
    """

    file: Exported
    n_questions: int
    n_answered: int
    n_passages: int
    unasked: tuple[Answered, ...]
    preview: tuple[Answered, ...] = ()
    was_stopped: bool = False
    is_guessed: bool = False


def batch(
    kb: KnowledgeBase,
    content: bytes,
    form: TableFormat,
    *,
    actor: Member,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 5,
    wording: Wording = Wording(),  # noqa: B008  # frozen
    say: Callable[[str], str] = str,
    on_progress: Callable[[BatchProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> BatchReport:
    """Ask every question of a CSV file.

    Args:
        content: the file, any delimiter and encoding; see :func:`kb.retrieval.question_list.read_questions`.
        k: passages a question.
        wording: fixed words of citations, in the reader's language.
        say: puts a reason into the reader's language.
        on_progress: told after every question.
        should_stop: asked after every question.

    Raises:
        QueryError: if the file is too large, no table, or holds no question or too many.
        PermissionDenied: if the actor may not search.
        UnusableIndex: if there is nothing to search yet.
    """
    rows = _rows_of(kb, content)
    questions = read_questions(rows)
    answered: list[Answered] = []
    for each in answer_all(kb, questions, actor=actor, filters=filters, k=k):
        answered.append(each)
        on_progress(BatchProgress(len(answered), len(questions)))
        if should_stop():
            break
    found = [each.result.hits for each in answered if each.result]
    return BatchReport(
        file=export(kb, answered, form, wording=wording, say=say),
        n_questions=len(questions),
        n_answered=sum(bool(hits) for hits in found),
        n_passages=sum(map(len, found)),
        unasked=tuple(each for each in answered if each.result is None),
        preview=tuple(answered[:PREVIEW]),
        was_stopped=len(answered) < len(questions),
        is_guessed=is_guessed(rows),
    )


def _rows_of(kb: KnowledgeBase, content: bytes) -> list[list[str]]:
    if len(content) > MAX_MEGABYTES << 20:
        raise QueryError(
            f"The file of questions has {len(content) / (1 << 20):.1f} MB; at most {MAX_MEGABYTES} are taken. Split it."
        )
    try:
        return kb.tables.read(content, HEADS)
    except ReadError as error:
        raise QueryError(f"The file of questions cannot be used: {error}.") from error


def answer_all(
    kb: KnowledgeBase,
    questions: Sequence[Asked],
    *,
    actor: Member,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 5,
) -> Iterator[Answered]:
    """Answer one question after the other; one that cannot be asked has its reason instead and the others go on."""
    require(actor, Role.MEMBER, "search")
    for asked in questions:
        base = replace(kb, detector=_Declared(asked.language)) if asked.language else kb
        try:
            yield Answered(asked, search(base, asked.text, actor=actor, filters=filters, k=k, facets=False))
        except (QueryError, SearchTimeout) as error:
            yield Answered(asked, None, str(error))


def export(
    kb: KnowledgeBase,
    answered: Sequence[Answered],
    form: TableFormat,
    *,
    wording: Wording = Wording(),  # noqa: B008  # frozen
    say: Callable[[str], str] = str,
) -> Exported:
    """The answers as a file: one row a passage; names of columns are the same in every language."""
    rows: list[Sequence[Cell]] = [COLUMNS]
    for each in answered:
        hits = each.result.hits if each.result else ()
        rows += [_row(each.asked, hit, wording) for hit in hits]
        if not hits:
            remark = say(each.reason or "No passage was found for this question.")
            rows.append((each.asked.id, each.asked.text, *[None] * (len(COLUMNS) - 3), remark))
    return Exported(f"answers.{form}", form.media_type, kb.tables.write(rows, form))


def _row(asked: Asked, hit: Hit, wording: Wording) -> tuple[Cell, ...]:
    """Quoted as every export quotes: nobody is named whom the Chatham House Rule protects."""
    passage, about = hit.passage, hit.metadata
    withheld = wording.name_withheld
    reference = Reference.of(passage.document_id, hit.path, about, hit.media_type, instead=withheld)
    quoted = Quotation.of(hit.rank, passage, reference, about, hit.media_type, sentence=hit.sentence, instead=withheld)
    return (
        asked.id, asked.text, hit.rank, reference.title, reference.archive_location, quoted.place.label, quoted.place.page,
        " › ".join(quoted.heading_path), quoted.text, quoted.sentence, quoted.language, round(hit.score, 4),
        hit.lexical_rank, hit.dense_rank, round(hit.dense_score, 4), wording.cited(quoted), reference.id, passage.id, None,
    )  # fmt: skip


@dataclass(frozen=True)
class _Declared:
    """Answers :class:`kb.retrieval.language.LanguageDetector` with what the table says."""

    language: str

    def detect(self, text: str) -> str:  # noqa: ARG002  # the port's
        return self.language
