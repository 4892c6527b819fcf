"""The judgements of all members as files, for facilitators. Nobody's name is in them."""

from __future__ import annotations

import streamlit as st

from kb.services import judgement_files, judging
from kb.ui import state, words
from kb.ui.i18n import _, ngettext


def show() -> None:
    """Draw counts and files; they are put together when the part is opened."""
    opened = st.expander(_("Judgements of all members"), key="j_all", icon=":material/groups:", on_change="rerun", type="default")
    if not opened.open:
        return
    with opened:
        pool = judging.pooled(state.kb(), actor=state.actor())
        said = ngettext("{n} judgement", "{n} judgements", pool.n_judgements).format(n=words.number(pool.n_judgements))
        who = ngettext("of {n} member", "of {n} members", pool.n_members).format(n=words.number(pool.n_members))
        st.text(f"{said} {who}")
        if pool.lost:
            text = ngettext("{n} is on a passage that is gone.", "{n} are on passages that are gone.", len(pool.lost))
            st.caption(text.format(n=words.number(len(pool.lost))))
        st.caption(_("Nobody’s name is in the files. Several judgements of one passage count as the majority says."))
        passages = judging.passages_named(state.kb(), pool.judged, actor=state.actor())
        _offer(_("Judgements (qrels)"), "members.qrels", judgement_files.qrels(pool.judged, passages), "text/plain")
        _offer(_("Questions (JSONL)"), "members.queries.jsonl", judgement_files.queries(pool.judged), "application/jsonl")
        _offer(_("Golden questions (YAML)"), "members.yaml", judgement_files.golden(pool.judged), "application/yaml")


def _offer(label: str, name: str, text: str, media_type: str) -> None:
    data = text.encode("utf-8")
    st.download_button(label, data=data, file_name=name, mime=media_type, icon=":material/download:", on_click="ignore", key=name)
