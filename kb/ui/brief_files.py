"""The fixed words of background briefs as files, in the reader's language."""

from __future__ import annotations

from kb.peers import languages
from kb.services.brief_files.wording import BriefWording
from kb.ui import words
from kb.ui.i18n import _


def wording() -> BriefWording:
    """For this session; hand it to whatever works in another thread."""
    return BriefWording(
        citing=words.citation(),
        kicker=_("Background brief"),
        demonstration=_("Demonstration data"),
        demonstration_note=_("This round was made up to show how the software works. Nobody said any of it."),
        axis=_("Axis"),
        partnership=_("Partnership"),
        state=_("State"),
        asked_by=_("Asked by"),
        sent_on=_("Sent on"),
        due=_("Cases due by"),
        closed_on=_("Closed on"),
        session=_("Session"),
        made_on=_("Compiled on"),
        overall=_("What the partners conclude"),
        cases=_("The cases"),
        no_cases=_("Nobody answered yet."),
        case=_("Case"),
        title=_("Title"),
        organisation=_("Organisation"),
        country=_("Country"),
        language=_("Language"),
        sheet=_("Practice sheet"),
        at_a_glance=_("Answers at a glance"),
        question=_("Question"),
        glance_note=_("The number of quotations that bear an answer out. 0: an answer without one. {none}: no answer."),
        numbered=_("{number}. {text}"),
        case_number=_("Case {number}"),
        in_language=_("in {language}"),
        evidence_of=_("Evidence:"),
        no_evidence=_("No evidence is named."),
        left_out=_("Quotations left out here: {n}"),
        without=_("No answer to this: {cases}."),
        nobody=_("No case says anything to this."),
        conclusion=_("Conclusion"),
        exchange=_("Questions on the cases"),
        asks=_("{who} asks:"),
        replies=_("{who} replies:"),
        no_reply=_("No reply yet."),
        interest=_("What interests the partners"),
        interest_note=_("In the order in which cases came. It says what partners want to hear more of, not what is better."),
        interested=_("Who wants to hear more"),
        number=_("Number"),
        missing=_("What is missing"),
        nothing_missing=_("Whoever was asked answered every question with evidence, and every question on a case has a reply."),
        silent=_("Asked, and no case came"),
        questions_without=_("Questions without an answer"),
        answers_without=_("Answers without evidence"),
        cases_without=_("Cases without a practice sheet"),
        open_questions=_("Questions on cases without a reply"),
        quotations=_("Quotations"),
        changed=_("The document was changed after this was quoted; the words still stand in it."),
        gone=_("These words are not in the document any more."),
        left_out_all=_("Quotations left out: {n}. Their documents are not for the eyes of whoever wrote this file, or are gone."),
        sources=_("Sources"),
        replaced=_("Characters that no font here has are told by their number in Unicode, such as [U+1F41D]."),
        states={
            "sent": _("Sent; cases may still come"),
            "closed": _("Closed"),
            "concluded": _("Concluded"),
        },
        countries=words.countries(),
        languages={code: words.language(code) for code in languages.CODES},
    )
