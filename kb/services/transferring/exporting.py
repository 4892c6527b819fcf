"""Take tests of transferability along: one as PDF, Word file, table or JSON; all that one may see, or the matrix, as a table."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict

from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.handouts.forms import PAPER, ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat
from kb.services.transfer_files.rows import rows
from kb.services.transfer_files.told import handout
from kb.services.transfer_files.wording import TransferWording
from kb.services.transferring.listing import transfers
from kb.services.transferring.loading import LOOK
from kb.services.transferring.matrix import Matrix, matrix
from kb.services.transferring.reporting import report

FORMAT = "plp-transferability-test/1"  # raised when a name in it changes its meaning
MATRIX_COLUMNS = (
    "practice", "title", "target", "test", "source", "certainty", "mean", "mean_if_unknown_low", "mean_if_unknown_high",
    "criteria_known", "criteria_all", "blocking", "apart", "assessors", "standing", "concluded_on", "concluded_tests",
    "open_tests", "demonstration",
)  # fmt: skip


def export(
    kb: KnowledgeBase,
    test_id: str,
    form: ReportForm,
    *,
    actor: Member,
    wording: TransferWording = TransferWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """One test as a file that says what the actor may see of it, and nothing else. Nothing in it is active.

    Args:
        wording: the fixed words, in the reader's language.
        language: of titles and questions, where the framework has them in it.

    Raises:
        NotFound: if there is no such test.
    """
    require(actor, Role.MEMBER, LOOK)
    made = report(kb, test_id, actor=actor, wording=wording, language=language)
    if form in PAPER:
        content = kb.handouts.write(handout(made, wording), form)
    elif form is ReportForm.JSON:
        content = (json.dumps({"format": FORMAT, **asdict(made)}, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    else:
        content = kb.tables.write(rows([made]), TableFormat(form.value))
    return Exported(f"{test_id}{form.suffix}", form.media_type, content)


def export_all(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    wording: TransferWording = TransferWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """Every test as the actor may see it, in one table, a row an answer; arguments are those of :func:`export`."""
    require(actor, Role.MEMBER, LOOK)
    ids = [each.id for each in transfers(kb, actor=actor)]
    found = (report(kb, each, actor=actor, wording=wording, language=language) for each in ids)
    return Exported(f"transferability-tests-{today()}.{form}", form.media_type, kb.tables.write(rows(found), form))


def export_matrix(
    kb: KnowledgeBase, form: TableFormat, *, actor: Member, practices: Collection[str] = (), targets: Collection[str] = ()
) -> Exported:
    """What the heatmap shows, in one table: a row for each practice and target with a test, by name and code.

    Args:
        practices: only these; so ``targets``. All where none are named.
    """
    require(actor, Role.MEMBER, LOOK)
    found = matrix(kb, actor=actor, practices=practices, targets=targets)
    content = kb.tables.write([MATRIX_COLUMNS, *_matrix_rows(found)], form)
    return Exported(f"transferability-matrix-{today()}.{form}", form.media_type, content)


def _matrix_rows(found: Matrix) -> Iterator[tuple[Cell, ...]]:
    for practice, title in found.practices:
        for target in found.targets:
            cell, n_open = found.cells.get((practice, target)), found.n_open.get((practice, target))
            if cell:
                yield (
                    practice, title, target, cell.test, cell.source, cell.certainty.value, cell.mean, cell.low, cell.high,
                    cell.n_known, cell.n_all, cell.n_blocking, cell.n_apart, cell.n_assessors, cell.footing.value,
                    cell.concluded_at_utc[:10], cell.n_tests, n_open, "yes" if cell.is_demo else "",
                )  # fmt: skip
            elif n_open:
                yield (practice, title, target, *([None] * 14), n_open, "")
