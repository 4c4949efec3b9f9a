"""The one store of a season: SQLite beside the documents, or PostgreSQL for a team. SQLAlchemy Core."""

from auditor.season.store.engine import Store, StoreError, opened

__all__ = ["Store", "StoreError", "opened"]
