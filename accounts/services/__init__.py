from .people import change_person, erase_person, export_person, helix_of
from .signups import forget_unverified

__all__ = ["change_person", "erase_person", "export_person", "forget_unverified", "helix_of"]
