"""What templates say of numbers, money, texts and their languages."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from participation.markdown import to_html

register = template.Library()

SPACE = "\u00a0"  # does not break: 1 250 000 ₸ stays on one line
MINUS = "\u2212"
NOTHING = "–"
SYMBOLS = {"KZT": "₸", "EUR": "€", "USD": "$", "PLN": "zł", "RUB": "₽", "KGS": "с", "UZS": "soʻm"}


def _exact(value: object) -> Fraction | None:
    """The number that a value of whatever kind stands for; None if it is none."""
    if isinstance(value, bool) or value is None or value == "":
        return None
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    try:
        return Fraction(str(value).replace(SPACE, "").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None


def _written(value: Fraction, decimals: int = 0) -> str:
    """In groups of three, with the reader's decimal mark and a true minus."""
    scaled = round(value * 10**decimals)
    digits = f"{abs(scaled) // 10**decimals:,}".replace(",", SPACE)
    if decimals:
        mark = number_format(Decimal("0.5"), 1)[1]
        digits += f"{mark}{abs(scaled) % 10**decimals:0{decimals}d}"
    return f"{MINUS}{digits}" if scaled < 0 else digits


@register.filter
def number(value: object, decimals: int | None = None) -> str:
    """12480 → 12 480; a fraction gets up to two decimals; what is no number stays as it is."""
    exact = _exact(value)
    if exact is None:
        return NOTHING if value is None or value == "" else str(value)
    if decimals is None:
        decimals = 0 if exact == round(exact) else 2
    return _written(exact, decimals)


@register.filter
def money(value: object, currency: str = "KZT") -> str:
    """1250000 → 1 250 000 ₸, in full."""
    return f"{number(value)}{SPACE}{SYMBOLS.get(currency, currency)}"


@register.filter
def tenge(value: object) -> str:
    return money(value, "KZT")


@register.filter
def short_money(value: object, currency: str = "KZT") -> str:
    """For big print: 659 500 000 → 659.5 million ₸; below a million in full."""
    exact = _exact(value)
    if exact is None or abs(exact) < 10**6:
        return money(value, currency)
    size, unit = (10**9, _billion()) if abs(exact) >= 10**9 else (10**6, _million())
    short = Fraction(exact, size)
    decimals = 0 if round(short * 10) % 10 == 0 else 1
    symbol = SYMBOLS.get(currency, currency)
    return f"{_written(short, decimals)}{SPACE}{unit}{SPACE}{symbol}"


def _million() -> str:
    return pgettext("after a number, before a currency", "million")


def _billion() -> str:
    return pgettext("after a number, before a currency", "billion")


@register.filter
def percent(value: object, decimals: int = 0) -> str:
    """62 → 62 %: the value counts hundredths already."""
    exact = _exact(value)
    return NOTHING if exact is None else f"{_written(exact, decimals)}{SPACE}%"


@register.filter
def magnitude(value: object) -> Fraction:
    """Without its sign, where words say already that something is too much."""
    return abs(_exact(value) or Fraction(0))


@register.filter
def unlocalized(value: object) -> str:
    """For attributes that a program reads: digits without grouping."""
    exact = _exact(value)
    if exact is None:
        return ""
    return str(int(exact)) if exact == int(exact) else str(float(exact))


# --- Texts that people write --------------------------------------------------------------------


@register.filter
def markdown(value: object) -> SafeString:
    """Markdown to HTML that cannot harm: no raw HTML, no images, links not followed."""
    if not value:
        return mark_safe("")
    return mark_safe(to_html(str(value)))  # noqa: S308  nh3 has cleaned it


@register.filter
def written_in(code: object) -> str:
    """Says in the reader's language in which language a text is written."""
    names = {
        "kk": gettext("in Kazakh"),
        "ru": gettext("in Russian"),
        "en": gettext("in English"),
        "pl": gettext("in Polish"),
        "fr": gettext("in French"),
        "nl": gettext("in Dutch"),
    }
    return names.get(str(code), str(code))


# --- The voting booth, cards, charts ------------------------------------------------------------

TONES = {
    "feasible": "ok",
    "shortlisted": "ok",
    "funded": "ok",
    "done": "ok",
    "submitted": "warn",
    "not_feasible": "bad",
    "late": "bad",
    "withdrawn": "",
}


@register.filter
def proposal_tone(state: object) -> str:
    """The class of a status tag; the word itself always stands in it."""
    return TONES.get(str(state), "")


@register.filter
def chosen_count(picks: Iterable[Any]) -> int:
    return sum(1 for pick in picks if pick.is_chosen)


CHART_ROW, CHART_TOP, CHART_BASELINE, CHART_WIDTH = 24, 4, 11, 500


@register.filter
def chart_height(rows: Sequence[object]) -> int:
    """Of a bar chart with one row for each item, in units of its viewBox."""
    return CHART_ROW * len(rows) + CHART_TOP


@register.filter
def chart_row(index: int) -> int:
    return CHART_ROW * index + CHART_TOP


@register.filter
def chart_baseline(index: int) -> int:
    return chart_row(index) + CHART_BASELINE


@register.filter
def chart_width(share: object) -> int:
    """Of a bar that stands for 0 to 100 hundredths."""
    hundredths = _exact(share) or Fraction(0)
    return round(CHART_WIDTH * max(Fraction(0), min(hundredths, Fraction(100))) / 100)


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """First, last, and those around; "…" where some are left out."""
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [n if isinstance(n, int) else "…" for n in around]


@register.simple_tag
def helix_parts(**counts: int) -> list[dict[str, Any]]:
    """Of government, business, academia, civil: counts to bars 0–100 that fill the line exactly."""
    total = sum(counts.values())
    parts, start = [], Fraction(0)
    for helix in ("business", "government", "academia", "civil"):
        count = counts.get(helix, 0)
        width = Fraction(100 * count, total) if total else Fraction(0)
        parts.append(
            {
                "helix": helix,
                "label": _helix_name(helix),
                "count": count,
                "percent": round(width),
                "x": f"{float(start):.2f}",
                "width": f"{float(width):.2f}",
                "middle": f"{float(start + width / 2):.2f}",
                "is_wide": width >= 8,
            }
        )
        start += width
    return parts


def _helix_name(helix: str) -> str:
    return {
        "business": gettext("Business"),
        "government": gettext("Government"),
        "academia": gettext("Academia"),
        "civil": gettext("Civil society"),
    }[helix]
