"""Selections of members, from their working group to the appointment. The only writers."""
