"""The full text index: of words without columns in SQLite, of three words in a row in PostgreSQL.

What the search looks in is derived, so it is emptied: ``rilis archive upgrade`` indexes all
releases afterwards.
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
