"""What a person or a partner can make the node do: one file per verb."""
