"""Pseudonyms of Delphi panels: a keyed hash of the person, the key a file outside the database.

Whoever has the database alone cannot tell which ratings are whose, though they see who was
invited. Whoever has the key file too can: it is kept apart, and may be destroyed after a study.
"""

import hashlib
import hmac
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models import DelphiStudy
from participation.errors import Refused
from participation.key_files import make_key_file

KEY_BYTES = 32


class PanelKeyMissing(Refused):
    message = _("The key of this panel is not there: nobody's answers can be found or taken.")
    way_out = _("Tell the operator of the platform.")


def _path(study: DelphiStudy) -> Path:
    return Path(settings.PANEL_KEY_DIR) / f"study-{study.pk}.key"


def fingerprint_of(secret: bytes) -> str:
    return hashlib.sha256(b"panel key " + secret).hexdigest()[:16]


def make_key(study: DelphiStudy) -> str:
    """Make the key of a study in preparation; its fingerprint. Call it with the row locked."""
    return fingerprint_of(make_key_file(_path(study), KEY_BYTES))


def slot_of(study: DelphiStudy, person: User) -> str:
    """The person's pseudonym in this study and in no other. Raises PanelKeyMissing."""
    try:
        secret = _path(study).read_bytes()
    except FileNotFoundError as error:
        raise PanelKeyMissing from error
    if fingerprint_of(secret) != study.key_fingerprint:
        raise PanelKeyMissing
    return hmac.new(secret, f"{study.pk}:{person.pk}".encode(), hashlib.sha256).hexdigest()[:32]
