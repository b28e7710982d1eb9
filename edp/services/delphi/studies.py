"""A study before its first round, and its end by decision."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Helix, User
from edp import delphi, phases
from edp.models import DelphiStatement, DelphiStudy, DiscoveryProcess, PanelInvitation, Stage
from edp.panel_keys import make_key
from edp.services.delphi.refusals import (
    AlreadyBegun,
    AlreadyInvited,
    NoForesight,
    NotRunning,
    PanelTooSmall,
    StatementsMissing,
)
from edp.services.numbering import next_number
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    notify_followers,
    publish_dossier,
    record,
)

State = DelphiStudy.State
FROM = phases.ORDER.index(Stage.MAPPING)
MIN_HELICES = 2


@dataclass(frozen=True)
class Saying:
    """One statement about the future; Kazakh and Russian are obligatory."""

    kk: str
    ru: str
    en: str = ""


def parameters_of(study: DelphiStudy) -> delphi.Parameters:
    """The study's own rules, fixed when it began. Raises ValueError for what cannot be read."""
    return _parameters(study.rules)


def _parameters(rules: dict[str, Any]) -> delphi.Parameters:
    usual = delphi.Parameters()
    values: dict[str, Any] = {}
    for name, value in rules.items():
        default = getattr(usual, name)
        values[name] = Fraction(str(value)) if isinstance(default, Fraction) else int(value)
    return delphi.Parameters(**values)


def require_foresight(process: DiscoveryProcess) -> None:
    """Raises NoForesight."""
    stage = process.stage
    if stage not in phases.ORDER or not FROM <= phases.ORDER.index(Stage(stage)) < 9:
        raise NoForesight


def locked(study: DelphiStudy) -> DelphiStudy:
    rows = DelphiStudy.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("dossier__territory", "process__dossier").get(pk=study.pk)


@transaction.atomic
def create_study(
    *,
    by: User | None,
    process: DiscoveryProcess,
    wordings: list[Wording],
    statements: list[Saying],
    is_real_time: bool = False,
) -> DelphiStudy:
    """A study in preparation, not public yet. Its rules are those of the process.

    Raises NoForesight and StatementsMissing.
    """
    require_foresight(process)
    if not statements:
        raise StatementsMissing
    number = next_number(process, process.delphi_studies)
    dossier = create_dossier(
        kind=phases.DELPHI,
        territory=process.dossier.territory,
        state=State.PLANNED,
        path=f"edp/{process.slug}/delphi/{number}/",
        wordings=wordings,
    )
    rules = process.ruleset.data.get("delphi", {})
    _parameters(rules)
    study = DelphiStudy.objects.create(
        dossier=dossier, process=process, number=number, is_real_time=is_real_time, rules=rules
    )
    DelphiStatement.objects.bulk_create(
        DelphiStatement(study=study, number=n, text_kk=said.kk, text_ru=said.ru, text_en=said.en)
        for n, said in enumerate(statements, start=1)
    )
    return study


@transaction.atomic
def invite(*, by: User | None, study: DelphiStudy, person: User, helix: str) -> PanelInvitation:
    """Put somebody on the panel before the study begins. Raises AlreadyBegun, AlreadyInvited."""
    study = locked(study)
    if study.state != State.PLANNED:
        raise AlreadyBegun
    try:
        with transaction.atomic():
            return PanelInvitation.objects.create(
                study=study, person=person, helix=Helix(helix), invited_by=by
            )
    except IntegrityError as error:
        raise AlreadyInvited from error


@transaction.atomic
def begin_study(*, by: User | None, study: DelphiStudy) -> DelphiStudy:
    """Fix rules, statements and panel, make the key of the pseudonyms, and publish the study.

    Raises AlreadyBegun, NoForesight, and PanelTooSmall for fewer people than have to answer or
    for a panel of one helix.
    """
    study = locked(study)
    if study.state != State.PLANNED:
        raise AlreadyBegun
    require_foresight(study.process)
    helices = list(study.invitations.values_list("helix", flat=True))
    if len(helices) < parameters_of(study).min_panel or len(set(helices)) < MIN_HELICES:
        raise PanelTooSmall
    study.key_fingerprint, study.state = make_key(study), State.RUNNING
    study.save(update_fields=["key_fingerprint", "state"])
    publish_dossier(dossier=study.dossier)
    change_state(dossier=study.dossier, state=State.RUNNING)
    record(
        kind="edp.delphi_started",
        dossier=study.dossier,
        actor=by,
        panel=len(helices),
        statements=study.statements.count(),
        rules=study.rules,
    )
    return study


@transaction.atomic
def cancel_study(*, by: User | None, study: DelphiStudy) -> None:
    """End it without a result; what was rated stays. Raises NotRunning."""
    study = locked(study)
    if study.is_over:
        raise NotRunning
    end(study, State.CANCELLED, by)


def end(study: DelphiStudy, state: str, by: User | None = None) -> None:
    """Call it with the study locked."""
    study.state = state
    study.save(update_fields=["state"])
    change_state(dossier=study.dossier, state=state)
    record(kind="edp.delphi_ended", dossier=study.dossier, actor=by, state=state)
    if study.dossier.published_at is not None:
        notify_followers(kind="delphi_ended", dossier=study.dossier, actor=by, state=state)
