"""Rules of ballot and count as cities use them, to start from, with where they come from."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Preset:
    """`explained` is one sentence for voters; `source` says where the numbers were read, since a
    city's own act has to be named before it votes by them."""

    key: str
    name: str
    explained: Promise
    data: dict[str, Any]
    source: str


_TIES = ["cheapest", "list-order"]
_PARIS = (
    "Ville de Paris, budget participatif. Сайлау алдында өз актіңізді көрсетіңіз · Перед "
    "голосованием укажите свой акт · Name your own act before a vote."
)
_KAZAKHSTAN = (
    "Баспасөз бойынша · По сообщениям прессы · After press reports (baigenews.kz 2022, zakon.kz). "
    "Сайлау алдында мәслихат немесе әкімдік актісін көрсетіңіз · Перед голосованием укажите акт "
    "маслихата или акимата · Name the act of the maslikhat or akimat before a vote."
)

PRESETS = (
    Preset(
        "paris",
        "Париж, 2021 жылдан: төрт баға · Париж с 2021: четыре оценки · Paris since 2021: grades",
        _(
            "Every project is given one of four grades, and the money goes down the order of "
            "majority judgement."
        ),
        {
            "ballot": "graded",
            "min_age": 0,
            "count": {"method": "majority-judgement", "missing": "worst", "ties": _TIES},
        },
        _PARIS,
    ),
    Preset(
        "paris-2014",
        "Париж, 2021 жылға дейін: төрт жоба · Париж до 2021: четыре проекта · Paris before: four",
        _(
            "On the city's envelope and on that of one's district one chooses up to four "
            "projects; those with most votes are funded as long as they fit."
        ),
        {
            "ballot": "k_approval",
            "max_choices": 4,
            "min_age": 0,
            "envelopes": "home",
            "count": {"method": "greedy", "ties": _TIES},
        },
        _PARIS,
    ),
    Preset(
        "almaty",
        "Алматы: үш жоба · Алматы: три проекта · Almaty: three projects",
        _(
            "One chooses up to three projects; those with most votes are funded as long as they "
            "fit."
        ),
        {
            "ballot": "k_approval",
            "max_choices": 3,
            "count": {"method": "greedy", "ties": _TIES},
        },
        _KAZAKHSTAN,
    ),
    Preset(
        "astana",
        "Астана: бір жоба, өзгертілмейді · Астана: один проект, без замены · Astana: one, for good",
        _(
            "One chooses one project, once and for good; those with most votes are funded as "
            "long as they fit."
        ),
        {
            "ballot": "k_approval",
            "max_choices": 1,
            "revocable": False,
            "count": {"method": "greedy", "ties": _TIES},
        },
        _KAZAKHSTAN,
    ),
    Preset(
        "ranking",
        "Бес орын ретімен · Пять мест по порядку · Five places in order",
        _(
            "One puts up to five projects in order; the first place counts five points, the "
            "fifth one, and projects with most points are funded as long as they fit."
        ),
        {
            "ballot": "ranked",
            "max_choices": 5,
            "count": {"method": "greedy", "ties": _TIES},
        },
        "k-ranking: Stanford Participatory Budgeting Platform (arXiv 2401.12423).",
    ),
)


def preset_of(key: str) -> Preset | None:
    """The preset from which a ruleset of this key was made."""
    return next((preset for preset in PRESETS if preset.key == key), None)
