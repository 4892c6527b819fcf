"""The fixed words of overviews as files, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import get_decimal_symbol

from kb.services.overview_files.wording import OverviewWording
from kb.ui import assessing_words, benchmark_words, transferring_words, words
from kb.ui.i18n import _, current


def wording() -> OverviewWording:
    """For this session; hand it to whatever works in another thread."""
    return OverviewWording(
        citing=words.citation(),
        decimal=get_decimal_symbol(current()),
        demonstration=_("Demonstration data"),
        demonstration_note=_("Some of this was made up to show how the software works. It says nothing about practice or places."),
        demonstration_mark=_("{text} (demonstration)"),
        replaced=_("Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."),
        made_on=_("Written on"),
        benchmark=_("Benchmark"),
        transfer=_("Transfer"),
        practice=_("Practice"),
        rubric=_("Rubric"),
        rubric_version=_("{rubric}, version {n}"),
        result=_("Result"),
        reviewers=_("Reviewers"),
        stale=_("Evidence changed"),
        evidence=_("Evidence"),
        impact=_("Impact"),
        grid_title=_("Impact and evidence"),
        grid_note=_("Every practice that was assessed by {rubric}: by name, and in no other order"),
        no_grid=_("No practice has a concluded assessment by a rubric with stages of evidence yet."),
        stage=_("Stage of evidence"),
        no_stage=_("No stage"),
        off_grid=_("Not on the grid"),
        why=_("Why"),
        beside_title=_("Side by side"),
        beside_note=_("Practices beside practices, to learn from. Partners are never compared: there is no list of the best."),
        gates=_("Gates"),
        not_assessed=_("Not assessed by this rubric"),
        changed=_("The document was changed after this was quoted; the words still stand in it."),
        gone=_("These words are not in the document any more."),
        left_out=_("Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."),
        ladder_title=_("How far it is validated"),
        ladder_note=_("Now: {step}. Each step stands on its own grounds."),
        step=_("Step"),
        state=_("State"),
        by_whom=_("By whom"),
        on_what=_("On what evidence"),
        until=_("Until"),
        not_reached=_("Not reached"),
        stands=_("✓ Stands"),
        expired=_("! Expired"),
        withdrawn=_("✕ Withdrawn"),
        not_granted=_("✕ Not granted"),
        own_sheet=_("The practice’s own sheet"),
        no_date=_("No date is said"),
        earlier=_("Earlier decisions"),
        could_work=_("What could work in {place}"),
        where_work=_("Where {practice} could work"),
        ranking_note=_("By the mean, highest first; with the range if all that is unknown were −2 or +2"),
        place=_("Place"),
        source=_("From"),
        spanned=_("{value} ({low} to {high})"),
        no_mean=_("no mean"),
        known=_("Criteria known"),
        n_of_m=_("{n} of {total}"),
        in_the_way=_("In the way"),
        certainty=_("Certainty"),
        certainty_note=_("Judged in advance. Nobody has evaluated yet how a transfer went."),
        assessors=_("Assessors"),
        untested=_("Not tested yet ({n})"),
        untested_note=_(
            "The nearest place first, by what is known of both. Near is no judgement: it says where a test is worthwhile."
        ),
        distance=_("Distance between the places"),
        no_distance=_("Nothing is known of both places that could be compared."),
        why_not=_named(benchmark_words.WHY_NOT),
        verdicts=_named(assessing_words.VERDICTS),
        rungs=_named(benchmark_words.RUNGS),
        footings=_named(transferring_words.FOOTINGS),
        certainties=_named(transferring_words.CERTAINTIES),
        countries=words.countries(),
    )


def _named(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
