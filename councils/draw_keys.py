"""Tokens of volunteers: a keyed hash of the person, the key a file outside the database.

Whoever has the published pool alone cannot find out whose token it is by trying names.
"""

import hashlib
import hmac
from pathlib import Path

from django.conf import settings

from councils.models import Draw
from participation.key_files import make_key_file

KEY_BYTES = 32


def token_of(draw: Draw, who: str) -> str:
    """Twelve digits for whoever volunteers; `who` is "person:1" or a random name for paper."""
    secret = make_key_file(Path(settings.PANEL_KEY_DIR) / f"draw-{draw.pk}.key", KEY_BYTES)
    return hmac.new(secret, f"{draw.pk}:{who}".encode(), hashlib.sha256).hexdigest()[:12].upper()
