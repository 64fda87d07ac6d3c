"""Search by values and stems with exceptions, the log of decisions, names alone withheld.

What the search looks in is derived, so its tables are made anew and empty: ``rilis archive
upgrade`` indexes all releases afterwards. A step back forgets decisions the first tables cannot
hold (additions, proposals taken or dismissed).
"""

from extractor.archive.migrations.steps import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change reviews, proposals, withholdings; make the search anew."""
    run("second", "upgrade")


def downgrade() -> None:
    """Back to the first tables."""
    run("second", "downgrade")
