"""`comity demo`: the whole way, from a question to a verified court package, told step by step.

Everything a person would do on the pages is done here through the same REST interface; no database is touched. The steps are the
table in `story`, how one kind of step is played stands in `scenes`, and who judges the finished package in `judges`.
"""
