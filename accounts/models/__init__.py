from .organisation import Affiliation, Helix, Organisation
from .user import User

__all__ = ["Affiliation", "Helix", "Organisation", "User"]
