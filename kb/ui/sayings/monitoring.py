"""Indicators of practices, and the readings of them."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("An entry of monitoring ({kind}) is of a newer version of the program. Update it."),
    marked("The indicator cannot be set: {faults}."),
    marked("The indicator {key} was ended on {date} already."),
    marked("The reading was not added: {faults}."),
    marked("No reading was imported: {faults}."),
    marked("Line {n}: {faults}."),
    marked("There is no reading {n} of {practice}. See them: kb monitor show {name}"),
    marked("The reading {n} was withdrawn on {date} already."),
    marked("{name} entered the reading {n}: only they and facilitators may withdraw it."),
    marked("{practice} has no indicator “{key}”; {faults}."),
    marked("Say why; others will ask."),
)
PARTS = (
    marked("line {n}: {faults}"),
    marked("the table is empty; wanted are the columns {names}"),
    marked("the table has {n} readings; at most {limit} are taken at once"),
    marked("the file has {n} MB; at most {limit} are taken"),
    marked("there is no reading below the names of the columns"),
    marked("“{found}” is no column that is known"),
    marked("a column without a name is no column that is known"),
    marked("the column {name} is there {n} times"),
    marked("the column {name} is not there"),
    marked("the columns {names} are not there"),
    marked("has {n} cells, and there are {limit} columns; a cell with a comma or semicolon needs quotes"),
    marked("there is no indicator “{name}”"),
    marked("did you mean “{name}”?"),
    marked("there are {names}"),
    marked("the indicator {name} was ended; no reading is awaited"),
    marked("“{found}” is not the unit of {name}, which is {unit}"),
    marked("is of another practice; these are readings of {name}"),
    marked("the reading was withdrawn; take its row out"),
    marked("{date} has not come yet"),
    marked(
        "“{found}” has a comma, which parts thousands in some countries and decimals in others; "
        "wanted is one such as 1200 or 3.5, without spaces or a unit"
    ),
    marked("“{found}” is no number; wanted is one such as 1200 or 3.5, without spaces or a unit"),
    marked("is too large to be true"),
    marked("there is a reading of {name} for {date} from this source already; withdraw that one first"),
    marked("is the reading of line {n} once more"),
    marked("has a line break; perhaps a quotation mark before it is never closed"),
    marked("a practice has at most {n} indicators"),
    marked("a practice has at most {n} readings"),
    marked("its readings are in {found}; give one in {unit} a key of its own"),
    marked("says neither when the first reading is due nor a baseline to count from"),
    marked("has its first reading due on {date}; wanted is {wanted} or later"),
    marked("has a target of {date}, which is not after the baseline of {wanted}"),
    marked("should go up, and its target lies the other way from its baseline"),
    marked("should go down, and its target lies the other way from its baseline"),
)
