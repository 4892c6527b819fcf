"""What came of a session: as it was shared, or the form of those who were there, with the days that are left."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS, Level
from kb.peers.learning.session import SessionState
from kb.peers.learning.session_bodies import Debriefed
from kb.peers.learning.session_parts import DebriefLesson, LessonLearned
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import debriefs
from kb.services.learning.debriefs import DebriefDesk
from kb.ui import acting, hrefs, learning_words, plain, session_words, state, words
from kb.ui.components import section
from kb.ui.components.learning import naming
from kb.ui.i18n import _

SPARE = 1  # blank lesson below those that are written


def show(desk: DebriefDesk) -> None:
    """Draw it; nothing before the session was held."""
    session = desk.session
    if session.state not in (SessionState.HELD, SessionState.DEBRIEFED):
        return
    section.head("debrief", _("Debrief"))
    if session.debrief:
        _show_shared(session.debrief, until=session.planned.embargo_until if session.is_debrief_withheld else "")
        return
    if desk.days_left is not None:
        told = session_words.days_left(desk.days_left)
        due = _("It is due on {day}.").format(day=words.day(session.debrief_due))
        (st.warning if desk.days_left < 0 else st.info)(f"{told} {due}", icon=":material/schedule:")
    if desk.may_share:
        _show_form(desk)
    else:
        plain.show(plain.element("p", _told_elsewhere(desk), css="kb-quiet"))


def _told_elsewhere(desk: DebriefDesk) -> str:
    if desk.session.planned.chatham_house:
        return _("Those who took part, who planned the session, and facilitators write it.")
    return _("Those who took part and those who run the session write it.")


def _show_shared(debrief: Debriefed, *, until: str) -> None:
    if until:
        told = _("What it says is kept to those who took part until {day}.").format(day=words.day(until))
        st.info(told, icon=":material/lock_clock:")
        return
    _show_items(_("What was decided"), debrief.decisions)
    if debrief.lessons:
        heading = plain.element("h3", _("What was learned"), css="kb-heading")
        plain.show(heading, '<ul class="kb-list">', *(f"<li>{_lesson(each)}</li>" for each in debrief.lessons), "</ul>")
    _show_items(_("What is open"), debrief.open_points)
    if debrief.by.name:
        plain.show(plain.element("p", _("Shared by {name}").format(name=debrief.by.name), css="kb-quiet kb-below"))


def _lesson(lesson: DebriefLesson) -> str:
    text = plain.link(lesson.text, hrefs.thing(lesson.lesson)) if lesson.lesson else plain.cell(lesson.text)
    return text + plain.note(" · ".join(filter(None, (learning_words.level_word(lesson.level), lesson.from_whom))))


def _show_items(heading: str, items: tuple[str, ...]) -> None:
    if items:
        lines = "".join(plain.element("li", each) for each in items)
        plain.show(plain.element("h3", heading, css="kb-heading"), f'<ul class="kb-list">{lines}</ul>')


def _show_form(desk: DebriefDesk) -> None:
    key = f"sd_{desk.session.id}_{desk.version}"
    with st.form(key, border=True):
        plain.show(
            plain.element(
                "p", _("Nobody else sees the draft until you share it. Decisions and open points: a line each."), css="kb-quiet"
            )
        )
        st.text_area(_("What was decided"), "\n".join(desk.draft.decisions), key=f"{key}_decisions", height="content")
        lessons = [*desk.draft.lessons, *[None] * SPARE]
        for number, each in enumerate(lessons):
            _ask_lesson(f"{key}_{number}", number + 1, each, desk)
        st.text_area(_("What is open"), "\n".join(desk.draft.open_points), key=f"{key}_open_points", height="content")
        if desk.session.planned.chatham_house:
            told = _(
                "Write what was said and not who said it. A debrief that names who was there, or an organisation of theirs, is not "
                "shared."
            )
            plain.show(plain.element("p", told, css="kb-quiet"))
            naming.ask(key, _("If it names who was there: why it may (optional)"))
        args = (desk.session.id, key, len(lessons), desk.version)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                _("Share the debrief"), type="primary", icon=":material/campaign:", on_click=acting.do, args=(_share, *args)
            )
            st.form_submit_button(
                _("Keep the draft, one more lesson"), icon=":material/save:", on_click=acting.do, args=(_keep, *args)
            )


def _ask_lesson(key: str, number: int, lesson: LessonLearned | None, desk: DebriefDesk) -> None:
    with st.container(gap="small", key=f"lesson_{number}"):
        st.text_area(
            _("Lesson {n}").format(n=words.number(number)), lesson.text if lesson else "", key=f"{key}_text", height="content",
            max_chars=MAX_WORDS_CHARS,
        )  # fmt: skip
        levels = list(Level)
        with st.grid(min_column_width=200, gap="small"):
            st.selectbox(
                _("Who learned (lesson {n})").format(n=words.number(number)), levels, key=f"{key}_level",
                index=levels.index(lesson.level) if lesson else 0, format_func=learning_words.level_word,
            )  # fmt: skip
            if not desk.session.planned.chatham_house:
                st.text_input(
                    _("Learned from which organisation (lesson {n}, optional)").format(n=words.number(number)),
                    lesson.from_whom if lesson else "", key=f"{key}_from_whom", max_chars=MAX_LINE_CHARS,
                )  # fmt: skip
        st.checkbox(
            _("Note it among the lessons (lesson {n})").format(n=words.number(number)),
            lesson.is_noted if lesson else True,
            key=f"{key}_is_noted",
        )


def _given(key: str, n_lessons: int) -> dict[str, object]:
    said = st.session_state
    lessons = [
        {
            "text": said[f"{key}_{number}_text"],
            "level": said[f"{key}_{number}_level"],
            "from_whom": said.get(f"{key}_{number}_from_whom", ""),
            "is_noted": said[f"{key}_{number}_is_noted"],
        }
        for number in range(n_lessons)
    ]
    lines = {name: said[f"{key}_{name}"].splitlines() for name in ("decisions", "open_points")}
    return {**lines, "lessons": lessons}


def _keep(session: str, key: str, n_lessons: int, version: int) -> str:
    debriefs.keep(state.kb(), session, _given(key, n_lessons), version=version, actor=state.actor())
    return _("The draft is kept.")


def _share(session: str, key: str, n_lessons: int, version: int) -> str:
    kept = debriefs.keep(state.kb(), session, _given(key, n_lessons), version=version, actor=state.actor())
    debriefs.share(state.kb(), session, version=kept.version, despite=naming.said(key), actor=state.actor())
    return _("The debrief is shared with everybody.")
