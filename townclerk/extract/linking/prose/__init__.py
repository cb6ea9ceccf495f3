"""Linking in running text."""
