"""What can be wrong with a `.pb` file."""

from __future__ import annotations


class PabulibError(Exception):
    """A `.pb` file that cannot be counted; its text is one line, `FILE:LINE: what is wrong`."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = " ".join(message.split())

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"
