"""Linking in tables: row and column heads give a cell its meaning."""
