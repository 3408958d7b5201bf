"""A node's append-only Merkle log: tiles, proofs, checkpoints, witnesses. Pure."""
