"""Bulk runs: ledger, isolated workers, progress."""
