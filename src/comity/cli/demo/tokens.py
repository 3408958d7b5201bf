"""How the demo gets a token for each person: it opens the one-time link as the person would, and has a token made."""
