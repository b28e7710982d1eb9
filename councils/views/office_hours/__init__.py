"""Pages of office hours: for residents, and for the member who listens."""
