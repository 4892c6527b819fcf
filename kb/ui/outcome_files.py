"""The fixed words of plans and policy changes as files, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale
from babel.numbers import get_decimal_symbol

from kb.peers import languages
from kb.services.outcome_files.wording import OutcomeWording
from kb.ui import learning_words, outcome_words, words
from kb.ui.i18n import _, current


def wording() -> OutcomeWording:
    """For this session; hand it to whatever works in another thread."""
    return OutcomeWording(
        citing=words.citation(),
        decimal=get_decimal_symbol(current()),
        demonstration=_("Demonstration data"),
        demonstration_note=_("This was made up to show how the software works. Nobody planned or changed any of it."),
        replaced=_("Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."),
        made_on=_("Written on"),
        organisation=_("Organisation"),
        place=_("Place"),
        state=_("State"),
        partnership=_("Partnership"),
        because=_("What it comes from"),
        told_by=_("Told by"),
        history=_("History"),
        date=_("Date"),
        who=_("Who"),
        what=_("What"),
        unknown=_("unknown"),
        plan_kicker=_("Action plan"),
        instrument=_("Policy instrument"),
        validated_by=_("Validated by"),
        why_not=_("Why it is not implemented"),
        language=_("Language"),
        summary_en=_("Summary in English"),
        plan_text=_("From what was learned to what will be done"),
        actions=_("Actions"),
        action=_("Action"),
        when=_("When"),
        cost=_("Cost"),
        players=_("Players"),
        funding=_("Funding"),
        indicator=_("Indicator"),
        from_to=_("{begins} to {ends}"),
        since=_("{state}, since {date}"),
        total=_("All together: {costs}"),
        n_unknown=_("actions whose cost nobody knows: {n}"),
        n_unsaid=_("actions of which no cost is said: {n}"),
        policy_kicker=_("Policy change"),
        policy=_("Policy or plan"),
        on=_("In effect since"),
        confirmed_by=_("Confirmed by"),
        not_confirmed=_("Nobody of another organisation has confirmed it yet."),
        changed=_("What changed"),
        attribution=_("How much of it is owed to what was learned, in the words of {name}"),
        effects=_("Before and after"),
        not_measured=_("Nothing is said of this yet."),
        before=_("Before"),
        after=_("After"),
        difference=_("Difference"),
        effect=_("What was measured"),
        source=_("Source: {source}"),
        evidence_for=_("Evidence:"),
        evidence=_("Evidence"),
        document_changed=_("The document was changed after this was quoted; the words still stand in it."),
        gone=_("These words are not in the document any more."),
        left_out=_("Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."),
        plan_states=_named(learning_words.STATES["PlanState"]),
        action_states=_named(outcome_words.PROGRESS),
        policy_states=_named(learning_words.STATES["PolicyState"]),
        dimensions=_named(outcome_words.DIMENSIONS),
        untold=_named(outcome_words.UNTOLD),
        plan_moves=_named(learning_words.EVENTS["plan"]),
        policy_moves=_named(learning_words.EVENTS["policy"]),
        countries=dict(Locale(current()).territories),
        languages={code: words.language(code) for code in languages.CODES},
    )


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
