"""What reviewers decided: an append-only log, its meaning for the observations of today, and its way in and out."""
