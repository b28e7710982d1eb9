"""Rules of ballot and count as cities use them, and whole budgets to start from, as data."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.multilingual import Told
from budgeting import phases
from budgeting.phase_dates import Span


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

# A register of the school's pupils stands for the list of the class teacher.
_SCHOOL = Preset(
    "school",
    "Мектеп бюджеті: үш жоба · Школьный бюджет: три проекта · School budget: three projects",
    _(
        "Pupils of the school's list choose up to three projects; those with most votes are "
        "funded as long as they fit."
    ),
    {
        "ballot": "k_approval",
        "max_choices": 3,
        "min_age": 10,
        "voters": {"needs_line": True, "proofs": ["roll", "letter", "desk"]},
        "count": {"method": "greedy", "ties": _TIES},
    },
    "Мектептің өз тәртібін көрсетіңіз · Укажите порядок своей школы · Name your school's own order",
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
    _SCHOOL,
)


@dataclass(frozen=True)
class Template:
    """A budget to start from: `rules` is the key of its ruleset, `envelope` the name of its first
    envelope, `word` what its address has beside place and year."""

    key: str
    name: Promise
    explained: Promise
    rules: str
    envelope: Told
    spans: tuple[Span, ...]
    word: str = ""


_CITY = Told("Бүкіл қала", "Весь город", "The whole city")
_YEAR = (Span(phases.WORKS, (1, 1), (1, 1), 0, 1),)
TEMPLATES = (
    Template(
        "kazakhstan",
        pgettext_lazy("template", "Rules of Kazakhstan's cities"),
        _(
            "Up to three projects a person. Proposals in February and March, the check over "
            "summer, the vote in September, before the budget of the year is adopted."
        ),
        "almaty",
        _CITY,
        (
            Span(phases.PROPOSALS, (2, 1), (4, 1)),
            Span(phases.FEASIBILITY, (4, 1), (9, 1)),
            Span(phases.VOTING, (9, 10), (10, 1)),
            Span(phases.RESULTS, (10, 5), (1, 1), -1, 0),
            *_YEAR,
        ),
    ),
    Template(
        "paris",
        pgettext_lazy("template", "As in Paris"),
        _(
            "Four grades for every project and majority judgement, an envelope for the city and "
            "one for each district. Proposals in January and February, the vote in September."
        ),
        "paris",
        _CITY,
        (
            Span(phases.PROPOSALS, (1, 10), (2, 20)),
            Span(phases.FEASIBILITY, (2, 20), (7, 15)),
            Span(phases.VOTING, (9, 5), (9, 23)),
            Span(phases.RESULTS, (10, 1), (1, 1), -1, 0),
            *_YEAR,
        ),
    ),
    Template(
        "school",
        pgettext_lazy("template", "School budget"),
        _(
            "Pupils from ten years on decide about a small sum; a proposal names its class as its "
            "place. From October to December, built before summer. Only those on the school's "
            "list vote."
        ),
        "school",
        Told("Бүкіл мектеп", "Вся школа", "The whole school"),
        (
            Span(phases.PROPOSALS, (10, 5), (10, 26)),
            Span(phases.FEASIBILITY, (10, 26), (11, 16)),
            Span(phases.VOTING, (11, 23), (11, 30)),
            Span(phases.RESULTS, (12, 1), (1, 1), -1, 0),
            Span(phases.WORKS, (1, 10), (5, 25), 0, 0),
        ),
        word="school",
    ),
)


def template_of(key: str) -> Template | None:
    return next((template for template in TEMPLATES if template.key == key), None)


def preset_of(key: str) -> Preset | None:
    """The preset from which a ruleset of this key was made."""
    return next((preset for preset in PRESETS if preset.key == key), None)
