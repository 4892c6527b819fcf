"""The plan of a transfer case as it stands: local group, what is kept, what is done otherwise, costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kb.peers.learning.case import CasePlan
from kb.peers.learning.case_bodies import Adapted
from kb.services.learning.case_viewing import CaseView
from kb.ui import plain, words
from kb.ui.components import section
from kb.ui.components.learning import prose
from kb.ui.i18n import _, ngettext


def show(view: CaseView) -> None:
    """Draw it; what the practice's sheet says to begin with where there is none."""
    section.head("plan", _("The plan"))
    plan = view.case.plan
    if plan is None:
        told = view.case.considered
        plain.show(
            plain.element("p", _("There is no plan yet. By the sheet of the practice, when the case was opened:"), css="kb-quiet")
        )
        _show_sides(told.core, told.adaptable, _("Must be kept"), _("May change"))
        return
    if plan.n_revisions:
        n = plan.n_revisions
        told_n = ngettext(
            "Revised {n} time; the earlier plan stays in the history.",
            "Revised {n} times; the earlier plans stay in the history.",
            n,
        )
        plain.show(plain.element("p", told_n.format(n=words.number(n)), css="kb-quiet"))
    _show_group(plan)
    changes = [f"{each.element}: {each.how}" for each in plan.adapted]
    _show_sides(plan.core_kept, changes, _("Kept as it is"), _("Done otherwise"))
    prose.show(plan.costs, label=_("Costs"))
    prose.show(plan.funding, label=_("Funding"))


def show_kept(core: Sequence[str], adapted: Iterable[Adapted]) -> None:
    """Draw what was kept and what was done otherwise in the end; nothing where nothing is said."""
    changes = [f"{each.element}: {each.how}" for each in adapted]
    if core or changes:
        _show_sides(core, changes, _("Kept in the end"), _("Done otherwise in the end"))


def _show_group(plan: CasePlan) -> None:
    if not plan.local_group:
        return
    rows = [(plain.cell(each.organisation, second_line=each.name), plain.cell(each.role or "–")) for each in plan.local_group]
    caption = _("Local group: who makes the plan together in the target place")
    plain.table(caption, [_("Organisation"), _("Part")], rows, as_cards=True)


def _show_sides(left: Sequence[str], right: Sequence[str], left_name: str, right_name: str) -> None:
    plain.show('<div class="kb-pair">', _side(left_name, left), _side(right_name, right), "</div>")


def _side(name: str, lines: Sequence[str]) -> str:
    items = "".join(f'<li dir="auto">{escape(each)}</li>' for each in lines)
    inside = f"<ul>{items}</ul>" if items else plain.element("p", _("Nothing is said yet."), css="kb-quiet")
    return f'<div class="kb-side kb-prose">{plain.element("h3", name)}{inside}</div>'
