"""The budgets of the design, measured: each figure is a ratio against a peer in the same run wherever there is a peer."""
