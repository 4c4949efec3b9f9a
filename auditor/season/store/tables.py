"""The tables of a season, the same in SQLite and PostgreSQL. Amounts are text: they are exact.

`migrations/` builds them; a change here wants a migration there (a test compares both).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

metadata = MetaData()

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("category", Text, nullable=False, default=""),
    Column("added", Text, nullable=False),
    Column("replaced", Integer, ForeignKey("document.id")),
)
"""Contents, each once. `replaced`: what stands now at the path where this one stood."""

place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False, index=True),
    Column("added", Text, nullable=False),
)
"""Where a content lies; the same content may lie in several places."""

recipe = Table(
    "recipe",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("version", Text, nullable=False),
    Column("settings", Text, nullable=False),
)
"""What decides the result of an audit besides the content."""

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False),
    Column("recipe", Integer, ForeignKey("recipe.id"), nullable=False),
    Column("state", Text, nullable=False, default="waiting"),
    Column("latest", Boolean, nullable=False, default=False),
    Column("owner", Text, nullable=False, default=""),
    Column("until", Float, nullable=False, default=0.0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("finished", Text, nullable=False, default=""),
    Column("seconds", Float, nullable=False, default=0.0),
    UniqueConstraint("document", "recipe"),
    Index("job_waiting", "recipe", "state", "id"),
)
"""One audit: waiting, leased, done, or failed. `until` is when a lease runs out, in seconds of the clock of the store."""

failure = Table(
    "failure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer, ForeignKey("job.id"), nullable=False, index=True),
    Column("member", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

content = Table(
    "content",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer, ForeignKey("job.id"), nullable=False, index=True),
    Column("member", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("text", LargeBinary, nullable=False),
)
"""A document that was read: the file itself, or one of an archive. `text` is compressed."""

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer, ForeignKey("job.id"), nullable=False, index=True),
    Column("content", Integer, ForeignKey("content.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("figures", Text, nullable=False, default=""),
    Column("title", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("code", Text, nullable=False, default=""),
    Column("unit", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("year", Integer),
    Column("budget", Text),
    Column("paid", Text),
    Column("self_score", Text),
    Column("recomputed_score", Text),
    Column("grade", Text, nullable=False, default=""),
    Column("covered", Text, nullable=False),
    Column("told", LargeBinary, nullable=False),
    Column("narratives", LargeBinary, nullable=False),
    Column("stated", LargeBinary),
)
"""`told` is the report of the memo, `narratives` what the unit wrote, `stated` what another paper can contradict:
all compressed JSON. `figures` is
the same for two reports of the same figures."""

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("report.id"), nullable=False, index=True),
    Column("fingerprint", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("related", Boolean, nullable=False),
    Column("stake", Text),
    Column("score_delta", Text),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("remark", Text, nullable=False, default=""),
    Column("amount", Text),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("trail", Integer, ForeignKey("trail.id"), nullable=False),
    UniqueConstraint("key", "fingerprint"),
)
"""The last word on a finding, or on a whole report (no fingerprint; `amount` is what it ought to state, in 元). All
words are in the trail."""

trail = Table(
    "trail",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)
"""Append-only: each entry holds the hash of the one before."""

paper = Table(
    "paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""What was drawn, compared or evaluated, as compressed JSON: the last of each kind and name counts."""
