"""Numbers of people and of letters: read, checked, written. Knows no Django."""
