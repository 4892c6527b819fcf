"""The pages of a PDF, by fpdf2: fonts, header, page numbers, paragraphs in any script."""

from __future__ import annotations

from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from kb.adapters.handouts_as.pdf_fonts import Typefaces
from kb.retrieval.writable import is_right_to_left
from kb.services.handouts.handout import Handout

SIDE, TOP, BOTTOM = 22.0, 20.0, 22.0  # margins of the page, mm
BLACK, GREY = 0, 95  # on white the second has a contrast of 6.5 to 1 (WCAG asks 4.5)
LEADING = 1.32  # distance of lines, in sizes of the letters
PT = 25.4 / 72  # mm
LAYOUT_TABLES = ("GDEF", "GPOS", "GSUB")  # of a typeface: how its letters are placed


class Paper(FPDF):  # type: ignore[misc]  # no types come with it that mypy may follow
    """The pages. Positions and widths are in mm, sizes of letters in points."""

    def __init__(self, handout: Handout, faces: Typefaces) -> None:
        super().__init__(format="A4")
        self._handout, self._faces = handout, faces
        self._evidence: dict[int, int] = {}  # number → link
        self._was_replaced = False
        self.is_below_rule = False
        for family in faces.families:
            self.add_font(family.name, "", family.regular)
            self.add_font(family.name, "B", family.bold)
        self.set_fallback_fonts([family.name for family in faces.families], exact_match=False)
        self.alias_nb_pages("")  # nothing that people write stands for the number of pages
        self.set_margins(SIDE, TOP)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0
        self.set_title(handout.title)
        self.set_lang(handout.language)
        self.set_subject(handout.kicker)
        self.set_creator("PLP Knowledge Base")
        self.set_creation_date(datetime.fromisoformat(f"{handout.made_on[:10]}T00:00:00+00:00"))

    def header(self) -> None:
        """On every page: that it is made up; from the second one on what it is. May come in the midst of a table or paragraph."""
        shaping: object = self.text_shaping  # type: ignore[has-type]  # of the library
        if self._handout.is_demo:
            self.set_xy(SIDE, 6)
            self.set_draw_color(BLACK)
            self.look(9, bold=True)
            self.cell(self.epw, 6, self._handout.demonstration, border=1, align="C")
        if self.page > 1:
            self.set_xy(SIDE, 13.4)
            self.look(8, grey=True)
            title = self.drawable(cut(self._handout.title, 90))
            self.shape_for(title)
            self.cell(self.epw, 4, title, align="L")
        self.set_xy(SIDE, TOP + (2 if self._handout.is_demo else 0))
        self.look(10)
        self.text_shaping = shaping

    def begin(self) -> None:
        """The first page down to the facts."""
        self.add_page()
        self.paragraph(self._handout.kicker, 9, grey=True)
        self.paragraph(self._handout.title, 20, bold=True, after=1.5)
        if self._handout.is_demo:
            self.paragraph(self._handout.demonstration_note, 9, after=1.5)
        if self._handout.summary:
            self.paragraph(self._handout.summary, 10, after=2)

    def end(self) -> None:
        """What has to be said at the end; then below each page which report it is, of which day, and which page of how many."""
        if self._was_replaced:
            self.paragraph(self._handout.replaced, 8, grey=True, before=4)
        self.set_auto_page_break(False)
        about = self.drawable(f"{cut(self._handout.id, 60)} · {self._handout.made_on}")
        for number in range(1, self.pages_count + 1):
            self.page = number
            self.current_font_is_set_on_page = False
            self.set_xy(SIDE, -14)
            self.look(8, grey=True)
            self.cell(self.epw / 2, 4, about)
            self.cell(self.epw / 2, 4, f"{number} / {self.pages_count}", align="R")
        self._forget_layout()

    def _forget_layout(self) -> None:
        """All letters are placed. The library leaves these tables out of the file, but sorts them first: half the work of a PDF."""
        for font in self.fonts.values():
            for table in LAYOUT_TABLES:
                if table in font.ttfont:
                    del font.ttfont[table]

    def close_fonts(self) -> None:
        """Let go of the files of the typefaces."""
        for font in self.fonts.values():
            font.close()

    def evidence_link(self, number: int) -> int:
        """That leads to a quotation, wherever it will stand."""
        if number not in self._evidence:
            self._evidence[number] = self.add_link()
        return self._evidence[number]

    def paragraph(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        grey: bool = False,
        indent: float = 0,
        before: float = 0,
        after: float = 0,
        like: str = "",
    ) -> None:
        """A paragraph, which runs as ``like`` (by default itself) does."""
        for line in text.split("\n"):
            if not line.strip():
                continue
            plain = self.drawable(line)
            if before:
                self.ln(before)
            self.look(size, bold=bold, grey=grey, family=self._faces.best(plain).name)
            self.shape_for(plain)
            self.set_x(SIDE + indent)
            side = "R" if is_right_to_left(like or plain) else "L"
            self.multi_cell(self.epw - indent, size * PT * LEADING, plain, align=side, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            before = 0
        if after:
            self.ln(after)

    def drawable(self, text: str) -> str:
        """``text`` with numbers in the place of what no typeface draws."""
        drawable = self._faces.drawable(text)
        self._was_replaced = self._was_replaced or drawable.count("[U+") > text.count("[U+")
        return drawable

    def shape_for(self, text: str) -> None:
        """Letters of scripts that join or turn are shaped; Latin, Greek and Cyrillic ones need it not."""
        usual = self._faces.families[0].characters
        self.set_text_shaping(any(ord(char) not in usual for char in text))

    def look(self, size: float, *, bold: bool = False, grey: bool = False, family: str = "") -> None:
        """Of the letters that follow; ``size`` in points."""
        self.set_text_shaping(False)
        self.set_font(family or self._faces.families[0].name, "B" if bold else "", size)
        self.set_text_color(GREY if grey else BLACK)

    def keep_together(self, height: float) -> None:
        """Go on on the next page unless ``height`` is left on this one."""
        if self.will_page_break(height):
            self.add_page()


def cut(text: str, longest: int) -> str:
    """``text`` in at most so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
