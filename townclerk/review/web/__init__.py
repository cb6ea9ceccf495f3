"""The web application of the review room: what the browser is sent, and what is taken from it."""
