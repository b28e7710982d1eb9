"""Pages of meetings: for everybody, for who runs them, for who votes in them."""
