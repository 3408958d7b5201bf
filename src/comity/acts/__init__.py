"""The act as a value, its canonical form, and as a signed PDF."""
