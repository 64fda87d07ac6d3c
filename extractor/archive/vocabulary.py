"""The words that the tables speak in: fields, states, actions, and how constraints are named."""

from sqlalchemy import MetaData

EVENT_FIELDS = ("name", "date", "venue", "organizer", "participant", "theme", "occasion")
PERSON_FIELDS = ("mention", "name", "role")
QUOTE_FIELDS = ("text", "speaker", "cue", "date", "occasion")
RELEASE_FIELDS = ("date", "credit", "dateline")
FIELDS = (  # the most frequent first
    *(f"person.{name}" for name in PERSON_FIELDS),
    *(f"quote.{name}" for name in QUOTE_FIELDS),
    *(f"event.{name}" for name in EVENT_FIELDS),
    *(f"release.{name}" for name in RELEASE_FIELDS),
)
STATES = ("unreviewed", "accepted", "corrected", "rejected")
CATEGORIES = ("victim", "child", "witness", "other")  # of who is withheld
ACTIONS = ("accept", "correct", "reject", "add", "take", "dismiss", "complete", "undo")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
