"""What the worker does: each job takes what is unfinished from the rows and can be repeated."""
