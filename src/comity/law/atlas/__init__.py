"""The whole world at once: the same rules as for one question, asked of all ordered pairs of states, measures and offences.

Nothing of the law is written down a second time here. Tests are asked by the closures of the per-question engine, once for each
value of what they look at; where two such views meet, arrays combine them. What a rule makes of its tests, what a gate or a
displacement finds, and which route goes first, is laid out in small tables by asking the engine itself.
"""

from comity.law.atlas.sheet import Cell, Sheet
from comity.law.atlas.sheets import sheets
from comity.law.atlas.span import Span, whole_world

__all__ = ["Cell", "Sheet", "Span", "sheets", "whole_world"]
