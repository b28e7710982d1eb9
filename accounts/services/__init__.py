from .people import change_person, erase_person, export_person, helix_of

__all__ = ["change_person", "erase_person", "export_person", "helix_of"]
