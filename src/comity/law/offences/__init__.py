"""Offences side by side: what states punish, what their law lacks against an instrument, what an accession would change."""
