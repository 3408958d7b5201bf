"""The second person decides: see `submit_draft`, where both sides of the two-person rule stand together."""

from comity.node.usecases.submit_draft import approve_draft, return_draft

__all__ = ["approve_draft", "return_draft"]
