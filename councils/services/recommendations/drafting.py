"""A recommendation until the council adopts it: its words, and what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import phases
from councils.models import Council, Docket, Motion, Recommendation, RecommendationEvidence
from councils.services.dockets import check_official
from councils.services.numbering import next_number
from councils.services.recommendations.errors import (
    EvidenceMissing,
    MotionNotAdopted,
    NotADraft,
    TextsMissing,
)
from councils.services.recommendations.linking import lead_to
from councils.services.recommendations.states import locked, move
from participation.models import Dossier
from participation.services import (
    Wording,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)

State = Recommendation.State


@dataclass(frozen=True)
class Proof:
    """Where something was said or written: in a thing of this site, or at an address."""

    kind: str
    text: str
    dossier: Dossier | None = None
    number: str = ""
    url: str = ""
    language: str = "kk"


@transaction.atomic
def draft_recommendation(
    *,
    by: User | None,
    council: Council,
    wordings: Sequence[Wording],
    docket: Docket | None = None,
) -> Recommendation:
    """A draft that the council's members and secretary see. Raises TextsMissing of dockets."""
    check_official(wordings)
    number = next_number(council, council.recommendations)
    dossier = create_dossier(
        kind=phases.RECOMMENDATION,
        territory=council.dossier.territory,
        state=State.DRAFT,
        path=f"councils/{council.slug}/recommendations/{number}/",
        wordings=wordings,
    )
    return Recommendation.objects.create(
        dossier=dossier, council=council, docket=docket, number=number, written_by=by
    )


@transaction.atomic
def rewrite_recommendation(
    *, recommendation: Recommendation, wordings: Sequence[Wording], docket: Docket | None
) -> Recommendation:
    """Replace the words of a draft. Raises NotADraft, TextsMissing of dockets."""
    check_official(wordings)
    recommendation = _draft(recommendation)
    kept = [wording.language for wording in wordings]
    recommendation.dossier.texts.exclude(language__in=kept).delete()
    for wording in wordings:
        write_text(dossier=recommendation.dossier, wording=wording)
    recommendation.docket = docket
    recommendation.save(update_fields=["docket"])
    return recommendation


def _draft(recommendation: Recommendation) -> Recommendation:
    recommendation = locked(recommendation)
    if recommendation.state != State.DRAFT:
        raise NotADraft
    return recommendation


@transaction.atomic
def add_evidence(
    *, by: User | None, recommendation: Recommendation, proof: Proof
) -> RecommendationEvidence:
    """Name what it rests on; also later, when the minutes of the meeting are published."""
    recommendation = locked(recommendation)
    if not proof.text.strip():
        raise TextsMissing
    row = RecommendationEvidence.objects.create(
        recommendation=recommendation,
        kind=proof.kind,
        text=proof.text.strip(),
        dossier=proof.dossier,
        number=proof.number.strip(),
        url=proof.url,
        language=proof.language,
    )
    if recommendation.state != State.DRAFT:
        lead_to(by=by, source=proof.dossier, target=recommendation.dossier)
        record(
            kind="councils.evidence_added",
            dossier=recommendation.dossier,
            actor=by,
            evidence_kind=proof.kind,
            source=proof.dossier.reference if proof.dossier else proof.url,
            number=row.number,
        )
    return row


@transaction.atomic
def remove_evidence(*, evidence: RecommendationEvidence) -> None:
    """Only from a draft. Raises NotADraft."""
    _draft(evidence.recommendation)
    evidence.delete()


@transaction.atomic
def adopt_recommendation(
    *, by: User | None, recommendation: Recommendation, motion: Motion, on: date | None = None
) -> Recommendation:
    """The council's decision: from now on it is public and its words stay.

    The day is that of the meeting unless another is named.
    Raises NotADraft, MotionNotAdopted, EvidenceMissing.
    """
    recommendation = _draft(recommendation)
    meeting = motion.item.meeting
    if motion.state != Motion.State.ADOPTED or meeting.council_id != recommendation.council_id:
        raise MotionNotAdopted
    proofs = list(recommendation.evidence.select_related("dossier"))
    if not proofs:
        raise EvidenceMissing
    recommendation.motion = motion
    recommendation.adopted_on = on or timezone.localdate(meeting.starts_at)
    dossier = recommendation.dossier
    publish_dossier(dossier=dossier)
    move(recommendation, State.ADOPTED, "motion", "adopted_on")
    if recommendation.docket:
        lead_to(by=by, source=recommendation.docket.dossier, target=dossier)
    for source in dict.fromkeys([*(proof.dossier for proof in proofs), meeting.dossier]):
        lead_to(by=by, source=source, target=dossier)
    if by is not None:
        follow(person=by, dossier=dossier)
    _announce(by, recommendation, motion)
    return recommendation


def _announce(by: User | None, recommendation: Recommendation, motion: Motion) -> None:
    dossier = recommendation.dossier
    words = "\n".join(
        f"{text.title}\n{text.summary}\n{text.body}" for text in dossier.texts.order_by("language")
    )
    notify_followers(
        kind="recommendation_adopted",
        dossier=dossier,
        actor=by,
        also=[recommendation.written_by] if recommendation.written_by else [],
        recommendation=recommendation.pk,
    )
    record(
        kind="councils.recommendation_adopted",
        dossier=dossier,
        actor=by,
        number=recommendation.number,
        motion=motion.pk,
        adopted_on=str(recommendation.adopted_on),
        text_sha256=sha256(words.encode()).hexdigest(),
    )
