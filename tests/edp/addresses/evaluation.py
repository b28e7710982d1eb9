from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from edp.evaluation import canonical
from edp.models import Assignment, DiscoveryProcess, EvaluationReport, GroupMembership, Idea
from tests.addresses import SAFE, Page, everyone, only
from tests.edp.making_ideas import make_idea
from tests.edp.panel import seat, use_edp_6

ORGANISER, ORGANISER_FORM = only("organiser"), only("organiser", status=422)
ASSESSOR, ASSESSOR_FORM = only("reviewer"), only("reviewer", status=422)
TITLE = "Given to the reviewer"


def given() -> int:
    return Idea.objects.get(dossier__texts__title=TITLE, process__slug="open").number


def sheet() -> int:
    return Assignment.objects.get(idea__dossier__texts__title=TITLE).pk


def _form(name: str, who: str, *args: object) -> Page:
    get, post = {
        "organiser": (ORGANISER, ORGANISER_FORM),
        "assessor": (ASSESSOR, ASSESSOR_FORM),
    }[who]
    return Page(name, get, post, ("open", *args))


def _read(name: str, *args: object) -> Page:
    return Page(name, everyone(200), SAFE, ("open", *args))


PAGES: list[Page] = [
    _read("edp:evaluation-detail"),
    _read("edp:evaluation-report", 1),
    _read("edp:evaluation-snapshot", 1),
    _read("edp:evaluation-scores", 1),
    _read("edp:evaluation-table", 1),
    Page("edp:assessment-list", ASSESSOR, SAFE, ("open",)),
    _form("edp:assessment-write", "assessor", given),
    _form("edp:interest-declare", "assessor", given),
    _form("edp:criteria-edit", "organiser"),
    _form("edp:criteria-choose", "organiser"),
    _form("edp:evaluation-organise", "organiser"),
    _form("edp:interest-rule", "organiser", sheet),
    _form("edp:sheet-reopen", "organiser", sheet),
    _form("edp:evaluation-publish", "organiser"),
    _form("edp:priorities-select", "organiser"),
    _form("edp:idea-excuse", "organiser", given),
    Page("edp:evaluation-detail", everyone(404), SAFE, ("draft",)),
    Page("edp:criteria-edit", ORGANISER, ORGANISER_FORM, ("draft",)),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """The reviewer sits on the panel and has one idea to assess; there is a report."""
    use_edp_6(opened)
    reviewer = people["reviewer"]
    assert reviewer is not None
    idea = make_idea(opened, state=Idea.State.ADMITTED, title=TITLE)
    Assignment.objects.create(
        idea=idea,
        seat=seat(opened, reviewer),
        due_on=timezone.localdate() + timedelta(days=9),
    )
    body, sha256 = canonical(
        {
            "input": {"criteria": [], "weights": [], "scores": {}},
            "helices": {},
            "results": {},
        }
    )
    EvaluationReport.objects.create(process=opened, version=1, body=body, sha256=sha256)
    assert GroupMembership.objects.filter(person=reviewer).exists()
