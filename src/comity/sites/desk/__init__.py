"""The desk of officers, approvers, custodians and providers."""
