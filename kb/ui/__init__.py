"""The app: the only part of the house that knows Streamlit.

``app.py`` at the top is the table of contents; ``views/`` reads like the screens, ``components/`` are their shared parts,
``state`` holds everything that is cached, ``address`` keeps filters in the URL, ``i18n`` and ``words`` speak the reader's language.
"""
