"""A register on its way in: sealed piece by piece, so that no number ever lies on a disk."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.fernet import Fernet
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from budgeting.register_keys import register_key

LARGEST = 200 * 1024 * 1024  # bytes: four million lines
PIECE = 64 * 1024


def sealed(pieces: Iterable[bytes], seal: Fernet) -> Iterator[bytes]:
    """One line a piece."""
    for piece in pieces:
        yield seal.encrypt(piece) + b"\n"


def unsealed(file: Iterable[bytes], seal: Fernet) -> Iterator[bytes]:
    """Raises cryptography.fernet.InvalidToken for a file of another key."""
    for line in file:
        yield seal.decrypt(line.strip())


class SealedUpload(UploadedFile):
    """`size` is that of the file as it was sent."""


class SealingHandler(FileUploadHandler):
    """Instead of Django's own, which keep larger files in clear in a folder of the system."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._seal = register_key().seal()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - the form closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LARGEST:
            raise StopUpload(connection_reset=True)
        self._file.write(b"".join(sealed([raw_data], self._seal)))

    def file_complete(self, file_size: int) -> UploadedFile:
        self._file.seek(0)
        return SealedUpload(self._file, self.file_name, self.content_type, file_size)
