"""Forms: one column, each field with its reason and its article; nothing that was typed is ever lost."""
