"""The organiser's cockpit in words: what is to do by when, and the numbers of today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting import phases
from budgeting.calendar_words import Facts, Turn, turns_of
from budgeting.cockpit_reading import Today
from budgeting.feasibility_account import Place
from budgeting.feasibility_reading import PLACES
from budgeting.models import Cycle, Election


@dataclass(frozen=True)
class Task:
    """`due_on` is the last day on which it is in time; None where no date is set for it."""

    code: str
    text: str
    url: str
    due_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Figure:
    """A number with what it counts; `url` leads to the list of it, `note` explains it."""

    number: int
    label: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    figures: list[Figure]


@dataclass(frozen=True)
class Calendar:
    past: list[Turn]
    coming: list[Turn]


def calendar_of(cycle: Cycle, now: datetime) -> Calendar:
    """The turns of the year by the cycle's phases and rules; `cycle` with its desk."""
    data = cycle.desk.ruleset.data if hasattr(cycle, "desk") else {}
    days = data.get("working_days")
    facts = Facts.of(str(cycle.dossier.territory), cycle.ruleset.data, days)
    turns = turns_of(cycle.dossier.phases.all(), facts)
    return Calendar(
        past=[turn for turn in turns if turn.at <= now],
        coming=[turn for turn in turns if turn.at > now],
    )


def tasks_of(today: Today) -> list[Task]:
    """What is to do, the soonest date first and what has none last; nothing in one that was
    imported."""
    if today.cycle.is_imported:
        return []
    found = [*_before(today), *_about_check(today), *_about_vote(today), *_about_works(today)]
    return sorted(found, key=lambda task: (task.due_on is None, task.due_on or today.today))


def _page(today: Today, name: str) -> str:
    return reverse(f"budgeting:{name}", args=[today.cycle.slug])


def _task(today: Today, code: str, text: str, page: str, due_on: date | None = None) -> Task:
    is_late = due_on is not None and due_on < today.today
    url = page if page.startswith("#") else _page(today, page)
    return Task(code, text, url, due_on, is_late)


def _opening(today: Today, kind: str) -> date | None:
    phase = today.phase(kind)
    return timezone.localdate(phase.opens_at) if phase else None


def _closing(today: Today, kind: str) -> date | None:
    phase = today.phase(kind)
    return timezone.localdate(phase.closes_at) if phase else None


def _before(today: Today) -> Iterator[Task]:
    if today.cycle.dossier.published_at is None:
        due = _opening(today, phases.PROPOSALS)
        yield _task(today, "publish", _("Publish this budget."), "#publish", due)
    missing = [kind for kind in phases.PHASE_KINDS if today.phase(kind.code) is None]
    if missing:
        names = ", ".join(str(kind.label) for kind in missing)
        text = _("Set the dates that are missing: %(phases)s.") % {"phases": names}
        yield _task(today, "dates", text, "cycle-dates")
    if today.alike and today.is_before_the_end_of(phases.FEASIBILITY):
        text = ngettext(
            "Look at %(number)s pair of proposals that are nearly alike: merge them, or not.",
            "Look at %(number)s pairs of proposals that are nearly alike: merge them, or not.",
            today.alike,
        )
        due = _closing(today, phases.PROPOSALS)
        yield _task(today, "alike", text % {"number": today.alike}, "proposal-alike", due)


def _about_check(today: Today) -> Iterator[Task]:
    numbers = today.account.numbers
    if not today.has_desk and today.is_before_the_end_of(phases.FEASIBILITY):
        due = _opening(today, phases.FEASIBILITY)
        yield _task(today, "desk", _("Open the desk of the check."), "feasibility-desk", due)
    waiting = numbers.get(Place.WAITING, 0)
    due = _closing(today, phases.FEASIBILITY)
    if waiting and today.has_begun(phases.FEASIBILITY):
        text = ngettext(
            "Give a department to %(number)s proposal.",
            "Give a department to %(number)s proposals.",
            waiting,
        )
        task = _task(today, "waiting", text % {"number": waiting}, "proposal-queue", due)
        yield _only(task, "new")
    if overdue := numbers.get(Place.OVERDUE, 0):
        text = ngettext(
            "Ask for %(number)s verdict that is overdue.",
            "Ask for %(number)s verdicts that are overdue.",
            overdue,
        )
        task = _task(today, "overdue", text % {"number": overdue}, "proposal-queue", due)
        yield _only(task, "overdue")
    if today.appeals:
        text = ngettext(
            "Give %(number)s appeal to somebody for a second look.",
            "Give %(number)s appeals to somebody for a second look.",
            today.appeals,
        )
        yield _task(today, "appeals", text % {"number": today.appeals}, "feasibility-desk")


def _only(task: Task, who: str) -> Task:
    """It leads to these proposals of the queue only."""
    return replace(task, url=f"{task.url}?who={who}")


def _about_vote(today: Today) -> Iterator[Task]:
    opening = _opening(today, phases.VOTING)
    setup = today.elections.get(Election.State.SETUP, 0)
    if setup:
        yield from _before_freeze(today, setup, opening)
    if today.letters:
        text = ngettext(
            "Print %(number)s batch of letters with codes.",
            "Print %(number)s batches of letters with codes.",
            today.letters,
        )
        yield _task(today, "letters", text % {"number": today.letters}, "letter-list", opening)
    if today.over:
        text = ngettext(
            "Close and count %(number)s vote that is over.",
            "Close and count %(number)s votes that are over.",
            today.over,
        )
        due = _closing(today, phases.VOTING)
        yield _task(today, "count", text % {"number": today.over}, "#votes", due)
    if counted := today.elections.get(Election.State.COUNTED, 0):
        text = ngettext(
            "Publish the results of %(number)s vote.",
            "Publish the results of %(number)s votes.",
            counted,
        )
        due = _opening(today, phases.RESULTS)
        yield _task(today, "results", text % {"number": counted}, "#votes", due)


def _before_freeze(today: Today, setup: int, opening: date | None) -> Iterator[Task]:
    if feasible := today.account.numbers.get(Place.FEASIBLE, 0):
        text = ngettext(
            "Put %(number)s feasible proposal on the ballot.",
            "Put %(number)s feasible proposals on the ballot.",
            feasible,
        )
        page = "proposal-shortlist"
        yield _task(today, "shortlist", text % {"number": feasible}, page, opening)
    if today.needs_register and not today.has_register:
        text = _("Import the register: only who stands in it may vote.")
        yield _task(today, "register", text, "register-detail", opening)
    text = ngettext(
        "Freeze %(number)s vote when its list below is in order.",
        "Freeze %(number)s votes when their lists below are in order.",
        setup,
    )
    yield _task(today, "freeze", text % {"number": setup}, "#votes", opening)


def _about_works(today: Today) -> Iterator[Task]:
    works = today.works
    if works.without_builder:
        text = ngettext(
            "Name who builds %(number)s winner.",
            "Name who builds %(number)s winners.",
            works.without_builder,
        )
        due = _opening(today, phases.WORKS)
        yield _task(today, "builder", text % {"number": works.without_builder}, "work-list", due)
    if works.without_plan:
        text = ngettext(
            "Plan the milestones of %(number)s work.",
            "Plan the milestones of %(number)s works.",
            works.without_plan,
        )
        due = _opening(today, phases.WORKS)
        yield _task(today, "plan", text % {"number": works.without_plan}, "work-list", due)
    if works.total.late:
        text = ngettext(
            "Ask why %(number)s work is late.",
            "Ask why %(number)s works are late.",
            works.total.late,
        )
        yield _task(today, "late", text % {"number": works.total.late}, "work-list")
    if works.silent:
        text = ngettext(
            "Ask for news of %(number)s work: nothing was told for 90 days.",
            "Ask for news of %(number)s works: nothing was told for 90 days.",
            works.silent,
        )
        yield _task(today, "silent", text % {"number": works.silent}, "work-list")


# --- Numbers ------------------------------------------------------------------------------------


def numbers_of(today: Today) -> list[Group]:
    """Groups that have nothing to count yet are left out."""
    groups = [
        Group(_("Proposals"), _about_proposals(today)),
        Group(_("The check"), _numbers_of_check(today)),
        Group(_("Voters"), _about_voters(today)),
        Group(_("Works"), _numbers_of_works(today)),
    ]
    return [group for group in groups if group.figures]


def _about_proposals(today: Today) -> list[Figure]:
    proposals = _page(today, "proposal-list")
    made = today.account.submitted
    places = [
        f"{PLACES[place]}: {number}" for place, number in today.account.numbers.items() if number
    ]
    return [
        Figure(made, _("proposals made"), proposals, "; ".join(places)),
        Figure(
            today.new,
            _("new today"),
            f"{proposals}?sort=newest",
            _("Since midnight, by the time of the site."),
        ),
        Figure(
            today.supports,
            _("times somebody backed one"),
            f"{proposals}?sort=backed",
            _("Of them today: %(number)s. Support is no vote.") % {"number": today.new_supports},
        ),
    ]


def _numbers_of_check(today: Today) -> list[Figure]:
    if not today.account.submitted:
        return []
    queue = _page(today, "proposal-queue")
    return [
        Figure(
            today.account.checked,
            _("proposals checked"),
            _page(today, "feasibility-progress"),
            _("Of %(number)s: with a verdict, or ended before one.")
            % {"number": today.account.submitted},
        ),
        Figure(
            today.reviews_soon,
            _("verdicts due within seven days"),
            f"{queue}?who=open",
            _("Today included; overdue ones are counted apart."),
        ),
        Figure(
            today.account.overdue,
            _("verdicts overdue"),
            f"{queue}?who=overdue",
            _("The last day of the department has passed. Everybody sees this number."),
        ),
    ]


def _about_voters(today: Today) -> list[Figure]:
    figures = [
        Figure(
            today.voters,
            _("people whose residence is shown"),
            _page(today, "register-detail"),
            _("At a desk, by the register, by a letter or by an electronic identity."),
        )
    ]
    if today.turnout:
        figures.append(
            Figure(
                today.turnout.voted,
                _("ballots in the sealed record"),
                _page(today, "envelope-list"),
                _("Of %(number)s on the roll. Only epochs that are sealed: nobody sees more.")
                % {"number": today.turnout.entitled},
            )
        )
    return figures


def _numbers_of_works(today: Today) -> list[Figure]:
    total = today.works.total
    if not total.number:
        return []
    page = _page(today, "work-list")
    in_time = total.number - total.done - total.late
    return [
        Figure(
            total.done, _("built"), page, _("Of %(number)s winners.") % {"number": total.number}
        ),
        Figure(in_time, _("in time or stopped"), page, _("No milestone of them is overdue.")),
        Figure(total.late, _("late now"), page, _("Their next milestone is overdue.")),
    ]
