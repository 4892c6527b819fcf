"""Sessions of mutual learning."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("The session was not planned: {faults}."),
    marked("The session was not changed: {faults}."),
    marked("You did not leave the session: {faults}."),
    marked("The session was not held: {faults}."),
    marked("The session was not cancelled: {faults}."),
    marked("The debrief was not kept: {faults}."),
    marked("The notes were not taken in: {faults}."),
    marked(
        "The notes name who was there, against the Chatham House Rule. Each name with its lines (0 is the title): {names}. Write "
        "“a participant”, “a public body” or the like; keep the names of published works. A facilitator may take the notes in as "
        "they are and say why."
    ),
    marked("Under the Chatham House Rule only those add notes who see who was there: who took part, who planned it, facilitators."),
    marked("Your debrief of {session} was kept elsewhere meanwhile, perhaps in another window. Open it again."),
    marked("The session begins at {time}, which has not come yet."),
    marked("There is no session yet."),
    marked("The session is there already."),
    marked("The session is {session_state}; this needs one that is {session_states}."),
    marked("Others began a new session at the same moment. Try again."),
    marked("A session is planned by facilitators and by members of its host, {host}."),
    marked("Facilitators, members of the host and who planned this session may do that."),
    marked("Who took part in this session, members of the host and facilitators may do that."),
    marked(
        "Under the Chatham House Rule only those share the debrief who see who was there: who took part, who planned it, "
        "facilitators."
    ),
    marked(
        "The text names who was there, against the Chatham House Rule: {names}. Write “a participant”, “a public body” or the "
        "like. A facilitator may keep it as it is and say why."
    ),
    marked("The debrief was not shared: {faults}."),
    marked("You do not take part in this session."),
    marked("You take part in this session already."),
    marked("{n} take part already: there have to be as many places, and {capacity} are planned."),
    marked("Who joined did so under the Chatham House Rule: it stays. Cancel the session and plan another one."),
    marked("Only facilitators hand a session over to another host."),
    marked("The session is full: {n} people may take part."),
    marked("The session is full: {n} peers may take part."),
    marked("The session begins on {day}, which has not come yet."),
    marked("It is planned from {first} to {last}, and cannot have ended on {day}."),
    marked("It cannot have ended on {day}, which has not come yet."),
    marked("A peer review needs peers from at least {n} countries other than the host's, {country}; {missing} is missing."),
    marked("A peer review needs peers from at least {n} countries other than the host's, {country}; {missing} are missing."),
    marked("The debrief says nothing: give a decision, a lesson or an open point."),
    marked("Under the Chatham House Rule a lesson does not tell from whom it was learned."),
    marked("What was said is kept back until {day}: note its lessons then."),
)
PARTS = (
    marked("a document is wanted, or a text, and not both"),
    marked("“{found}” is no id of a question round such as round-3"),
    marked("“{found}” is no id of a lesson such as lesson-3"),
    marked("“{found}” is no time such as 10:00 or 2026-12-01 10:00"),
    marked("“{found}” is no time such as 2026-12-01T10:00"),
    marked("“{found}” is left out in {zone}: clocks are put forward then"),
    marked("“{found}” is no time zone such as Europe/Lisbon, Asia/Kolkata or UTC"),
    marked("is not after the beginning"),
    marked("is more than {n} days after the beginning; plan several sessions"),
    marked("is {found}; a peer review has at most {n} peers"),
    marked("is set for {n} people; at most {limit} meet under the rule"),
    marked("is empty, and so is the place; say at least one of them"),
    marked("they are empty"),
    marked("they have {n} characters; at most {limit} are taken"),
    marked("more names have to be withheld than can be; shorten the agenda"),
    marked("visibility “{found}” is none of {names}"),
)
