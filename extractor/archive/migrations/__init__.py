"""How the tables came to be, step by step (Alembic); each step in SQL for both stores."""
