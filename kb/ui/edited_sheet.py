"""A sheet in one tab: what its form holds, and which widgets show it.

The form (:mod:`kb.peers.sheet_form`) is the truth and the widgets follow it: those of a section that is not drawn lose their
values, and get them back from the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.peers import sheet_form
from kb.services.sheets import Fault

Path = tuple[str | int, ...]  # into the form: ("figures", "items", 0, "what")


@dataclass(frozen=True)
class Widget:
    """A widget, or several that say one thing.

    Attributes:
        path: of the value in the form.
        key: of the widget.
        words: value → key of the checkbox that says this instead.
    """

    path: Path
    key: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Editing:
    """One sheet in one tab.

    Attributes:
        base: plain values of the sheet as the form began; empty for a new practice.
        base_version: of that sheet; empty for a new practice.
        form: what the member has made of it.
        draft_version: of the draft that is kept; 0 for none.
        draft_at_utc: when it was kept.
        faults: found when the member last tried to save; before that, those of the sheet.
        round: part of the widgets' keys; a new one gives them all new values.
        widgets: those drawn in the last run.
        spoken: a language in which nothing is said yet; empty for none.
        kept: the form as it was kept last, as JSON.
        folds: key of a folded item → its line and icon. They stay until all widgets are drawn anew: with another line it would be
            another item for Streamlit (1.67), and be folded under the hands of who writes in it.
        is_behind: another window of the member keeps the draft now.
    """

    name: str
    base: Mapping[str, Any]
    base_version: str
    form: sheet_form.Form
    draft_version: int = 0
    draft_at_utc: str = ""
    faults: tuple[Fault, ...] = ()
    round: int = 0
    widgets: list[Widget] = field(default_factory=list)
    spoken: str = ""
    kept: str = ""
    is_behind: bool = False
    folds: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether there was no such sheet when the form began."""
        return not self.base_version

    @property
    def title(self) -> str:
        """What the practice is called in the form; its name where it has no title yet."""
        said = [words.strip() for words in self.form["title"]["said"].values()]
        return next(filter(None, said), self.name)

    @property
    def own_language(self) -> str:
        """Of texts that name none."""
        return str(self.form["language"])

    def get(self, path: Path) -> Any:
        """A value of the form."""
        value: Any = self.form
        for step in path:
            value = value[step]
        return value

    def put(self, path: Path, value: Any) -> None:
        """Change a value of the form."""
        self.get(path[:-1])[path[-1]] = value

    def key(self, path: Path, more: str = "") -> str:
        """The key of the widget of a value."""
        return "_".join(["e", str(self.round), *map(str, path), *([more] if more else [])])

    def changes(self) -> dict[str, Any]:
        """Field → value, of those that differ from the sheet as the form began."""
        return sheet_form.changes(self.base, self.form)
