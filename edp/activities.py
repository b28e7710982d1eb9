"""Names of economic activities by the codes of OKED, which follow NACE and ISIC.

Sections, and the groups of divisions that regional tables use; for any other code the name that
stands in the file is shown, in the language of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

NAMES: dict[str, LazyText] = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "C10-12": _("Food, beverages, tobacco"),
    "C13-15": _("Textiles, clothing, leather"),
    "C16-18": _("Wood, paper, printing"),
    "C19": _("Coke and refined petroleum"),
    "C20-21": _("Chemicals and pharmaceuticals"),
    "C22": _("Rubber and plastics"),
    "C23": _("Non-metallic mineral products"),
    "C24-25": _("Metals and metal products"),
    "C26-27": _("Electronics and electrical equipment"),
    "C28": _("Machinery"),
    "C29-30": _("Vehicles"),
    "C31-33": _("Furniture, other manufacturing, repair"),
    "D": _("Electricity, gas and steam (wind power included)"),
    "E": _("Water supply and waste"),
    "F": _("Construction"),
    "G": _("Trade and repair of vehicles"),
    "H": _("Transport and storage"),
    "I": _("Accommodation and food service"),
    "J": _("Information and communication"),
    "K": _("Finance and insurance"),
    "L": _("Real estate"),
    "M": _("Professional, scientific and technical activities"),
    "M72": _("Research and development"),
    "N": _("Administrative and support services"),
    "O": _("Public administration"),
    "P": _("Education"),
    "Q": _("Health and social work"),
    "R": _("Arts, entertainment and recreation"),
    "S": _("Other services"),
    "OTH": _("All other activities"),
}


def activity_name(code: str, name_in_file: str = "") -> str:
    """In the reader's language where the code is known, else as in the file, else the code."""
    known = NAMES.get(code)
    return str(known) if known else name_in_file or code
