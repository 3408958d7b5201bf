"""Opens the lawbook: reads the data files and hands them to the pure packages that know what they mean."""

from comity.lawbook.opening import Lawbook, default_path, open_lawbook
from comity.lawbook.terms import law_terms

__all__ = ["Lawbook", "default_path", "law_terms", "open_lawbook"]
