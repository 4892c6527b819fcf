"""Question rounds."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("There is no question round yet."),
    marked("The question round is there already."),
    marked("The question round is {round_state}; this needs one that is {round_states}."),
    marked("Others began a new question round at the same moment. Try again."),
    marked("The question round was not drafted: {faults}."),
    marked("The question round was not revised: {faults}."),
    marked("The question round was not rescheduled: {faults}."),
    marked("The question round was not concluded: {faults}."),
    marked("The question round was not cancelled: {faults}."),
    marked("There is no question round “{name}”. See the list: kb learn round list"),
    marked("There is no session “{name}”. See the list: kb learn session list"),
    marked("{name} was revised by somebody else meanwhile. Look at it again."),
    marked("Your answer in {name} was kept elsewhere meanwhile, perhaps in another window. Open it again."),
    marked("You have no case with the number {n} in {name}."),
    marked("You have submitted the case like this already. Change something first."),
    marked("The answer cannot be kept: {faults}."),
    marked("The case was not submitted: {faults}."),
    marked("The question was not asked: {faults}."),
    marked("The reply was not given: {faults}."),
    marked("The interest was not noted: {faults}."),
    marked("The round {name} asks no such question: {key}."),
    marked("{name} is {round_state}: its brief is compiled once no more cases are waited for."),
    marked("There is no case with the number {n} in this round."),
    marked("Cases would be due on {day}, which is past. Name another day first."),
    marked("Passages are pinned to questions without an answer: {keys}."),
    marked("Nothing with the number {n} was asked in this round."),
    marked("The round asks no such question: {keys}."),
    marked("Others ask about a case: this one is your own."),
    marked("Interest is shown in others' cases: this one is your own."),
    marked("This case is {name}'s: only they answer it anew."),
    marked("The question is about a case of {name}: they or their organisation reply."),
    marked("You have said that this case interests you already."),
    marked("You have not said that this case interests you."),
)
PARTS = (
    marked("the round asks no such question: {keys}"),
    marked("a pinned passage does not stand in its document now ({names})"),
    marked("name another day, or a session"),
    marked("write a conclusion to at least one question, or one to all of them"),
    marked("the same key stands at two questions ({keys})"),
)
