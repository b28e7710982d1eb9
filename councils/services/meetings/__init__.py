"""Meetings: planned, announced, held, voted in, and what they leave behind."""
