"""The panel's way from criteria to a decision; each module holds the verbs of one step."""
