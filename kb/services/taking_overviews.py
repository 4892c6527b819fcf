"""Take overviews along as PDF, Word file, table or JSON: the grid, a comparison, a ladder, what could work where.

Each says what the page says to who asks, and nothing else: it is made of the same value.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.services import laddering, practices
from kb.services.assessing.evidence_now import EvidenceNow, PinNow
from kb.services.assessing.exhibits import Exhibits
from kb.services.benchmarking import comparing, grid
from kb.services.benchmarking.peers import LOOK
from kb.services.citing import Exported
from kb.services.handouts.exhibits import Cited
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.overview_files.beside_file import BesideFile
from kb.services.overview_files.grid_file import grid_file
from kb.services.overview_files.ladder_file import ladder_file
from kb.services.overview_files.overview import written
from kb.services.overview_files.ranking_file import could_work_file, where_work_file
from kb.services.overview_files.values import best
from kb.services.overview_files.wording import OverviewWording
from kb.services.permission import Member, Role, require
from kb.services.transferring import ranking

ENGLISH = OverviewWording()


def export_grid(
    kb: KnowledgeBase,
    form: ReportForm,
    *,
    actor: Member,
    rubric: str = "",
    version: int | None = None,
    wording: OverviewWording = ENGLISH,
    language: str = "en",
) -> Exported:
    """All assessed practices by impact and evidence, in the order of their names; arguments as :func:`grid.grid` has them.

    Args:
        wording: the fixed words of paper, in the reader's language.
        language: of titles, where there are any in it.

    Raises:
        NotFound: if there is no such rubric or version.
    """
    require(actor, Role.MEMBER, LOOK)
    found = grid.grid(kb, actor=actor, rubric=rubric, version=version)
    return written(kb, grid_file(found, wording, language), form, wording, language)


def export_comparison(
    kb: KnowledgeBase,
    names: Sequence[str],
    form: ReportForm,
    *,
    actor: Member,
    rubric: str = "",
    version: int | None = None,
    wording: OverviewWording = ENGLISH,
    language: str = "en",
) -> Exported:
    """Two to six practices side by side, with numbered evidence; arguments as :func:`comparing.compare` has them.

    Raises:
        InvalidEntry: if there are too few or too many, one is named twice or is not there.
        NotFound: if there is no such rubric or version.
    """
    require(actor, Role.MEMBER, LOOK)
    found = comparing.compare(kb, names, actor=actor, rubric=rubric, version=version)
    exhibits = Exhibits(EvidenceNow(kb, actor), wording.citing)

    def cite(pins: Sequence[PinNow]) -> Cited:
        """What the comparison hides stays hidden, and is counted."""
        cited = exhibits.cited((each.pin for each in pins if each.pin), own=False)
        n_hidden = sum(each.pin is None for each in pins)
        exhibits.n_left_out += n_hidden
        return Cited(cited.speaks_for, cited.against, cited.n_left_out + n_hidden)

    file = BesideFile(found, cite, wording, language)
    return written(kb, file.overview(exhibits.found, exhibits.n_left_out), form, wording, language)


def export_ladder(
    kb: KnowledgeBase,
    practice: str,
    form: ReportForm,
    *,
    actor: Member,
    wording: OverviewWording = ENGLISH,
    language: str = "en",
) -> Exported:
    """How far a practice is validated, with what was decided before.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    found = laddering.ladder(kb, practice, actor=actor)
    titled = practices.sheet_title(kb, practice, actor=actor)
    title = best(titled[0], language) if titled else ""
    return written(kb, ladder_file(found, title, wording, language), form, wording, language)


def export_could_work(
    kb: KnowledgeBase, target: str, form: ReportForm, *, actor: Member, wording: OverviewWording = ENGLISH, language: str = "en"
) -> Exported:
    """What could work in a place, tested or not, in the order of the page.

    Args:
        language: of ``wording``.

    Raises:
        NotFound: if there is no profile of ``target`` and no test for it.
    """
    require(actor, Role.MEMBER, LOOK)
    return written(kb, could_work_file(ranking.could_work_in(kb, target, actor=actor), wording), form, wording, language)


def export_where_work(
    kb: KnowledgeBase, practice: str, form: ReportForm, *, actor: Member, wording: OverviewWording = ENGLISH, language: str = "en"
) -> Exported:
    """Where a practice could work, tested or not, in the order of the page.

    Raises:
        NotFound: if there is no such practice and no test of it.
    """
    require(actor, Role.MEMBER, LOOK)
    return written(kb, where_work_file(ranking.where_could_work(kb, practice, actor=actor), wording), form, wording, language)
