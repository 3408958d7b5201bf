"""The REST interface for programs of the own authority: the same use cases as the pages, documented by OpenAPI."""
