"""What a report states, with places: for comparisons between reports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """A report audited before has none until it is audited again."""
    op.add_column("report", sa.Column("stated", sa.LargeBinary(), nullable=True))
