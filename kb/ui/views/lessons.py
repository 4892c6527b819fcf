"""Lessons and recommendations: what somebody learned, what peers advise, and what came of it."""

import streamlit as st

from kb.services.learning import lessons, recommendations
from kb.services.learning.lesson_exporting import export_lessons, export_recommendations
from kb.ui import address, learning_words, state
from kb.ui.components.learning import (
    lesson_list,
    lesson_one,
    outcome_downloads,
    outcome_filters,
    recommendation_list,
    recommendation_one,
    steps,
)
from kb.ui.i18n import _

kb, actor = state.kb(), state.actor()
address.follow("lessons", {"lesson": address.one, "recommendation": address.one, **outcome_filters.fields("ll")})
lesson, recommendation = st.session_state["lesson"], st.session_state["recommendation"]

if lesson or recommendation:  # one
    address.publish("lessons", lesson=lesson, recommendation="" if lesson else recommendation)
    steps.way_back(_("All lessons and recommendations"), "lesson", "recommendation")
    if lesson:
        lesson_one.show(lessons.lesson(kb, lesson, actor=actor))
    else:
        recommendation_one.show(recommendations.recommendation(kb, recommendation, actor=actor))
    st.stop()

st.title(_("Lessons"), anchor=False)
st.markdown(_("What partners learned from each other’s practices and exchanges, and what they recommend to one another."))

learned, advised = lessons.lessons(kb, actor=actor), recommendations.recommendations(kb, actor=actor)
lesson_list.show_new(is_first=not learned and not advised)
recommendation_list.show_new(is_first=False)
if not learned and not advised:  # nothing yet
    lesson_list.show(learned)
    st.stop()

organisations = [name for each in learned for name in (each.noted.by.organisation, each.noted.from_whom)]
organisations += [name for each in advised for name in (each.issued.by.organisation, each.issued.to)]
of_lessons, of_recommendations = (learning_words.states(name) for name in ("LessonState", "RecommendationState"))
chosen = outcome_filters.show("ll", organisations, of_lessons | of_recommendations, by_level=True)
address.publish("lessons", lesson="", recommendation="", **{f"ll_{part}": value for part, value in chosen.items()})
if any(chosen.values()):
    outcome_filters.clear("ll")
    learned = lesson_list.chosen(chosen)
    advised = recommendations.recommendations(kb, actor=actor, **chosen)

lesson_list.show(learned, is_chosen=any(chosen.values()))
if learned:
    outcome_downloads.show_table(export_lessons, "lessons", chosen)
recommendation_list.show(advised, is_chosen=any(chosen.values()))
if advised:
    outcome_downloads.show_table(export_recommendations, "recommendations", chosen)
