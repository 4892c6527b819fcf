"""Questions, judgements, saved searches and the measuring of search."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("The question is empty. Ask in your own words, in any language."),
    marked("The question has {n} characters; at most {limit} are taken. Ask something shorter."),
    marked("{n} results were asked for; between 1 and {limit} can be given."),
    marked("The file of questions has {n} MB; at most {limit} are taken. Split it."),
    marked("The file of questions cannot be used: {reason}."),
    marked("There is no question in the file. Put one in each row, in a column named “question” or in the first."),
    marked("The file has {n} questions; at most {limit} are taken. Split it."),
    marked("No passage was found for this question."),
    marked("No passage was chosen. Choose at least one."),
    marked("{n} passages were chosen; at most {limit} are taken. Choose fewer."),
    marked("Of {total} chosen passages {n} cannot be found. Their documents may have changed; search again."),
    marked(
        "The search was stopped after {n} seconds and had found nothing by then. "
        "Ask again, in fewer words or within fewer documents."
    ),
    marked("The relevance {found} is none of 0 (not relevant), 1 (helps) and 2 (answers it)."),
    marked("You have made {n} judgements, and more are not taken."),
    marked("You have no such judgement; it may have been changed or withdrawn already."),
    marked("The search cannot be saved: {faults}."),
    marked("You have a saved search called “{name}” already. Choose another name."),
    marked("You have {n} saved searches, and more are not taken. Remove one first."),
    marked("You have no such saved search; it may have been renamed or removed."),
    marked("The saved search “{name}” was changed or looked at elsewhere meanwhile. Open it again."),
    marked("The saved search “{name}” has filters that this version does not know ({names}). Update the program."),
    marked("The judged questions cannot be used: {faults}."),
    marked("No question of {path} has a judgement; are these the judgements of these questions?"),
    marked("{folder} holds several files of judgements ({known}) and none is {wanted}. Say which: --qrels FILE"),
    marked("{place} holds no *.yaml file of judged questions. Name their folder: --questions FOLDER"),
    marked("No question of {name} has an answer that is judged relevant; nothing can be measured."),
    marked("There is no file {path}. Write one: {command}"),
    marked("{path} is longer than {n} MB and is not read."),
    marked("{path} is not JSON ({error}). Write one: {command}"),
    marked("{name} is no evaluation: it has no per_question. Write one: {command}"),
    marked("{name} is no evaluation: {faults}."),
    marked("The two evaluations are of different questions: {faults}. Evaluate both on the same judged set."),
)
PARTS = (
    marked("the name is empty"),
    marked("the name has {n} characters; at most {limit} are taken"),
    marked("it has {n} filters; at most {limit} are taken"),
    marked("a filter has {n} characters; at most {limit} are taken"),
)
