"""A practice sheet as a form holds it: every field is there, blank or not, and what nobody knows is a choice beside the words.

A form is made of plain values, so that a draft can be kept as JSON:

- a text: ``{"unknown": bool, "said": {language: words}}``; the language "" is the sheet's own, where the sheet names none
- a list, and a contact (a list of at most one): ``{"state": State, "items": […]}``; a source has its key among its values
- owner, place and period: key → text, or list of texts
- all else: a text
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from kb.peers import parts
from kb.peers.flaws_in_fields import Flaw
from kb.peers.narrative import UNKNOWN
from kb.peers.practice import MANDATORY, NARRATIVE, PracticeSheet

Form = dict[str, Any]
Raw = Mapping[str, Any]
TEXT_LISTS = ("core", "adaptable")
TEXTS = tuple(name for name in NARRATIVE if name not in TEXT_LISTS)
SINGLE: Mapping[str, type[BaseModel]] = {"owner": parts.Owner, "place": parts.Place, "period": parts.Period}
LISTED: Mapping[str, type[BaseModel]] = {
    "partners": parts.Partner,
    "figures": parts.Figure,
    "adopted_by": parts.Adoption,
    "evidence": parts.Evidence,
    "links": parts.Link,
    "contact": parts.Contact,
    "sources": parts.Source,
}
WORD_LISTS = ("tags", "documents")
KEY = "key"  # of a source, among its values
_LISTS_OF_VALUES = ("countries", "support")


class State(StrEnum):
    """What a list says."""

    SAID = "said"
    NONE = "none"  # known to be empty
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Divided:
    """Fields that changed on two sides since both began from the same sheet.

    Attributes:
        mine: in the form only.
        theirs: in the sheet only.
        both: differently in both.
    """

    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    both: tuple[str, ...]


def form_of(raw: Raw) -> Form:
    """The form that shows a sheet's plain values; what cannot be shown is blank."""
    return {name: _to_form(name, raw.get(name)) for name in PracticeSheet.model_fields}


def raw_of(form: Form) -> dict[str, Any]:
    """Field → value as a sheet spells it; ``None``: not said. What has to be said and is blank is a blank text."""
    own = str(form["language"]).strip()
    return {name: _to_raw(name, form[name], own) for name in PracticeSheet.model_fields}


def changes(base: Raw, form: Form) -> dict[str, Any]:
    """Fields of the form that say something else than the sheet it began from; ``None`` takes a field away.

    Args:
        base: the sheet's plain values; empty for a new one, of which all is a change.
    """
    after = raw_of(form)
    if not base:
        return {name: value for name, value in after.items() if value is not None}
    before = raw_of(form_of(base))
    return {name: value for name, value in after.items() if value != before[name]}


def divided(base: Raw, theirs: Raw, form: Form) -> Divided:
    """What was changed in the form, in the sheet meanwhile, and in both."""
    mine, others, after = set(changes(base, form)), set(changes(base, form_of(theirs))), raw_of(form)
    now = raw_of(form_of(theirs))
    both = {name for name in mine & others if after[name] != now[name]}
    in_order = list(PracticeSheet.model_fields)
    return Divided(
        tuple(name for name in in_order if name in mine - others),
        tuple(name for name in in_order if name in others - mine),
        tuple(name for name in in_order if name in both),
    )


def rebased(base: Raw, theirs: Raw, form: Form, give_up: Collection[str] = ()) -> Form:
    """The form as if it had begun from the sheet as it is now.

    Args:
        give_up: fields changed on both sides in which the sheet's value is taken.
    """
    kept = set(changes(base, form)) - set(give_up)
    return {name: form[name] if name in kept else value for name, value in form_of(theirs).items()}


def flaws(form: Form) -> list[Flaw]:
    """What a sheet could not tell: two sources of one key (one would be lost), a text taken away in its own language only."""
    keys = [str(item.get(KEY, "")).strip() for item in form["sources"]["items"]]
    twice = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    foreign = [name for name in TEXTS if _is_blank_at_home(form[name], str(form["language"]).strip())]
    return [
        *(Flaw((name,), "is blank in the language of the sheet") for name in foreign),
        *(Flaw(("sources", key), f"the key “{key}” is there twice") for key in twice),
    ]


def languages(form: Form) -> list[str]:
    """Those of the texts, the sheet's own first."""
    own = str(form["language"]).strip()
    texts = [form[name] for name in TEXTS] + [item for name in TEXT_LISTS for item in form[name]["items"]]
    return list(dict.fromkeys([own, *(tag for text in texts for tag in text["said"] if tag)]))


def language_key(text: Mapping[str, Any], language: str, own: str) -> str:
    """Under which language the words of ``language`` stand: the sheet's own may be without a name."""
    if language != own:
        return language
    return "" if "" in text["said"] or (own not in text["said"] and not any(text["said"].values())) else own


def blank_item(name: str) -> Any:
    """A new item of a list."""
    return _text(None) if name in TEXT_LISTS else _part(LISTED[name], {}) | ({KEY: ""} if name == "sources" else {})


def _is_blank_at_home(text: Mapping[str, Any], own: str) -> bool:
    """Whether it says something in other languages and nothing in the sheet's own."""
    said = {language for language, words in text["said"].items() if words.strip()}
    return bool(said) and not text["unknown"] and not said & {"", own}


def _to_form(name: str, value: Any) -> Any:
    if name in TEXTS:
        return _text(value)
    if name in SINGLE:
        return _part(SINGLE[name], value)
    if name == "contact":
        return {"state": _state(value, [value]), "items": [_part(LISTED[name], value)] if isinstance(value, Mapping) else []}
    if name == "sources":
        pairs = value.items() if isinstance(value, Mapping) else ()
        return {"state": State.SAID, "items": [{KEY: str(key), **_part(LISTED[name], each)} for key, each in pairs]}
    if name in TEXT_LISTS or name in LISTED or name in WORD_LISTS:
        items = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []
        return {"state": _state(value, items), "items": [_item(name, each) for each in items]}
    return str(value) if value is not None else ""


def _item(name: str, value: Any) -> Any:
    if name in TEXT_LISTS:
        return _text(value)
    return _part(LISTED[name], value) if name in LISTED else str(value)


def _state(value: Any, items: Sequence[Any]) -> str:
    if isinstance(value, str) and value.strip() == UNKNOWN:
        return State.UNKNOWN
    return State.UNSAID if value is None or value == "" else State.SAID if items else State.NONE


def _text(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"unknown": False, "said": {str(language): str(words) for language, words in value.items()}}
    words = value if isinstance(value, str) else ""
    is_unknown = words.strip() == UNKNOWN
    return {"unknown": is_unknown, "said": {"": words} if words and not is_unknown else {}}


def _part(model: type[BaseModel], value: Any) -> dict[str, Any]:
    given = value if isinstance(value, Mapping) else {}
    defaults = {key: field.default for key, field in model.model_fields.items() if not field.is_required()}
    return {key: _plain(given.get(key, defaults.get(key)), key) for key in model.model_fields}


def _plain(value: Any, key: str) -> Any:
    if key in _LISTS_OF_VALUES:
        return list(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value or "") or []
    return str(value) if value is not None else ""


def _to_raw(name: str, value: Any, own: str) -> Any:
    must = name in MANDATORY
    if name in TEXTS:
        said = _said(value, own)
        return said if said or must else None
    if name in SINGLE:
        return _said_part(SINGLE[name], value)
    if name in WORD_LISTS:
        return list(value["items"]) or ([] if value["state"] == State.NONE else None)
    if name == "sources":
        return {str(item[KEY]).strip(): _said_part(LISTED[name], item) for item in value["items"]}
    if name in TEXT_LISTS or name in LISTED:
        return _said_list(name, value, own)
    return str(value).strip() or ("" if must else None)


def _said_list(name: str, value: Any, own: str) -> Any:
    match value["state"]:
        case State.UNKNOWN:
            return UNKNOWN
        case State.NONE:
            return None if name == "contact" else []
        case State.UNSAID:
            return None
    items = [_said(each, own) if name in TEXT_LISTS else _said_part(LISTED[name], each) for each in value["items"]]
    return (items or [None])[0] if name == "contact" else items or None


def _said(text: Mapping[str, Any], own: str) -> Any:
    """A text as a sheet spells it; blank where nothing is said."""
    if text["unknown"]:
        return UNKNOWN
    said = {language: words.strip() for language, words in text["said"].items() if words.strip()}
    return said.get("", "") if set(said) <= {""} else {language or own: words for language, words in said.items()}


def _said_part(model: type[BaseModel], value: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a part; what may be left out and is blank is left out."""
    said = {key: each.strip() if isinstance(each := value.get(key, ""), str) else list(each) for key in model.model_fields}
    return {key: each for key, each in said.items() if each or model.model_fields[key].default is not None}
