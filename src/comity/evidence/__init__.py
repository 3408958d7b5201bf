"""Exhibits from the disk to the vault, their custody, and their way to a partner."""
