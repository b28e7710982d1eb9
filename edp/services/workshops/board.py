"""The board: themes of what was said, and the dots that participants put on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from edp.dots import DotResult, count_dots, share_out
from edp.models import DotBallot, Dots, Theme, Workshop
from edp.services.workshops import errors
from participation.services import record


@dataclass(frozen=True)
class PaperTally:
    """So many people of one helix gave so many dots to each theme, by its key."""

    people: int
    dots: dict[int, int]


# Constraints and triggers of migration 0004, and what they say to people.
_REFUSALS = {
    "dots_while_open": errors.DotsNotOpen,
    "dots_each_at_most": errors.TooManyDots,
    "dots_a_theme_at_most": errors.TooManyDots,
}


@transaction.atomic
def add_theme(*, by: User | None, workshop: Workshop, names: Mapping[str, str]) -> Theme:
    """`names` by language, kk and ru at least. Raises DotsGiven once dots are open."""
    workshop = _locked(workshop)
    if workshop.dots_opened_at is not None:
        raise errors.DotsGiven
    last = workshop.themes.aggregate(last=Max("position"))["last"] or 0
    return Theme.objects.create(
        workshop=workshop,
        position=last + 1,
        name_kk=names["kk"],
        name_ru=names["ru"],
        name_en=names.get("en", ""),
    )


@transaction.atomic
def open_dots(*, by: User | None, workshop: Workshop, each: int, a_theme: int) -> Workshop:
    """From now on everybody in the room has `each` dots, `a_theme` of them on one theme at most.

    Raises WrongTime unless the meeting is under way and dots were not open before, NoThemes.
    """
    workshop = _locked(workshop)
    if workshop.state != Workshop.State.RUNNING or workshop.dots_opened_at is not None:
        raise errors.WrongTime
    if workshop.themes.count() < 2:
        raise errors.NoThemes
    workshop.dots_each, workshop.dots_a_theme = each, min(a_theme, each)
    workshop.dots_opened_at = timezone.now()
    workshop.save()
    record(
        kind="edp.dots_opened",
        dossier=workshop.dossier,
        actor=by,
        each=each,
        a_theme=workshop.dots_a_theme,
    )
    return workshop


@transaction.atomic
def close_dots(*, by: User | None, workshop: Workshop) -> DotResult:
    """The results are shown from now on, and never before. Raises DotsNotOpen."""
    workshop = _locked(workshop)
    if not workshop.are_dots_open:
        raise errors.DotsNotOpen
    workshop.dots_closed_at = timezone.now()
    workshop.save()
    result = results_of(workshop)
    record(
        kind="edp.dots_counted",
        dossier=workshop.dossier,
        actor=by,
        raw=list(result.raw),
        balanced=[str(share) for share in result.balanced],
    )
    return result


@transaction.atomic
def give_dots(*, workshop: Workshop, voter: str, helix: str, dots: Mapping[int, int]) -> None:
    """Put or put anew the dots of one participant: {theme: dots}. `voter` names the account or
    the phone and is kept as a keyed hash alone.

    Raises DotsNotOpen, TooManyDots; the database counts.
    """
    if not Workshop.objects.get(pk=workshop.pk).are_dots_open:
        raise errors.DotsNotOpen
    ballot, _ = DotBallot.objects.get_or_create(
        workshop=workshop, voter=_key(workshop, voter), defaults={"helix": helix}
    )
    # A second request of the same participant waits here for the first.
    ballot = DotBallot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
    try:
        with transaction.atomic():
            ballot.dots.all().delete()
            Dots.objects.bulk_create(
                Dots(ballot=ballot, theme_id=theme, number=number)
                for theme, number in dots.items()
                if number
            )
            ballot.save(update_fields=["given_at"])
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        refusal = _REFUSALS.get(diagnosis.constraint_name or "" if diagnosis else "")
        if refusal is None:
            raise
        raise refusal from error


@transaction.atomic
def enter_paper_dots(
    *, by: User | None, workshop: Workshop, tallies: Mapping[str, PaperTally]
) -> Workshop:
    """What was put on paper, by helix; entered again, it takes the place of what was there.

    Raises DotsNotOpen, TooManyDots.
    """
    workshop = _locked(workshop)
    if not workshop.are_dots_open:
        raise errors.DotsNotOpen
    workshop.dot_ballots.filter(is_on_paper=True).delete()
    for helix, tally in tallies.items():
        if any(number > tally.people * workshop.dots_a_theme for number in tally.dots.values()):
            raise errors.TooManyDots
        if sum(tally.dots.values()) > tally.people * workshop.dots_each:
            raise errors.TooManyDots
        ballots = DotBallot.objects.bulk_create(
            DotBallot(
                workshop=workshop,
                voter=_key(workshop, f"paper-{helix}-{place}"),
                helix=helix,
                is_on_paper=True,
            )
            for place in range(tally.people)
        )
        Dots.objects.bulk_create(
            Dots(ballot=ballot, theme_id=theme, number=number)
            for ballot, dots in zip(ballots, share_out(tally.people, tally.dots), strict=True)
            for theme, number in dots.items()
        )
    record(
        kind="edp.dots_on_paper",
        dossier=workshop.dossier,
        actor=by,
        people={helix: tally.people for helix, tally in tallies.items()},
    )
    return workshop


def paper_tallies(workshop: Workshop) -> dict[str, PaperTally]:
    """What was entered so far, by helix. Two queries."""
    ballots = workshop.dot_ballots.filter(is_on_paper=True)
    people = dict(ballots.order_by().values_list("helix").annotate(Count("pk")))
    found = {helix: PaperTally(number, {}) for helix, number in people.items()}
    counted = Dots.objects.filter(ballot__in=ballots).values_list("ballot__helix", "theme")
    for helix, theme, number in counted.annotate(Sum("number")).order_by():
        found[helix].dots[theme] = number
    return found


def dots_given(workshop: Workshop, voter: str) -> dict[int, int]:
    """What this participant has put so far."""
    own = Dots.objects.filter(ballot__workshop=workshop, ballot__voter=_key(workshop, voter))
    return dict(own.values_list("theme", "number"))


def results_of(workshop: Workshop) -> DotResult:
    """Counted from the rows, in the order of the themes. DotsNotOpen before the close."""
    if workshop.dots_closed_at is None:
        raise errors.DotsNotOpen
    themes = list(workshop.themes.values_list("pk", flat=True))
    rows: dict[str, list[int]] = {}
    counted = (
        Dots.objects.filter(ballot__workshop=workshop)
        .values_list("ballot__helix", "theme")
        .annotate(Sum("number"))
    )
    for helix, theme, number in counted:
        rows.setdefault(helix, [0] * len(themes))[themes.index(theme)] = number
    return count_dots(rows, len(themes))


def _key(workshop: Workshop, voter: str) -> str:
    return salted_hmac("edp.dots", f"{workshop.pk}:{voter}", algorithm="sha256").hexdigest()


def _locked(workshop: Workshop) -> Workshop:
    rows = Workshop.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("dossier").get(pk=workshop.pk)
