"""Transfer cases."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("There is no transfer case “{name}”. See the list: kb learn case list"),
    marked("There is no transfer case yet."),
    marked("The transfer case is there already."),
    marked("Others began a new transfer case at the same moment. Try again."),
    marked("The transfer case is {case_state}; this needs one that is {case_states}."),
    marked("The test {test} is {test_state}; a transfer case stands on one that is concluded."),
    marked("“{found}” is no step of a transfer case; there are {names}."),
    marked("The transfer case was not opened: {faults}."),
    marked("The transfer case was not moved on: {faults}."),
    marked("The transfer case was not stopped: {faults}."),
    marked("The plan was not kept: {faults}."),
    marked("The milestone was not kept: {faults}."),
    marked("The adoption was not kept: {faults}."),
    marked("Somebody else revised the plan of {case} meanwhile. Look at it again."),
    marked("{organisation} has a transfer case on this test already: {case}."),
    marked("Only {name}, members of {organisation} and facilitators may do this to the case."),
    marked("Nobody is named as local group yet: the plan says who makes it together in the target place."),
    marked("The plan does not say yet: {wanted}."),
    marked("Milestones that were reached stay in the plan: {keys}."),
    marked("The plan has no milestone “{key}”."),
    marked("The milestone {key} was reached on {date} already."),
    marked("The date {date} has not come yet. Tell of a milestone once it is reached."),
    marked("By its evaluation the transfer did not work. Evaluate it again, or stop it with the reason."),
    marked("You opened this case: another facilitator tells how it went."),
    marked("Re-use began on {date}: it cannot have been evaluated on {day}."),
    marked("It was evaluated on {date} already; a later evaluation cannot be of {day}."),
    marked("The test was concluded on {date}: a transfer evaluated on {day} cannot be compared with it."),
    marked("Name what bears it out: a passage of a document, or a source with its date."),
    marked("The source “{source}” is of {date}, which has not come yet."),
)
PARTS = (
    marked("what of the core is kept"),
    marked("which elements are adapted, and how"),
    marked("at least one milestone"),
    marked("name what bears it out: a passage of a document, or a source with its date"),
    marked("{n} sources; at most {limit} are taken"),
    marked("a source has no title"),
    marked("{source}: the date {date} has not come yet"),
    marked("{source}: is “unknown”; evidence has a date, a year at least"),
    marked("the practice itself is no case of its transfer; name the sheet or the transfer case that tells of it"),
    marked("there is no transfer case and no practice called “{name}”"),
    marked("{case} stands on another test: {test}"),
    marked("you opened {case}: another facilitator tells how it went"),
    marked("two milestones have the same key: {keys}"),
    marked("“{found}” is no key such as first-year: small letters, digits and hyphens"),
)
