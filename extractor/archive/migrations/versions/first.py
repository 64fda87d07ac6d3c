"""The first tables: releases and what they told, reviews, links, withholding, search."""

from extractor.archive.migrations.steps import run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, the checks of words, and the full text index."""
    run("first", "upgrade")


def downgrade() -> None:
    """Take all of it away."""
    run("first", "downgrade")
