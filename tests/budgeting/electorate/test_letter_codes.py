"""Codes that survive being read by lamplight and typed on a Kazakh keyboard."""

from hypothesis import given
from hypothesis import strategies as st

from budgeting.electorate.letter_codes import ALPHABET, code_from, printed, read_code

secrets = st.binary(min_size=32, max_size=32)


def test_a_code_by_hand() -> None:
    """Values 0 … 0 and 1 in place 1: 1 + 13·x must be divisible by 31, so x = 19 (13·19 = 247)."""
    assert code_from((1).to_bytes(16)) == "3" + "2" * 11 + ALPHABET[19]
    assert 1 + 13 * 19 == 8 * 31


@given(secrets)
def test_what_is_printed_is_read(secret: bytes) -> None:
    code = code_from(secret)
    assert len(code) == 13
    assert not set(code) & set("01OIL")
    assert (
        read_code(code)
        == read_code(printed(code))
        == read_code(f" {printed(code).lower()}\n")
        == code
    )


@given(secrets, st.integers(0, 12), st.integers(1, 30))
def test_every_wrong_character_is_found(secret: bytes, place: int, by: int) -> None:
    code = code_from(secret)
    other = ALPHABET[(ALPHABET.index(code[place]) + by) % 31]
    assert read_code(code[:place] + other + code[place + 1 :]) == ""


@given(secrets, st.integers(0, 12), st.integers(0, 12))
def test_every_exchange_is_found(secret: bytes, one: int, two: int) -> None:
    code = code_from(secret)
    letters = list(code)
    letters[one], letters[two] = letters[two], letters[one]
    swapped = "".join(letters)
    assert read_code(swapped) == (code if swapped == code else "")


def test_cyrillic_look_alikes_are_taken() -> None:
    code = next(
        code for n in range(10_000) if "A" in (code := code_from(n.to_bytes(16))) and "K" in code
    )
    assert read_code(code.replace("A", "А").replace("K", "К")) == code


def test_too_short_too_long_and_strange() -> None:
    code = code_from(b"x" * 16)
    for typed in ("", code[:-1], code + "2", code[:-1] + "0", "ЖЖЖЖ-ЖЖЖЖ-ЖЖЖЖ-Ж"):
        assert read_code(typed) == ""
