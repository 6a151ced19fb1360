"""The club file: engine, encryption, unit of work, journal and backup. SQLAlchemy's sessions live only here."""
