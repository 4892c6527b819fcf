"""The fixed words of transfer cases as files, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from kb.services.case_files.wording import CaseWording
from kb.ui import learning_words, transferring_words, words
from kb.ui.i18n import _


def wording() -> CaseWording:
    """For this session; hand it to whatever works in another thread."""
    return CaseWording(
        citing=words.citation(),
        kicker=_("Transfer plan"),
        headline=_("{practice}: from {source} to {target}"),
        demonstration=_("Demonstration data"),
        demonstration_note=_("This case was made up to show how the software works. Nobody took anything over."),
        replaced=_("Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."),
        practice=_("Practice"),
        organisation=_("Taken over by"),
        source=_("From"),
        target=_("To"),
        state=_("State"),
        why=_("Why"),
        test=_("Stands on the test"),
        opened=_("Opened"),
        made_on=_("Written on"),
        stopped=_("Why it was stopped"),
        adopted=_("How it stays"),
        group=_("Local group"),
        group_note=_("Those who make the plan together in the target place."),
        organisation_head=_("Organisation"),
        name=_("Name"),
        role=_("Part"),
        core=_("Kept as it is"),
        adapted=_("Done otherwise"),
        element=_("Element"),
        how=_("How it is done here"),
        milestones=_("Milestones"),
        milestone=_("Milestone"),
        due=_("Due"),
        reached=_("Reached"),
        overdue=_("overdue"),
        costs=_("Costs"),
        funding=_("Funding"),
        nothing=_("Nothing is said of this yet."),
        learned=_("What was learned on the way"),
        went=_("How it went"),
        went_on=_("{outcome}, on {date}"),
        told_by=_("Told by {name}"),
        core_in_the_end=_("Kept in the end"),
        adapted_in_the_end=_("Done otherwise in the end"),
        change=_("{element}: {how}"),
        source_of=_("Source: {source} ({date})"),
        speaks_for=_("Evidence for:"),
        against=_("Evidence against:"),
        evidence=_("Evidence"),
        changed=_("The document was changed after this was quoted; the words still stand in it."),
        gone=_("These words are not in the document any more."),
        left_out=_("Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."),
        history=_("History"),
        date=_("Date"),
        who=_("Who"),
        what=_("What"),
        states=_named(learning_words.STATES["CaseState"]),
        outcomes=_named(transferring_words.OUTCOMES),
        moves=_named(learning_words.EVENTS["case"]),
    )


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
