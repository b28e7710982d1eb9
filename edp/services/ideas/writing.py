"""Writing an idea: a draft that is kept on the server, and its submission."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.services import helix_of
from edp import phases
from edp.activity_sentence import BARE_SECTOR, faults_of, written
from edp.models import DiscoveryProcess, Idea, Stage
from edp.services.ideas.errors import (
    BareSector,
    IdeaDecided,
    IdeaIncomplete,
    IdeasClosed,
    SourcesMissing,
)
from edp.services.ideas.moving import locked, move_idea
from edp.services.ideas.sources import link_to_sources
from edp.services.numbering import next_number
from participation.models import Role
from participation.services import (
    Wording,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)

# The open process of JRC131330: ideas stay welcome after the workshops are over.
TAKEN_IN = (
    Stage.DISCOVERY,
    Stage.EVALUATION,
    Stage.CONSULTATION,
    Stage.ADOPTION,
    Stage.IMPLEMENTATION,
    Stage.REVIEW,
)


@dataclass(frozen=True)
class IdeaWords:
    """What the proposer writes; `activity_codes` are those of the process's figures."""

    language: str
    title: str
    capability: str = ""
    technology: str = ""
    market: str = ""
    body: str = ""
    affected_groups: str = ""
    activity_codes: list[str] = field(default_factory=list)
    organisation: Organisation | None = None
    origin: str = Idea.Origin.BOTTOM_UP

    @property
    def parts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in Idea.PARTS}

    def wording(self) -> Wording:
        return Wording(self.language, self.title, written(self.parts), self.body)


def are_ideas_taken(process: DiscoveryProcess) -> bool:
    return process.stage in TAKEN_IN


@transaction.atomic
def start_idea(*, by: User | None, process: DiscoveryProcess, words: IdeaWords) -> Idea:
    """Keep a draft that its proposer alone can see. Raises IdeasClosed."""
    number = next_number(process, process.ideas)
    process.refresh_from_db(fields=["stage"])
    if not are_ideas_taken(process):
        raise IdeasClosed
    dossier = create_dossier(
        kind=phases.IDEA,
        territory=process.dossier.territory,
        state=Idea.State.DRAFT,
        path=f"edp/{process.slug}/ideas/{number}/",
        wordings=[words.wording()],
    )
    return Idea.objects.create(
        dossier=dossier, process=process, number=number, proposer=by, **_fields_of(words, by)
    )


@transaction.atomic
def rewrite_idea(*, idea: Idea, words: IdeaWords) -> Idea:
    """Replace the text of a draft, or of one that was sent back. Raises IdeaDecided."""
    idea = locked(idea)
    if not idea.is_editable:
        raise IdeaDecided
    idea.dossier.texts.exclude(language=words.language).delete()
    write_text(dossier=idea.dossier, wording=words.wording())
    fields = {**_fields_of(words, idea.proposer), "translations": {}}
    for name, value in fields.items():
        setattr(idea, name, value)
    idea.save(update_fields=list(fields))
    return idea


def _fields_of(words: IdeaWords, proposer: User | None) -> dict[str, object]:
    today = timezone.localdate()
    if words.organisation:
        helix: str = words.organisation.helix
    else:
        helix = helix_of(proposer, today) if proposer else ""
    return {
        **words.parts,
        "language": words.language,
        "affected_groups": words.affected_groups,
        "activity_codes": words.activity_codes,
        "organisation": words.organisation,
        "helix": helix,
        "origin": words.origin,
    }


@transaction.atomic
def submit_idea(*, by: User | None, idea: Idea) -> Idea:
    """Publish a draft, or one that was sent back and completed, for admission.

    Raises IdeasClosed, IdeaDecided, IdeaIncomplete, BareSector, SourcesMissing.
    """
    idea = locked(idea)
    if not are_ideas_taken(idea.process):
        raise IdeasClosed
    if not idea.is_editable:
        raise IdeaDecided
    _check(idea)
    publish_dossier(dossier=idea.dossier)
    idea.submitted_at = timezone.now()
    idea.save(update_fields=["submitted_at"])
    move_idea(idea=idea, state=Idea.State.SUBMITTED)
    link_to_sources(idea)
    if by is not None:
        follow(person=by, dossier=idea.dossier)
    notify_followers(
        kind="idea_submitted", dossier=idea.dossier, actor=by, roles=[Role.Kind.ORGANISER]
    )
    record(kind="edp.idea_submitted", dossier=idea.dossier, sources=idea.sources.count())
    return idea


def _check(idea: Idea) -> None:
    faults = faults_of(idea.parts_in(idea.language))
    if any(fault.code == BARE_SECTOR for fault in faults):
        raise BareSector
    if faults or not idea.dossier.title.strip():
        raise IdeaIncomplete
    if not idea.sources.exists():
        raise SourcesMissing
