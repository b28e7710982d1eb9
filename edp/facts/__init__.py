"""What the gates ask of a process, read from its rows: one module a gate."""
