"""An address as a square that a phone's camera reads, drawn as one path of SVG."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white on each side, as ISO/IEC 18004 asks


def qr_svg(text: str, label: str) -> SafeString:
    """`label` says to those who do not see it what it is for."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    side = len(matrix) + 2 * QUIET
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" width="280" height="280" viewBox="0 0 {} {}" '
        'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/><path d="{}"/></svg>',
        label,
        side,
        side,
        side,
        side,
        path,
    )
