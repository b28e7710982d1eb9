"""Pages of hearings: for everybody, for who comes, for who runs them."""
