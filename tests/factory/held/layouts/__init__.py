"""Layouts that are held back."""
