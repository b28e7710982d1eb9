"""What is in a file that somebody sent: pictures drawn anew, documents known by their content."""

import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from participation.errors import Refused

LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 50_000_000  # a large photo of a phone; a bomb has thousands of millions
LONGEST_SIDE, PREVIEW_SIDE = 1600, 320  # pixels
LONGEST_NAME = 100
ACCEPT = ".jpg,.jpeg,.png,.webp,.gif,.pdf,.docx,.xlsx"
PICTURES = {"JPEG", "PNG", "WEBP", "GIF"}
OFFICE = "application/vnd.openxmlformats-officedocument"


class UnfitFile(Refused):
    way_out = _("Images (JPEG, PNG, WebP, GIF), PDF, DOCX and XLSX up to 10 MB are taken.")


@dataclass(frozen=True)
class Upload:
    """A file fit to be kept; `width` and `height` in pixels for images only."""

    name: str
    content_type: str
    data: bytes
    preview: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        return self.width is not None


def examine(name: str, data: bytes) -> Upload:
    """The file as it will be kept. Raises UnfitFile: too large, or of no kind that is allowed.

    The name's ending and the browser's word for the type count for nothing.
    """
    name = _plain_name(name)
    if not data:
        raise UnfitFile(_("%(name)s is empty.") % {"name": name})
    if len(data) > LARGEST:
        told = {"name": name, "size": filesizeformat(len(data))}
        raise UnfitFile(_("%(name)s is too large: %(size)s.") % told)
    for content_type, suffix, fits in DOCUMENTS:
        if fits(data):
            return Upload(PurePath(name).stem[:LONGEST_NAME] + suffix, content_type, data)
    return _picture(name, data)


def _plain_name(name: str) -> str:
    """Without folders and without what has no place in a name."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>|:*?;')
    return kept.strip(" .")[-LONGEST_NAME:] or "file"


# --- Documents ----------------------------------------------------------------------------------


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]


def _is_office(main_part: str) -> Callable[[bytes], bool]:
    def fits(data: bytes) -> bool:
        """A package with this part and without macros. Nothing of it is unpacked."""
        if not data.startswith(b"PK\x03\x04"):
            return False
        try:
            names = set(zipfile.ZipFile(BytesIO(data)).namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {"[Content_Types].xml", main_part} <= names and not has_macros

    return fits


DOCUMENTS: list[tuple[str, str, Callable[[bytes], bool]]] = [
    ("application/pdf", ".pdf", _is_pdf),
    (f"{OFFICE}.wordprocessingml.document", ".docx", _is_office("word/document.xml")),
    (f"{OFFICE}.spreadsheetml.sheet", ".xlsx", _is_office("xl/workbook.xml")),
]


# --- Pictures -----------------------------------------------------------------------------------


def _picture(name: str, data: bytes) -> Upload:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=sorted(PICTURES))
            if image.width * image.height > MOST_PIXELS:
                raise UnfitFile(_("%(name)s has too many pixels.") % {"name": name})
            drawn = _drawn_anew(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnfitFile(_("%(name)s has too many pixels.") % {"name": name}) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        message = _("%(name)s is not a file of a kind that is taken here.")
        raise UnfitFile(message % {"name": name}) from error
    preview = drawn.copy()
    preview.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Upload(
        PurePath(name).stem[:LONGEST_NAME] + ".webp",
        "image/webp",
        _encoded(drawn, quality=80),
        _encoded(preview, quality=60),
        drawn.width,
        drawn.height,
    )


def _drawn_anew(image: Image.Image) -> Image.Image:
    """The first picture of the file turned upright, and nothing else that was in it: no place,
    no camera, no thumbnail of what was cut away."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    has_holes = "A" in upright.getbands() or "transparency" in upright.info
    drawn = upright.convert("RGBA" if has_holes else "RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    return bare


def _encoded(image: Image.Image, *, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality)
    return out.getvalue()
