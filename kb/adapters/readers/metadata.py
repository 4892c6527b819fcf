"""Map what a document says about itself onto :class:`Metadata`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from kb.adapters.readers.clean import one_line
from kb.retrieval.passage import KINDS, Metadata, Visibility

_ALIASES = {
    "author": "authors",
    "creator": "authors",
    "organization": "organisation",
    "country": "countries",
    "theme": "themes",
    "tags": "themes",
    "license": "licence",
    "source": "origin",
    "url": "origin",
    "lang": "language",
    "type": "kind",
}
_EU_CODES = {"UK": "GB", "EL": "GR"}  # what the European Commission writes → ISO 3166
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")
_NEVER = "9999-12-31"  # an embargo that cannot be read stays closed
_MAX_VALUE_CHARS = 2_000


def from_mapping(raw: Mapping[str, object]) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata, and one remark that lists every fault at once.

    A faulty value is left out. Faults in access fields close the document instead of opening it: an unknown ``visibility`` becomes
    ``restricted``, an unreadable ``embargo_until`` never ends, an unclear ``chatham_house`` counts as yes.
    """
    return _Mapping(raw).read()


class _Mapping:
    """One reading of one mapping; gathers faults as it goes."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._values: dict[str, object] = {}
        self._faults: list[str] = []
        for key, value in raw.items():
            name = one_line(str(key)).lower().replace("-", "_").replace(" ", "_")
            name = _ALIASES.get(name, name)
            if value not in (None, "", [], {}):
                self._values.setdefault(name, value)

    def read(self) -> tuple[Metadata, tuple[str, ...]]:
        """Read every known key, then keep the rest as text."""
        metadata = Metadata(
            title=self._text("title"),
            kind=self._kind(),
            authors=self._list("authors"),
            organisation=self._text("organisation"),
            countries=self._countries(),
            themes=tuple(dict.fromkeys(map(_slug, self._list("themes")))),
            date=self._date("date"),
            licence=self._text("licence"),
            origin=self._origin(),
            visibility=self._visibility(),
            language=self._language(),
            embargo_until=self._date("embargo_until", if_faulty=_NEVER),
            chatham_house=self._flag("chatham_house"),
            other=tuple((key, _plain(value)) for key, value in self._values.items()),
        )
        return metadata, (f"Metadata: {'; '.join(self._faults)}.",) if self._faults else ()

    def _text(self, key: str) -> str:
        return _plain(self._values.pop(key, ""))

    def _list(self, key: str) -> tuple[str, ...]:
        """A list, or a string with commas (semicolons win where both occur: "Rossi, A.; Bianchi, B.")."""
        value = self._values.pop(key, ())
        if isinstance(value, (list, tuple)):
            items = [_plain(item) for item in value]
        else:
            text = _plain(value)
            items = text.split(";" if ";" in text else ",")
        return tuple(item.strip() for item in items if item.strip())

    def _kind(self) -> str:
        kind = _slug(self._text("kind"))
        if kind and kind not in KINDS:
            self._fault("kind", kind, f"one of {', '.join(KINDS)}")
            return ""
        return kind

    def _countries(self) -> tuple[str, ...]:
        codes = [_EU_CODES.get(code.upper(), code.upper()) for code in self._list("countries")]
        for code in codes:
            if not re.fullmatch("[A-Z]{2}", code):
                self._fault("countries", code, "two-letter codes of ISO 3166 such as IT, PT")
        return tuple(dict.fromkeys(code for code in codes if re.fullmatch("[A-Z]{2}", code)))

    def _date(self, key: str, *, if_faulty: str = "") -> str:
        text = self._text(key)
        if not text:
            return ""
        found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?", text)
        try:
            if found:
                year, month, day = (int(part or 1) for part in found.groups())
                return datetime.date(year, month, day).isoformat()[: 4 + 3 * sum(part is not None for part in found.groups()[1:])]
        except ValueError:
            pass  # a thirteenth month is the same fault as no date at all
        self._fault(key, text, "a date as 2026-11-22, 2026-11 or 2026")
        return if_faulty

    def _origin(self) -> str:
        origin = self._text("origin")
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", origin.lower())
        if scheme and scheme[1] not in ("http", "https", "doi", "urn", "isbn"):
            self._fault("origin", origin, "an address with https://")
            return ""
        return origin

    def _visibility(self) -> Visibility | None:
        text = self._text("visibility").lower()
        if text and text not in tuple(Visibility):
            self._fault("visibility", text, f"one of {', '.join(Visibility)}; taken as restricted")
            return Visibility.RESTRICTED
        return Visibility(text) if text else None

    def _language(self) -> str:
        text = self._text("language")
        tag = re.split("[-_]", text.lower())[0]
        if text and not re.fullmatch("[a-z]{2,3}", tag):
            self._fault("language", text, "a code such as en, fr, pt")
            return ""
        return tag

    def _flag(self, key: str) -> bool:
        text = self._text(key).lower()
        if text not in _YES + _NO:
            self._fault(key, text, "true or false; taken as true")
        return text not in _NO

    def _fault(self, key: str, got: str, wanted: str) -> None:
        self._faults.append(f'{key} "{got[:60]}" is not {wanted}')


def _plain(value: object) -> str:
    """Any YAML value as one line of text."""
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(item) for item in value)[:_MAX_VALUE_CHARS]
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())[:_MAX_VALUE_CHARS]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return one_line(str(value))[:_MAX_VALUE_CHARS]


def _slug(text: str) -> str:
    """Lower case, hyphens for spaces and underscores."""
    return re.sub(r"[\s_]+", "-", text.strip().lower())
