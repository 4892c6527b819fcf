"""Start here: ``streamlit run app.py``. The pages are listed in ``kb/ui/navigation.py``, the app's table of contents."""

import streamlit as st

from kb.errors import KBError
from kb.ui import acting, navigation
from kb.ui.components import faces, shell

shell.dress()
shell.show_switches()

page = st.navigation(navigation.pages(), position="top")

try:
    acting.tell()
    page.run()
except KBError as error:  # something a person can act on: one sentence
    faces.explain(error)
except Exception as error:  # noqa: BLE001  # a bug: logged with its traceback, shown as a number
    faces.apologise(error)
