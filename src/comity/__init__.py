"""Comity: cooperation between states against cross-border cybercrime."""

__version__ = "0.1.0"
