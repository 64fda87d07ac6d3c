"""The archive: every value a release gave, with its words, its rule and who confirmed it.

``schema`` the tables; ``store`` opens a database; ``adding`` puts records in, ``records`` reads
them back; ``moving`` copies an archive from SQLite to PostgreSQL and back.
"""
