"""What this app shows on a person's own page."""


def connect() -> None:
    """Each part registers its section here (accounts.person_page.register)."""
