"""Answers of the law as a memo to put on file: a PDF with the answer first, then the reasons, articles and sources."""
