"""The fixed words of transferability tests as files, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import get_decimal_symbol

from kb.services.transfer_files.wording import TransferWording
from kb.ui import assessing_words, transferring_words, words
from kb.ui.i18n import _, current


def wording() -> TransferWording:
    """For this session; hand it to whatever works in another thread."""
    return TransferWording(
        citing=words.citation(),
        decimal=get_decimal_symbol(current()),
        kicker=_("Transferability test"),
        demonstration=_("Demonstration data"),
        demonstration_note=_("This test was made up to show how the software works. It says nothing about practice or places."),
        headline=_("{practice}: from {source} to {target}"),
        practice=_("Practice"),
        source=_("From"),
        target=_("To"),
        framework=_("Framework"),
        framework_version=_("{title}, version {version}"),
        stage=_("State"),
        certainty=_("Certainty"),
        why=_("What it is for"),
        opened_on=_("Opened on"),
        due=_("Judgements due by"),
        ended_on=_("Ended on"),
        made_on=_("Written on"),
        result=_("Result"),
        nothing_yet=_("There is no result yet."),
        own_only=_("Not concluded yet: this is what your own judgement comes to alone."),
        reached=_("{mean} ({low} to {high})"),
        no_mean=_("No mean: nobody could tell ({low} to {high})"),
        scale=_("From −2 (stands in the way) over 0 to +2 (helps much). In brackets: if all that is unknown were −2, or +2."),
        coverage=_("Criteria known"),
        n_of_m=_("{n} of {total}"),
        n_assessors=_("Assessors"),
        blocking=_("In the way, whatever the mean"),
        blocks=_("{title}: −2 by {n} of {of}"),
        apart=_("Assessors are apart"),
        between=_("{title}: from {lowest} to {highest}"),
        by_side=_("By side"),
        side=_("Side"),
        mean=_("Mean"),
        what_if=_("What matters most of what is unknown"),
        what_if_note=_("The mean if this criterion alone were −2, or +2. A −2 would stand in the way besides."),
        at_worst=_("If −2"),
        at_best=_("If +2"),
        assessors=_("Who judges"),
        assessor=_("Assessor"),
        organisation=_("Organisation"),
        country=_("Country"),
        seat=_("Part"),
        at_a_glance=_("Answers at a glance"),
        criterion=_("Criterion"),
        key=_("{title} (the practice rests on it)"),
        heading=_("{title}: {mean}"),
        unknown=_("unknown"),
        stale=_("its evidence changed since"),
        speaks_for=_("{side}, for:"),
        against=_("{side}, against:"),
        none_found=_("{side}: looked for evidence and found none."),
        left_out=_("Quotations left out here: {n}"),
        left_out_all=_("Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."),
        wholes=_("Of all of it"),
        facilitators=_("What would help"),
        barriers=_("What would hinder"),
        adaptations=_("What would have to be different"),
        adaptation=_("{element}: {how}"),
        core_kept=_("What would be kept as it is"),
        distance=_("How far the places are apart"),
        far=_("{value} on a scale from 0 (alike) to 1, by {n} of {total} indicators that are known of both"),
        not_far=_("Nothing is known of both places that could be compared."),
        indicator=_("Indicator"),
        differs=_("Apart"),
        share=_("Part of the distance"),
        went=_("How a transfer went"),
        went_on=_("{outcome}, on {date}"),
        told_by=_("Told by {name}"),
        case=_("Practice sheet of the case: {name}"),
        case_for=_("Evidence for:"),
        case_against=_("Evidence against:"),
        evidence=_("Evidence"),
        changed=_("The document was changed after this was quoted; the words still stand in it."),
        gone=_("These words are not in the document any more."),
        history=_("History"),
        date=_("Date"),
        who=_("Who"),
        what=_("What"),
        replaced=_("Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."),
        stages=_named(transferring_words.STAGES),
        certainties=_named(transferring_words.CERTAINTIES),
        certain=_named(transferring_words.CERTAIN),
        seats=_named(transferring_words.SEATS),
        confidences=_named(assessing_words.CONFIDENCES),
        outcomes=_named(transferring_words.OUTCOMES),
        sides=_named(transferring_words.EVIDENCED),
        moves=_named(transferring_words.EVENTS),
    )


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
