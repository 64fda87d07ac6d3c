"""The full text index lies over the places of releases in the order of time, on both stores.

What the search looks in is derived, so it is emptied: ``rilis archive upgrade`` indexes all
releases afterwards.
"""

from extractor.archive.migrations.steps import run

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew."""
    run("fourth", "upgrade")


def downgrade() -> None:
    """The index as it was."""
    run("fourth", "downgrade")
