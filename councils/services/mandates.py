"""Who takes a seat of a council, and who leaves it. The days are those of the act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Helix, Organisation, User
from councils import errors
from councils.composition import Seat, composition, is_refused, least_civil_members
from councils.council_rules import CouncilRules
from councils.facts.composition import seats_from
from councils.facts.incompatibility import offices_of
from councils.models import Convocation, Council, Mandate, Post, Side
from councils.services.breaches import telling_of_breaches
from councils.services.locks import lock
from participation.services import follow, record

if TYPE_CHECKING:
    from participation.errors import Refused

_REFUSALS: dict[str, type[Refused]] = {
    "mandate_one_on_a_seat": errors.SeatTaken,
    "mandate_one_of_a_person": errors.SitsAlready,
    "mandate_one_of_an_organisation": errors.OrganisationSitsAlready,
    "mandate_one_chair": errors.ChairTaken,
}


@transaction.atomic
def appoint(
    *,
    by: User | None,
    post: Post,
    name: str,
    person: User | None = None,
    on_behalf_of: Organisation | None = None,
    basis: str,
    act: str,
    act_url: str = "",
    since: date,
    until: date | None = None,
    office: str = Mandate.Office.MEMBER,
) -> Mandate:
    """Seat a member from `since` up to but without `until`, else for as long as the term lasts.

    Refused where civil society would have less than its share on any day to come of the term
    (StateShareExceeded, with the counts). Raises also NameMissing, ActMissing, OutsideTerm,
    EndsBeforeItBegins, StateMayNotChair, OrganisationMissing, NotOfCivilSociety, Incompatible,
    SeatTaken, SitsAlready, OrganisationSitsAlready, ChairTaken.
    """
    council = lock(post.council)
    rules = CouncilRules.from_data(council.ruleset.data)
    if not name.strip():
        raise errors.NameMissing
    if not act.strip():
        raise errors.ActMissing
    term = _term(council, post, since, until)
    if post.side == Side.CIVIL:
        _check_civil(rules, person, on_behalf_of, basis, since)
    else:
        if office == Mandate.Office.CHAIR and not rules.may_state_chair:
            raise errors.StateMayNotChair
        _check_share(council, rules, Seat("new", post.side, since, until), term)
    with telling_of_breaches(council, by):
        mandate = _insert(
            council=council,
            post=post,
            side=post.side,
            person=person,
            name=name.strip(),
            on_behalf_of=on_behalf_of,
            office=office,
            basis=basis,
            act=act.strip(),
            act_url=act_url,
            since=since,
            until=until,
            end_reason=Mandate.EndReason.TERM if until else "",
        )
    if person is not None and council.dossier.published_at is not None:
        follow(person=person, dossier=council.dossier)
    record(
        kind="councils.mandate_begun",
        dossier=council.dossier,
        actor=by,
        mandate=mandate.pk,
        seat=post.number,
        side=str(post.side),
        since=since.isoformat(),
        basis=str(basis),
        act=mandate.act,
        on_behalf_of=on_behalf_of.name_ru if on_behalf_of else None,
    )
    return mandate


@transaction.atomic
def end_mandate(*, by: User | None, mandate: Mandate, on: date, reason: str) -> Mandate:
    """The member sits no more from `on`; nobody can refuse that, so it may open a breach.

    A mandate that was to end with its term may end earlier, until it is over. Raises MandateOver,
    EndsBeforeItBegins.
    """
    council = lock(mandate.council)
    mandate = Mandate.objects.select_related("post").get(pk=mandate.pk)
    is_fixed = not mandate.is_to_end_with_term(timezone.localdate())
    if is_fixed or (mandate.until and on >= mandate.until):
        raise errors.MandateOver
    if on <= mandate.since:
        raise errors.EndsBeforeItBegins
    with telling_of_breaches(council, by):
        mandate.until, mandate.end_reason = on, reason
        if mandate.office_since is not None:
            mandate.office_since = min(mandate.office_since, on)
        mandate.save(update_fields=["until", "end_reason", "office_since"])
    record(
        kind="councils.mandate_ended",
        dossier=council.dossier,
        actor=by,
        mandate=mandate.pk,
        seat=mandate.post.number,
        side=str(mandate.side),
        until=on.isoformat(),
        reason=str(reason),
    )
    return mandate


@transaction.atomic
def change_office(
    *, by: User | None, mandate: Mandate, office: str, on: date | None = None
) -> Mandate:
    """Chair, deputy, secretary or member from today or the day given.

    Raises MandateOver, EndsBeforeItBegins, ChairTaken, StateMayNotChair.
    """
    on = on or timezone.localdate()
    council = lock(mandate.council)
    rules = CouncilRules.from_data(council.ruleset.data)
    mandate = Mandate.objects.select_related("post").get(pk=mandate.pk)
    if mandate.until is not None and mandate.until <= on:
        raise errors.MandateOver
    if on < mandate.since:
        raise errors.EndsBeforeItBegins
    is_states = mandate.side == Side.STATE
    if office == Mandate.Office.CHAIR and is_states and not rules.may_state_chair:
        raise errors.StateMayNotChair
    mandate.office, mandate.office_since = office, on
    try:
        with transaction.atomic():
            mandate.save(update_fields=["office", "office_since"])
    except IntegrityError as error:
        raise _refusal(error) from error
    record(
        kind="councils.office_changed",
        dossier=council.dossier,
        actor=by,
        mandate=mandate.pk,
        seat=mandate.post.number,
        office=str(office),
        since=on.isoformat(),
    )
    return mandate


def _term(council: Council, post: Post, since: date, until: date | None) -> Convocation:
    term = council.convocations.filter(begins_on__lte=since, ends_on__gt=since).first()
    if term is None or since < post.since or (post.until and since >= post.until):
        raise errors.OutsideTerm
    if until is not None and until <= since:
        raise errors.EndsBeforeItBegins
    return term


def _check_civil(
    rules: CouncilRules,
    person: User | None,
    on_behalf_of: Organisation | None,
    basis: str,
    since: date,
) -> None:
    if on_behalf_of is None and basis != Mandate.Basis.LOT and not rules.may_citizens_sit:
        raise errors.OrganisationMissing
    if on_behalf_of is not None and on_behalf_of.helix == Helix.GOVERNMENT:
        raise errors.NotOfCivilSociety
    if person is not None and (offices := offices_of(person, since)):
        raise errors.Incompatible(_("On that day this person serves: %s.") % ", ".join(offices))


def _check_share(council: Council, rules: CouncilRules, new: Seat, term: Convocation) -> None:
    seats = seats_from(council.mandates.all())
    if not is_refused(seats, new, term.ends_on, rules.civil_share):
        return
    end = min(new.until or term.ends_on, term.ends_on)
    days = composition([*seats, new], new.since, end, rules.civil_share)
    worst = next(interval for interval in days if not interval.is_lawful)
    raise errors.StateShareExceeded(
        _(
            "On %(day)s the council would have %(members)s members, %(civil)s of them of civil "
            "society; the law asks for at least %(needed)s."
        )
        % {
            "day": date_format(worst.since),
            "members": worst.members,
            "civil": worst.civil,
            "needed": least_civil_members(worst.members, rules.civil_share),
        }
    )


def _insert(**fields: object) -> Mandate:
    try:
        with transaction.atomic():
            return Mandate.objects.create(**fields)
    except IntegrityError as error:
        raise _refusal(error) from error


def _refusal(error: IntegrityError) -> Exception:
    """What the database refused, in words for people."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return _REFUSALS[diagnosis.constraint_name]() if diagnosis else error
