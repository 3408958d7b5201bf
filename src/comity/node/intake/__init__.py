"""What partners send, step by step: opened and judged here as values, then stored by `comity.node.store`."""
