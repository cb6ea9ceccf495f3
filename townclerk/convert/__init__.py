"""Bulk runs: whole archives into a store, each document in a worker of its own, resumed where they stopped."""
