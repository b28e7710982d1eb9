"""Meetings: planned, filled, held, reported; and what is said there."""
