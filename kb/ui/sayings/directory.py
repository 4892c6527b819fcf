"""Organisations and partnerships, and the files of the directory."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("“{name}” was not saved: {faults}."),
    marked("“{name}” was removed meanwhile. Nothing was written."),
    marked("“{name}” was changed by {who} at {when}. Nothing was overwritten: open it again."),
    marked("“{name}” was changed by somebody with an editor at {when}. Nothing was overwritten: open it again."),
    marked("A file cannot be called “{name}”: use a–z, 0–9 and single hyphens, at most {n} characters."),
    marked("There is a file called “{name}” already. Choose another name."),
    marked("There is no organisation called “{name}”. See the names: kb learn organisation list"),
    marked("There is no partnership called “{name}”. See the names: kb learn partnership list"),
    marked("There is no partnership called “{name}”. Did you mean “{near}”? See the names: kb learn partnership list"),
    marked("The entry of “{name}” in the directory cannot be used: {faults}."),
    marked("The partnership “{name}” cannot be used: {faults}."),
    marked("The day {day} has not come yet; a state is written down once it is reached."),
    marked("Say why the organisation takes part no more: the reason stays in the history."),
    marked("“{name}” is no partner of this partnership."),
    marked("faults: {n}, the first in line {line} ({fault}); see kb learn organisation check {name}"),
    marked("longer than {n} KB: a file tells of one organisation"),
    marked("faults: {n}, the first in line {line} ({fault}); see kb learn partnership check {name}"),
    marked("longer than {n} KB: a file tells of one partnership"),
    marked("The partnership “{name}” cannot be read. What is wrong: kb learn partnership check"),
)
PARTS = (
    marked("“{name}” is no code: use a–z, 0–9 and single hyphens, at most {n} characters"),
    marked("there is a partnership called “{name}” already: choose another code"),
    marked("the day {day} has not come yet; a state is written down once it is reached"),
    marked("is “{found}” in a file called {name}; wanted is the same name"),
    marked("names no source; put [@key] behind what it says, with a key of the sources"),
    marked("is “{name}” itself; leave the key out where it belongs to none"),
    marked("“{name}” is no group of the partnership; did you mean “{near}”?"),
    marked("“{name}” is no group of the partnership; there are {known}"),
    marked("is “{found}” behind “{later}”; a partnership goes only forward"),
    marked("is {day}, before {other_day} of the state in front of it"),
    marked("is {day}, before the start on {other_day}"),
    marked("the project “{title}” names the practice “{name}”, which is not there"),
    marked("“{name}” is also what {organisation} is called"),
    marked("“{name}” is not in the directory"),
)
