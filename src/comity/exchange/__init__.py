"""The signed directory, envelopes, receipts and the delivery protocol."""
