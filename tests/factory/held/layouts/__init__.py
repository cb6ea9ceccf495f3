"""Layouts of the held-back part."""
