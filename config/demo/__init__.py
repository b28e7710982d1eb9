"""What `make demo` shows: plausible data in three languages, with dates relative to today."""

from config.demo.load import is_empty, load_demo
from config.demo.people import LOGINS, PASSWORD

__all__ = ["LOGINS", "PASSWORD", "is_empty", "load_demo"]
