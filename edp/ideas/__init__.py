"""Ideas as pages show them: cards, where they come from, which look alike, files of them."""
