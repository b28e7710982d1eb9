"""Where the published elections are that these tests count (not part of the product)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("KENES_PABULIB_DIR") or REPOSITORY.parent / "shared/data/pabulib")

needs_files = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"no Pabulib files in {FOLDER}; set KENES_PABULIB_DIR to a folder with .pb files",
)


def all_files() -> list[Path]:
    return sorted(FOLDER.glob("*.pb")) if FOLDER.is_dir() else []


def named(name: str) -> Path:
    path = FOLDER / f"{name}.pb"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return path
