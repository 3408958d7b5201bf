"""The REST interface for programs of the own authority."""
