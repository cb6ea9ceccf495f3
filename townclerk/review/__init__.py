"""The web application for analysts."""
