"""Draws by lot: for everybody, for volunteers, for the secretary."""
