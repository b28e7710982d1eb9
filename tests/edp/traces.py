"""What a priority comes from: an idea of two statements of one workshop."""

from datetime import timedelta

from django.utils import timezone

from edp import phases
from edp.models import Idea, IdeaSource, Priority, Statement, Workshop
from participation.services import Wording, create_dossier, publish_dossier
from tests.conftest import as_restore


def trace_priority(priority: Priority) -> Idea:
    process, now = priority.process, timezone.now()
    dossiers = []
    for kind, path in ((phases.WORKSHOP, "workshops/1/"), (phases.IDEA, "ideas/1/")):
        dossier = create_dossier(
            kind=kind, territory=process.dossier.territory, state="held",
            path=f"edp/{process.slug}/{path}", wordings=[Wording("en", "Gypsum")],
        )  # fmt: skip
        publish_dossier(dossier=dossier)
        dossiers.append(dossier)
    with as_restore():
        workshop = Workshop.objects.create(
            dossier=dossiers[0], process=process, number=1, kind="foresight", state="held",
            starts_at=now, ends_at=now + timedelta(hours=2),
        )  # fmt: skip
        idea = Idea.objects.create(
            dossier=dossiers[1], process=process, number=1, language="en", capability="a",
            technology="b", market="c", origin="bottom_up", state="candidate",
        )  # fmt: skip
        for number in (1, 2):
            statement = Statement.objects.create(
                process=process, number=number, workshop=workshop, kind="need", channel="hall",
                language="en", text="Nobody buys the gypsum", has_consent=True, said_at=now,
                published_at=now,
            )  # fmt: skip
            IdeaSource.objects.create(idea=idea, statement=statement)
        priority.ideas.add(idea)
    return idea
