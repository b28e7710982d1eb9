"""Ideas: the list and the idea, writing one, the desk of admission, pledges."""
