"""Files: drawn anew or known by their content, whatever their name says."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from participation.uploads import LARGEST, MOST_PIXELS, UnfitFile, examine

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (2000, 1000), **more: object) -> bytes:
    out = BytesIO()
    image = Image.new("RGB", size, "teal")
    image.paste("white", (0, 0, size[0] // 2, size[1]))
    image.save(out, kind, **more)
    return out.getvalue()


def package(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def test_a_photo_is_drawn_anew_upright_and_without_its_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    exif[0x010F] = "A camera that tells"
    exif.get_ifd(0x8825)[2] = (42.0, 53.0, 0.0)  # where it was
    upload = examine("../../photo.of.me.jpg", picture(exif=exif))
    assert (upload.name, upload.content_type) == ("photo.of.me.webp", "image/webp")
    drawn = Image.open(BytesIO(upload.data))
    assert drawn.size == (upload.width, upload.height) == (800, 1600)
    assert drawn.getpixel((400, 100))[0] > 200  # white is above now, teal below
    assert drawn.getpixel((400, 1500))[0] < 50
    assert not drawn.getexif()
    assert b"camera that tells" not in upload.data
    preview = Image.open(BytesIO(upload.preview))
    assert max(preview.size) == 320
    assert len(upload.preview) < 10_000


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_other_kinds_of_picture_are_taken(kind: str) -> None:
    upload = examine("x", picture(kind, (30, 20)))
    assert (upload.content_type, upload.width, upload.height) == ("image/webp", 30, 20)


def test_what_is_transparent_stays_so() -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(examine("a.png", out.getvalue()).data)).mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (PDF, ".pdf"),
        (package("[Content_Types].xml", "word/document.xml"), ".docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
    ],
)
def test_documents_get_the_ending_of_what_they_are(data: bytes, suffix: str) -> None:
    upload = examine('plan"<b>.exe', data)
    assert upload.name == f"planb{suffix}"
    assert upload.data == data
    assert not upload.is_image


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7 cut short",
        b"MZ\x90\x00 a program",
        b"PK\x03\x04 not a package",
        package("a.txt"),
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        picture()[:3000],
        picture("BMP", (10, 10)),
        PDF + b"\0" * LARGEST + b"%%EOF",
    ],
    ids=["empty", "html", "svg", "cut-pdf", "program", "no-zip", "zip", "macros", "cut-jpeg",
         "bmp", "large"],
)  # fmt: skip
def test_everything_else_is_refused_with_a_way_out(data: bytes) -> None:
    with pytest.raises(UnfitFile) as refused:
        examine("report.pdf", data)
    assert "report.pdf" in str(refused.value)
    assert "PDF" in str(refused.value.way_out)


def test_a_bomb_of_pixels_is_refused_before_it_is_drawn() -> None:
    side = int(MOST_PIXELS**0.5) + 10
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(UnfitFile, match="pixels"):
        examine("bomb.png", out.getvalue())
