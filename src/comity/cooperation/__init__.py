"""The dossier as a fold over acts, procedures as tables, clocks in force, the linter. Pure."""
