"""What the rows of a council add up to."""

from councils.facts.composition import composition_of

__all__ = ["composition_of"]
