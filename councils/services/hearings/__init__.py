"""Hearings: notices, places, the floor, questions, submissions, and how they end."""
