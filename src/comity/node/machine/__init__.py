"""Interfaces for other nodes: acts, loads, ledger, directory, health."""
