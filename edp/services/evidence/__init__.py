"""What a region knows of itself: figures, assets, trends, the SWOT."""

from .datasets import (
    create_dataset,
    discard_draft,
    keep_draft,
    publish_version,
    upload_draft,
)
from .entries import (
    change_entry,
    link_swot,
    publish_entries,
    remove_entry,
    unlink_swot,
    write_entry,
)

__all__ = [
    "change_entry",
    "create_dataset",
    "discard_draft",
    "keep_draft",
    "link_swot",
    "publish_entries",
    "publish_version",
    "remove_entry",
    "unlink_swot",
    "upload_draft",
    "write_entry",
]
