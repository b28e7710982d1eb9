"""The desk of admission: what comes in is admitted, sent back or left out, with reasons."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from edp.activity_sentence import written
from edp.models import Idea, SpecialisationResult, Stage
from edp.services.ideas.errors import IdeaDecided, NotInReview, ReasonsMissing
from edp.services.ideas.moving import locked, move_idea
from edp.surprise import is_surprise
from participation.models import DossierText
from participation.services import Wording, notify_followers, record, write_text


@transaction.atomic
def admit_idea(*, by: User, idea: Idea, named_in_plan: str = "") -> Idea:
    """Let an idea into evaluation, and see whether it is an entrepreneurial surprise.

    `named_in_plan` is the existing plan that names the activity, empty if none does. Raises
    IdeaDecided.
    """
    idea = _submitted(idea)
    idea.named_in_plan = named_in_plan.strip()
    idea.is_surprise = is_surprise(
        origin=idea.origin, signals=_signals_of(idea), named_in_plan=idea.named_in_plan
    )
    idea.save(update_fields=["named_in_plan", "is_surprise"])
    return _decided(by, move_idea(idea=idea, state=Idea.State.ADMITTED))


def _signals_of(idea: Idea) -> list[str]:
    results = SpecialisationResult.objects.filter(
        version__dataset__process=idea.process,
        version__published_at__isnull=False,
        territory=idea.process.dossier.territory,
        activity__in=idea.activity_codes,
    )
    return list(results.values_list("signal", flat=True))


@transaction.atomic
def return_idea(*, by: User, idea: Idea, reasons: str) -> Idea:
    """Send an idea back to be completed. Raises IdeaDecided, ReasonsMissing."""
    return _refuse(by, idea, Idea.State.RETURNED, reasons)


@transaction.atomic
def screen_out_idea(*, by: User, idea: Idea, reasons: str) -> Idea:
    """Leave an idea out, for good. Raises IdeaDecided, ReasonsMissing."""
    return _refuse(by, idea, Idea.State.SCREENED_OUT, reasons)


def _refuse(by: User, idea: Idea, state: str, reasons: str) -> Idea:
    if not reasons.strip():
        raise ReasonsMissing
    return _decided(by, move_idea(idea=_submitted(idea), state=state, reason=reasons.strip()))


@transaction.atomic
def take_up_again(*, by: User, idea: Idea, reasons: str) -> Idea:
    """Admit a parked idea anew, in the review. Raises NotInReview, IdeaDecided, ReasonsMissing."""
    idea = locked(idea)
    if idea.process.stage != Stage.REVIEW:
        raise NotInReview
    if idea.state != Idea.State.PARKED:
        raise IdeaDecided
    if not reasons.strip():
        raise ReasonsMissing
    return _decided(by, move_idea(idea=idea, state=Idea.State.ADMITTED, reason=reasons.strip()))


def _submitted(idea: Idea) -> Idea:
    idea = locked(idea)
    if idea.state != Idea.State.SUBMITTED:
        raise IdeaDecided
    return idea


def _decided(by: User, idea: Idea) -> Idea:
    """Tell proposer, those credited and those who follow, and write it into the record."""
    tell_of_decision(by, idea)
    record(
        kind=f"edp.idea_{idea.state}",
        dossier=idea.dossier,
        actor=by,
        reasons=idea.reason,
        surprise=idea.is_surprise,
    )
    return idea


def tell_of_decision(by: User | None, idea: Idea, also: Sequence[User] = ()) -> None:
    people = list(dict.fromkeys([*people_of(idea), *also]))
    notify_followers(
        kind="idea_decided", dossier=idea.dossier, actor=by, also=people, state=idea.state
    )


def people_of(idea: Idea) -> list[User]:
    """The proposer and those credited, each once."""
    credited = [credit.person for credit in idea.credits.select_related("person") if credit.person]
    people = [idea.proposer, *credited] if idea.proposer else credited
    return list(dict.fromkeys(people))


@transaction.atomic
def translate_idea(
    *, by: User, idea: Idea, language: str, title: str, parts: dict[str, str], body: str
) -> None:
    """Add or replace a checked translation. Raises IdeaDecided for the original's language."""
    idea = locked(idea)
    if language == idea.language or idea.dossier.published_at is None:
        raise IdeaDecided
    checked = DossierText.Origin.CHECKED
    write_text(
        dossier=idea.dossier, wording=Wording(language, title, written(parts), body, checked)
    )
    idea.translations = {**idea.translations, language: parts}
    idea.save(update_fields=["translations"])
    record(kind="edp.idea_translated", dossier=idea.dossier, actor=by, language=language)
