"""Where observations live: SQLite by default, PostgreSQL for a team; exports."""
