"""Pages of the city's check: for all, for reviewers, for the organiser, for authors."""
