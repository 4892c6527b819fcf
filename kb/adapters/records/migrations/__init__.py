"""Alembic's folder: ``env.py`` runs inside Alembic only, ``versions`` holds one module a revision."""
