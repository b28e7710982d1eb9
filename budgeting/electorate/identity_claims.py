"""What an identity provider says of a person (OpenID Connect), under the names it uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgeting.electorate import iin
from budgeting.electorate.register_rows import read_date

HASH = "iin_hash"
SEX = "iin_sex"


class IncompleteIdentity(ValueError):
    """A claim is missing or cannot be right; `claim` says which: iin, born_on or territory."""

    def __init__(self, claim: str) -> None:
        self.claim = claim
        super().__init__(claim)


@dataclass(frozen=True)
class ClaimNames:
    """How the provider calls the number, the date of birth and the code of the place."""

    iin: str
    born_on: str = "birthdate"
    territory: str = "kato"
    lives_since: str = ""


@dataclass(frozen=True)
class Identity:
    """`territory` is a code of the provider's; the number is hashed already."""

    iin_hash: bytes
    born_on: date
    territory: str
    lives_since: date | None
    sex: str = iin.UNSAID


def without_number(
    said: Mapping[str, Any], names: ClaimNames, hashed: Callable[[str], bytes]
) -> dict[str, Any]:
    """The claims as they may be kept: the number, wherever it stands, is replaced by its hash and
    by the sex it tells, which statistics ask for."""
    kept: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, Mapping):
            kept[name] = without_number(value, names, hashed)
        elif name == names.iin:
            number = str(value)
            if iin.fault_of(number) == "":
                kept |= {HASH: hashed(number).hex(), SEX: iin.sex_of(number)}
        else:
            kept[name] = value
    return kept


def read_identity(kept: Mapping[str, Any], names: ClaimNames) -> Identity:
    """Raises IncompleteIdentity."""
    said = _flat(kept)
    if len(str(said.get(HASH, ""))) != 64:
        raise IncompleteIdentity("iin")
    born_on = read_date(str(said.get(names.born_on, ""))[:10])
    if born_on is None:
        raise IncompleteIdentity("born_on")
    territory = str(said.get(names.territory, "")).strip()
    if not territory:
        raise IncompleteIdentity("territory")
    since = read_date(str(said.get(names.lives_since, ""))[:10])
    return Identity(
        bytes.fromhex(said[HASH]), born_on, territory, since, str(said.get(SEX, iin.UNSAID))
    )


def _flat(said: Mapping[str, Any]) -> dict[str, Any]:
    """Claims of the identity token and of the user's page side by side."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        found |= _flat(value) if isinstance(value, Mapping) else {name: value}
    return found
