"""The full text index anew: words without columns in SQLite, three words in a row in PostgreSQL.

Both are made from the words and stems that are there; nothing else of an archive changes.
"""

from extractor.archive.migrations.steps import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew."""
    run("third", "upgrade")


def downgrade() -> None:
    """The index as it was."""
    run("third", "downgrade")
