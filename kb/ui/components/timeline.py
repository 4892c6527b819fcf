"""When the documents were written: bars by year, or by month where all fall into few years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import altair as alt
import streamlit as st

from kb.ui import words
from kb.ui.i18n import _

HEIGHT_PX = 330
BAR_PX, FEW_BARS = 44, 8  # few bars would each be as wide as a hand
FEW_YEARS = 2  # as many years or fewer are shown by month


def by_period(dates: Iterable[str]) -> dict[str, int]:
    """Documents by ``YYYY`` or ``YYYY-MM``, in order of time; what has no readable date is left out."""
    known = [date for date in dates if re.match(r"\d{4}(-\d{2})?", date)]
    years = {date[:4] for date in known}
    has_months = len(years) <= FEW_YEARS and all(len(date) >= 7 for date in known)
    return dict(sorted(Counter(date[: 7 if has_months else 4] for date in known).items()))


def show(periods: dict[str, int]) -> None:
    """Draw the bars; the alternative text names the span and the fullest period."""
    if not periods:
        st.caption(_("No document says when it was written."))
        return
    labels = [words.day(period) for period in periods]
    rows = [{"period": label, "n": n} for label, n in zip(labels, periods.values(), strict=True)]
    fullest = max(periods, key=lambda period: periods[period])
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(cornerRadiusEnd=3, **({"size": BAR_PX} if len(rows) <= FEW_BARS else {}))
        .encode(
            x=alt.X("period:N", sort=labels, title=None, axis=alt.Axis(labelAngle=0 if len(rows) <= 6 else -45)),
            y=alt.Y("n:Q", title=_("Documents"), axis=alt.Axis(tickMinStep=1, format="d")),
            tooltip=[alt.Tooltip("period:N", title=_("Date")), alt.Tooltip("n:Q", title=_("Documents"))],
        )
        .properties(height=HEIGHT_PX)
    )
    text = _("Documents over time, from {first} to {last}; most in {fullest} ({n}).").format(
        first=labels[0], last=labels[-1], fullest=words.day(fullest), n=words.number(periods[fullest])
    )
    st.altair_chart(bars, width="stretch", alt=text)
