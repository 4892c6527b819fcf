"""What services, readers and adapters say in English, in the reader's language.

They know no translator, and ledgers keep their sentences for years; so a sentence is recognised here by its fixed words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.ui.i18n import _, marked

TEMPLATES = (  # sentences, reasons and remarks
    marked("There is no such document. It may have been removed; look for it in the library."),
    marked("There is no such passage. Its document may have changed; search again."),
    marked("The file of this document is no longer in its folder. Ingest the folder again to update the index."),
    marked("Only pages of PDF files can be drawn; this document is shown as text."),
    marked("There is no page {page}; the document has {n}."),
    marked("Page {page} could not be drawn within {n} s."),
    marked("Page {page} could not be drawn."),
    marked("{name} may not {action}: this needs the role {role}."),
    marked("The question is empty. Ask in your own words, in any language."),
    marked("The question has {n} characters; at most {limit} are taken. Ask something shorter."),
    marked("{n} results were asked for; between 1 and {limit} can be given."),
    marked("The index is changing faster than it can be searched. Ask again in a moment."),
    marked("An ingest is running; the index can be searched once it has published. Ask again in a moment."),
    marked("Nothing has been ingested yet. Ingest the corpus: kb ingest corpus/documents"),
    marked("The index was built with {built}, the settings ask for {wanted}. Rebuild it: kb ingest --rebuild"),
    marked("Generation {n} of the index is damaged: {faults}."),
    marked("Generation {n} of the index cannot be opened: {error}."),
    marked("The manifest of generation {n} has changed."),
    marked("The manifest of generation {n} cannot be read: {error}."),
    marked("{path} has schema {found}; this version reads {wanted}. Rebuild: kb ingest --rebuild"),
    marked("{path} is damaged ({error}). Rebuild it from the corpus: kb ingest --rebuild"),
    marked("Nothing was added: {faults}."),
    marked("No file has failed; there is nothing to try again."),
    marked("There is no such ingest."),
    marked("There is no ingest {job}."),
    marked("cancelled"),
    marked("its process ended without a word; start it again"),
    marked("it stopped unexpectedly ({error}); the log has the rest"),
    marked("The small English model is not installed. Install it: {command}"),
    marked("The default model's file is missing. Install it: {command}"),
    marked("The language detector's file is missing: {path}. Reinstall it: {command}"),
    marked("{package} is installed without {file}. Reinstall it: {command}"),
    marked("The model {name} is not built yet. Build it: {command}"),
    marked("“{name}” is neither a built-in model ({known}) nor a folder, and the hub did not give it ({error})."),
    marked("{folder} is not a sentence-transformers model: it has no modules.json."),
    marked("{folder} has an unreadable configuration: {error}"),
    marked("The model in {folder} is refused: {faults}."),
    marked("The compiled model in {folder} cannot be loaded ({error}). Build it again: kb model build"),
    marked("sentence-transformers cannot load {folder}: {error}"),
    marked("{name} is cut short: wanted {wanted} bytes at {at}, it has {n}."),
    marked("{name} is not the file that was checked: SHA-256 {found}, wanted {wanted}. Reinstall {package}."),
    marked("{name} does not begin with {wanted}."),
    marked("{name} packs weights in blocks of {found}; this reader knows {wanted}."),
    marked("{file} has an unknown key “{key}”; known are {known}"),
    marked("{file}: {key} must be text, got {found}"),
    marked("{path} cannot be read: {error}."),
    marked("same content as {path}"),
    marked("renamed from {path}"),
    marked("the file is no longer there"),
    marked("its name is not Unicode: rename it"),
    marked("a link: left out, links are not followed"),
    marked("a folder that cannot be opened"),
    marked("not a regular file: left out"),
    marked("no such file"),
    marked("cannot be opened: {error}"),
    marked("cannot be opened ({error})"),
    marked("a link; links are left out"),
    marked("a folder"),
    marked("a named pipe, not a document"),
    marked("a socket, not a document"),
    marked("a device, not a document"),
    marked("grew beyond {n} MB while it was read"),
    marked("has {n} MB; at most {limit} MB are read"),
    marked("no text in it"),
    marked("no text (scan or blank)"),
    marked("no text (drawings or pictures only)"),
    marked("no text (pictures only)"),
    marked("no text (the slides hold pictures only)"),
    marked("no text (the page is empty without its scripts)"),
    marked("no text (the page is empty)"),
    marked("no text (nothing but metadata)"),
    marked("no text (every cell is empty)"),
    marked("no text (every sheet is empty)"),
    marked("no text (only blank space and control characters)"),
    marked("the file is empty"),
    marked("the file holds only blank space"),
    marked("an image (PNG)"),
    marked("an image (JPEG)"),
    marked("an image (GIF)"),
    marked("an image (BMP)"),
    marked("an image (TIFF)"),
    marked("an image (SVG)"),
    marked("an XML data file"),
    marked("a Rich Text file; save it as .docx"),
    marked("a PostScript file; save it as .pdf"),
    marked("a {kind} archive; unpack it and add the documents"),
    marked("a program"),
    marked("a sound file"),
    marked("a sound or video file"),
    marked("a video file"),
    marked("an image, sound or video file"),
    marked("an unknown binary file"),
    marked("an OpenDocument file other than text; save it as .pdf, .pptx or .xlsx"),
    marked("an Office 97–2003 or mail file; save it as .docx"),
    marked("an Office 97–2003 file; save it as {suffix}"),
    marked("protected by a password"),
    marked("protected by digital rights management"),
    marked("nested too deep to be read"),
    marked("Named {suffix}, but holds {kind}; read as that."),
    marked("a damaged ZIP archive ({error})"),
    marked("the file is incomplete: {name} is missing"),
    marked("the file is damaged: {name} cannot be unpacked ({error})"),
    marked("{name} unpacks to more than {limit} MB"),
    marked("the archive has {n} members; at most {limit} are opened"),
    marked("the archive unpacks to {n} MB; at most {limit} MB are opened"),
    marked("an archive inside the archive ({name}) is not opened"),
    marked("{name} unpacks to {n} times its size; at most {limit} times is opened"),
    marked("{name} declares a DOCTYPE or entity, which no real document needs"),
    marked("{name} is not well-formed XML ({error})"),
    marked("Only the first {n} million characters were kept."),
    marked("Longer than {n} million characters; read as plain text."),
    marked("{n} of {total} chapters cannot be read."),
    marked("{n} of {total} slides are missing from the file."),
    marked("1 hidden sheet left out."),
    marked("{n} hidden sheets left out."),
    marked("no HTML can be made out ({error})"),
    marked("not a readable table ({error})"),
    marked("not a readable workbook ({error})"),
    marked("the text's encoding cannot be told; save it as UTF-8"),
    marked("Not UTF-8; read as {encoding}. Check that letters look right."),
    marked("a damaged PDF (no page of it can be read)"),
    marked("a damaged PDF (PDFium: {reason}; pypdf: {error})"),
    marked("The page tree is damaged; pages were read in the order in which the file holds them."),
    marked("Page {page} is damaged and left out."),
    marked("{n} pages ({pages}) are damaged and left out."),
    marked("Page {page} is drawn in fonts that do not say which letters they show; OCR would help."),
    marked("{n} pages ({pages}) are drawn in fonts that do not say which letters they show; OCR would help."),
    marked("Page {page} is without text (scan or blank)."),
    marked("{n} pages ({pages}) are without text (scan or blank)."),
    marked("Front matter ignored: {fault}."),
    marked("Front matter ignored: {fault}. The document is restricted until it is repaired."),
    marked("Sidecar {file} ignored: {fault}."),
    marked("Sidecar {file} ignored: {fault}. The document is restricted until it is repaired."),
    marked("Sidecar {file}: {fault}. The document is restricted until it is repaired."),
    marked("Metadata: {faults}."),
    marked("needs more than {size} of memory"),
    marked("the reader failed ({reason})"),
    marked("took longer than {n} seconds"),
    marked("the reader crashed (signal {n})"),
    marked("the reader ended unexpectedly"),
    marked("the reader answered nonsense ({reason})"),
)
PARTS = (  # what stands inside those, at a name of NESTED
    marked("add documents"),
    marked("see the ingests"),
    marked("cancel an ingest"),
    marked("see the ledger"),
    marked("warm up"),
    marked("verify the index"),
    marked("member"),
    marked("contributor"),
    marked("reviewer"),
    marked("facilitator"),
    marked("administrator"),
    marked("no file was chosen"),
    marked("{n} files at once; at most {limit} are taken"),
    marked("{name} is empty"),
    marked("{name} has {n} MB; at most {limit} are taken"),
    marked("{name} is of a kind that cannot be read; these can: {known}"),
    marked("{name} is absent"),
    marked("{name} has changed ({n} bytes)"),
    marked("{name} is a link"),
    marked("{name} may hold code"),
    marked("no .safetensors weights"),
    marked("module {name} is not sentence-transformers' own"),
    marked("its configuration asks for its own code (auto_map)"),
    marked("unknown error"),
    marked("plain text"),
    marked("longer than {n} KB"),
    marked("not a list of keys and values"),
    marked("anchors (&) and aliases (*) are not accepted; put such a value in quotes"),
    marked("nested too deep or malformed ({error})"),
    marked('{key} "{found}" is not {wanted}'),
    marked("one of {known}"),
    marked("one of {known}; taken as restricted"),
    marked("a date as 2026-11-22, 2026-11 or 2026"),
    marked("two-letter codes of ISO 3166 such as IT, PT"),
    marked("an address with https://"),
    marked("a code such as en, fr, pt"),
    marked("true or false; taken as true"),
    marked("{n} GB"),
    marked("{n} MB"),
    marked("an answer without end"),
)
NESTED = frozenset({"action", "fault", "faults", "kind", "reason", "role", "size", "wanted"})
MAX_CHARS = 20_000  # of a text that is looked at
_MAX_DEPTH = 3  # "Nothing was added" → its faults → what one of them wanted
_MAX_PIECES = 8  # "; " within one sentence


@dataclass(frozen=True)
class _Template:
    words: str
    fixed: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def weight(self) -> int:
        return sum(map(len, self.fixed))


@dataclass(frozen=True)
class _Told:
    """A text as recognised: a template with its values, several texts in a row (no template), or just words."""

    words: str
    values: tuple[tuple[str, _Told], ...] = ()
    row: tuple[_Told, ...] = ()
    weight: int = 0  # characters that templates explain

    def __str__(self) -> str:
        if self.row:
            return _("; ").join(map(str, self.row))
        return _(self.words).format(**{name: str(value) for name, value in self.values}) if self.weight else self.words


def said(text: str) -> str:
    """``text`` in the language of this session; words of no template (a library's own) stay as they are."""
    return str(_row(text, 0)) if len(text) <= MAX_CHARS else text


@cache
def _templates(*, nested: bool) -> tuple[_Template, ...]:
    """The one with most fixed words first."""
    found = []
    for words in TEMPLATES + (PARTS if nested else ()):
        fixed = tuple(re.split(r"\{\w+\}", words))
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(words))
        found.append(_Template(words, fixed, re.compile(pattern, re.DOTALL)))
    return tuple(sorted(found, key=lambda template: -template.weight))


@lru_cache(maxsize=4096)  # a ledger says the same about many files
def _row(text: str, depth: int) -> _Told:
    """The sentences of ``text``, cut at "; " where that explains more of it than taking it whole."""
    pieces = text.split("; ")
    best: list[tuple[int, tuple[_Told, ...]]] = [(0, ())]
    for stop in range(1, len(pieces) + 1):
        ways = []
        for start in sorted({0, *range(max(0, stop - _MAX_PIECES), stop)}):
            weight, before = best[start]
            told = _sentence("; ".join(pieces[start:stop]), depth)
            ways.append((weight + told.weight, (*before, told)))
        best.append(max(ways, key=lambda way: (way[0], -len(way[1]))))
    row = best[-1][1]
    return row[0] if len(row) == 1 else _Told(text, row=row, weight=best[-1][0])


def _sentence(text: str, depth: int) -> _Told:
    for template in _templates(nested=depth > 0):
        if all(part in text for part in template.fixed) and (match := template.pattern.fullmatch(text)):
            deeper = depth + 1 < _MAX_DEPTH
            values = {
                name: _row(value, depth + 1) if deeper and name in NESTED else _Told(value)
                for name, value in match.groupdict().items()
            }
            return _Told(template.words, tuple(values.items()), (), template.weight + sum(told.weight for told in values.values()))
    return _Told(text)
