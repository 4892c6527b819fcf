"""The records of members in an SQL database: SQLAlchemy Core for the rows, Alembic for the tables."""
