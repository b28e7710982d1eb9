"""Pages of meetings and of what was said there."""
