"""Public consultation: the text, comments and answers, votes, and the desk of those who run it."""
