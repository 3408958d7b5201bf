"""The court package: everything a judge needs to check a dossier alone, written and verified."""
