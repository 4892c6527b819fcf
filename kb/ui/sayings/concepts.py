"""Concepts and tags."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("The tag “{tag}” cannot be given: {faults}."),
    marked("The tag cannot be withdrawn: {faults}."),
    marked("You have given {name} the tag “{tag}” already."),
    marked("{name} has {n} tags, and more are not taken. Withdraw some first."),
    marked("No member gave a tag numbered {n}. See the numbers: kb tag list PRACTICE"),
    marked("The tag “{tag}” is declared in the sheet of {name}, and no member gave it. Take it out of the sheet: {file}"),
    marked("Nobody gave {name} the tag “{tag}”. See its tags: {command}"),
    marked("The tag “{tag}” was withdrawn by {who} at {when}. Nothing was changed."),
    marked("The tag “{tag}” was changed elsewhere meanwhile. Look at it again."),
    marked("{name} has the tag “{tag}”. What was given is withdrawn: kb tag withdraw"),
    marked("The tag “{tag}” is not suggested for {name}. Give it, and say why: kb tag give"),
    marked("Only controlled tags are suggested, and “{tag}” is a free one. Give it: kb tag give"),
    marked("The concepts cannot be used: {faults}."),
    marked("There is no concept “{name}”; the nearest is {near}."),
    marked("There is no concept “{name}”. See the list of all: kb concept list"),
    marked("“{name}” is no name of a file of concepts: use a–z, 0–9 and hyphens, 60 at most."),
    marked("There is a file of concepts {name} already. Choose another name."),
    marked("The graph has {n} MB; at most {limit} are taken. Split it."),
    marked("The graph has {n} concepts; at most {limit} are taken. Split it."),
    marked("The graph has no skos:Concept with a label; is it SKOS?"),
    marked("The graph is not UTF-8."),
    marked("The graph cannot be read as {form} ({error})."),
    marked("The graph asks for a context from elsewhere ({address}), and nothing is fetched. Write the context into the file."),
)
PARTS = (
    marked("it is empty"),
    marked("it is not in the controlled list"),
    marked("the nearest is {tag}"),
    marked("a controlled tag begins with {known}, not with “{found}:”"),
    marked("it has {n} characters, and a free tag at most {limit}"),
    marked("it may hold letters, figures, spaces and - ' & . / + only, not {found}"),
    marked("it has no letter"),
    marked("it begins with a mark"),
    marked("it is not said why"),
    marked("the reason has {n} characters; at most {limit} are taken"),
)
