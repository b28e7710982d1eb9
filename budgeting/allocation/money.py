"""Decimal amounts as they occur in published files, and the integers they are held in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

#: Amounts have at most this many digits before and after the decimal point.
MAX_DIGITS = 18


def parse_amount(text: str) -> Decimal:
    """Read `1234`, `1 234,50`, `1,234,567.5` or `4000.0`; ValueError says what is wrong."""
    cleaned = "".join(text.split())
    if cleaned.count(",") == 1 and "." not in cleaned:
        cleaned = cleaned.replace(",", ".")
    else:
        cleaned = cleaned.replace(",", "")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(f"{text.strip()!r} is not a number") from None
    return checked(amount)


def checked(amount: Decimal) -> Decimal:
    """The amount without trailing zeros; ValueError if not finite or beyond 18 digits."""
    if not amount.is_finite():
        raise ValueError(f"{amount} is not a finite number")
    if amount == 0:
        return Decimal(0)
    if amount.adjusted() >= MAX_DIGITS:
        raise ValueError(f"{amount} is too large")
    amount = amount.normalize()
    if -int(amount.as_tuple().exponent) > MAX_DIGITS:
        raise ValueError(f"{amount} has more than {MAX_DIGITS} decimals")
    return amount


def to_decimal(value: int | float | str | Decimal | Fraction) -> Decimal:
    """An amount given in code; floats are refused because they hide rounding."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: give money as int, Decimal or str")
    if isinstance(value, Fraction):
        return checked(Decimal(value.numerator) / Decimal(value.denominator))
    if isinstance(value, str):
        return parse_amount(value)
    return checked(Decimal(value))


def common_scale(amounts: Iterable[Decimal]) -> int:
    """The smallest power of ten that makes every amount an integer."""
    decimals = max((-int(amount.as_tuple().exponent) for amount in amounts), default=0)
    return int(10 ** max(decimals, 0))


def scaled(amount: Decimal, scale: int) -> int:
    """The amount in units of 1/scale; exact when `scale` came from `common_scale`."""
    return int(Fraction(amount) * scale)


def plain(amount: int | Fraction, scale: int = 1) -> str:
    """An amount in units of 1/scale as text: `"1234"`, `"1234.5"` or `"10/3"`."""
    value = Fraction(amount) / scale
    if value.denominator == 1:
        return str(value.numerator)
    digits = value.denominator
    for prime in (2, 5):
        while digits % prime == 0:
            digits //= prime
    if digits != 1:
        return f"{value.numerator}/{value.denominator}"
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def rounded(amount: Fraction | float, scale: int = 1, decimals: int = 2) -> str:
    """An amount for display, rounded half-even to `decimals` places; decides nothing."""
    return f"{round(Fraction(amount) / scale, decimals).__float__():.{decimals}f}"
