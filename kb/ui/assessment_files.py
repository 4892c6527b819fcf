"""The fixed words of assessments as files, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale
from babel.numbers import get_decimal_symbol

from kb.services.assessment_files.wording import AssessmentWording
from kb.ui import assessing_words, sheet_words, words
from kb.ui.i18n import _, current


def wording() -> AssessmentWording:
    """For this session; hand it to whatever works in another thread."""
    return AssessmentWording(
        citing=words.citation(),
        decimal=get_decimal_symbol(current()),
        countries=dict(Locale(current()).territories),
        fields=_named(sheet_words.FIELDS),
        kicker=_("Assessment of a practice"),
        demonstration=_("Demonstration data"),
        demonstration_note=_("This assessment was made up to show how the software works. It says nothing about the practice."),
        owner=_("Owner"),
        place=_("Place"),
        rubric=_("Rubric"),
        rubric_version=_("{title}, version {version}"),
        stage=_("State"),
        opened_on=_("Opened on"),
        due=_("Reviews due by"),
        concluded_on=_("Concluded on"),
        look_again_on=_("To be looked at again by"),
        made_on=_("Written on"),
        result=_("Result"),
        not_final=_("Not concluded yet: this is what it would come to now."),
        nothing_yet=_("There is no result yet."),
        status=_("Status"),
        evidence_stage=_("Stage of evidence"),
        coverage=_("Criteria scored"),
        n_of_m=_("{n} of {total}"),
        weighted_mean=_("Weighted mean"),
        ranking_only=_("{mean} of {highest}; for ranking only"),
        impact=_("Impact"),
        evidence_quality=_("Quality of evidence"),
        unmet=_("Why it is no better label"),
        panel=_("Panel"),
        reviewer=_("Reviewer"),
        alias=_("Reviewer {n}"),
        organisation=_("Organisation"),
        country=_("Country"),
        seat=_("Seat"),
        third=_("{state}; third reviewer"),
        at_a_glance=_("Scores at a glance"),
        criterion=_("Criterion"),
        final=_("Final"),
        gates=_("Gates"),
        heading=_("{title}: {final}"),
        score=_("{score} of {highest}"),
        by_median=_("Final score: median of the reviewers’ scores."),
        agreed=_("Agreed by the panel: {final}"),
        far_apart=_("The reviewers were far apart."),
        withdrawn=_("withdrawn"),
        stale=_("its evidence changed since"),
        speaks_for=_("Evidence for:"),
        against=_("Evidence against:"),
        none_found=_("Looked for evidence and found none."),
        no_evidence=_("No evidence is given."),
        left_out=_("Quotations left out here: {n}"),
        left_out_all=_("Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."),
        reply=_("Reply of the owner"),
        reply_by=_("Written by {name}"),
        comments=_("Comments of the reviewers"),
        evidence=_("Evidence"),
        changed=_("The document was changed after this was quoted; the words still stand in it."),
        gone=_("These words are not in the document any more."),
        to_know=_("What else to know"),
        unsupported=_("Scored without evidence: {title} ({reviewers})"),
        lacking=_("The practice sheet did not say: {fields}"),
        history=_("History"),
        date=_("Date"),
        who=_("Who"),
        what=_("What"),
        replaced=_("Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."),
        ratings={"scored": _("Scored"), "not-assessable": _("Not assessable"), "unknown": _("Cannot tell")},
        confidences=_named(assessing_words.CONFIDENCES),
        verdicts=_named(assessing_words.VERDICTS),
        stages=_named(assessing_words.STAGES),
        seats=_named(assessing_words.SEATS),
        statuses=_named(assessing_words.STATUSES),
        moves=_named(assessing_words.EVENTS),
        conditions={
            "gate": _("{label}: the gate “{item}” is not passed."),
            "each": _("{label}: “{item}” has {got}; at least {wanted} is needed."),
            "tier": _("{label}: the mean of “{item}” is {got}; at least {wanted} is needed."),
            "coverage": _("{label}: {got} of the criteria are scored; at least {wanted} is needed."),
            "scored": _("{label}: “{item}” is not scored."),
        },
    )


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
