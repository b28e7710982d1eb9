"""Draws by lot: the pool, the lottery, the draw. The only writers of their rows."""
