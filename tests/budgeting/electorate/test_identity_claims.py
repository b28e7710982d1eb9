"""What an identity provider says: read under its own names, kept without the number."""

from datetime import date
from typing import Any

import pytest

from budgeting.electorate.identity_claims import (
    ClaimNames,
    Identity,
    IncompleteIdentity,
    read_identity,
    without_number,
)

NAMES = ClaimNames(iin="iin", lives_since="since")
NUMBER = "880101300123"


def hashed(number: str) -> bytes:
    return number.encode().ljust(32, b"#")


def kept(**claims: Any) -> dict[str, Any]:
    said = {"iin": NUMBER, "birthdate": "1988-01-01", "kato": "311010000", **claims}
    return without_number({"userinfo": said, "id_token": {"sub": "x"}}, NAMES, hashed)


def test_the_number_is_hashed_wherever_it_stands() -> None:
    assert NUMBER not in str(kept())
    assert kept()["userinfo"]["iin_hash"] == hashed(NUMBER).hex()


def test_what_is_left_says_who_somebody_is() -> None:
    assert read_identity(kept(since="2020-05-01"), NAMES) == Identity(
        hashed(NUMBER), date(1988, 1, 1), "311010000", date(2020, 5, 1), "m"
    )
    assert read_identity(kept(), NAMES).lives_since is None


@pytest.mark.parametrize(
    ("claims", "lacking"),
    [
        ({"iin": "880101300124"}, "iin"),
        ({"iin": ""}, "iin"),
        ({"birthdate": "soon"}, "born_on"),
        ({"kato": " "}, "territory"),
    ],
)
def test_what_is_missing_is_named(claims: dict[str, Any], lacking: str) -> None:
    with pytest.raises(IncompleteIdentity) as refused:
        read_identity(kept(**claims), NAMES)
    assert refused.value.claim == lacking
    assert "880101300124" not in str(kept(**claims))
