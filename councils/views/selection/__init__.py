"""Selections of members: for everybody, for the secretary, for the working group."""
