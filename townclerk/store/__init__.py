"""Where observations live: one SQLite file by default, PostgreSQL for a team; what is kept, and how it is got out."""
