from accounts.models import User
from edp.models import DelphiStudy, DiscoveryProcess
from edp.services.delphi.studies import Saying, begin_study, cancel_study, create_study, invite
from participation.services import Wording
from tests.addresses import BUTTON, SAFE, Page, everyone, only, signed_in
from tests.conftest import make_person

ORGANISER, ORGANISER_FORM = only("organiser"), only("organiser", status=422)
INVITED = "alice"


def _study(number: int) -> tuple[str, int]:
    return ("open", number)


PAGES: list[Page] = [
    Page("edp:delphi-list", everyone(200), SAFE, ("open",)),
    Page("edp:delphi-create", ORGANISER, ORGANISER_FORM, ("open",)),
    Page("edp:delphi-detail", everyone(200), SAFE, _study(1)),
    Page("edp:delphi-ratings", everyone(404), SAFE, _study(1)),
    Page("edp:delphi-ratings", everyone(200), SAFE, _study(3)),
    # The study runs, no round is open: the page says so.
    Page("edp:delphi-rate", only(INVITED), only(INVITED, status=422), _study(1)),
    Page("edp:delphi-organise", ORGANISER, ORGANISER_FORM, _study(1)),
    Page("edp:delphi-advance", BUTTON, only("organiser", status=302), _study(1)),
    Page("edp:delphi-detail", everyone(404), SAFE, _study(2)),
    Page("edp:delphi-rate", signed_in(404), signed_in(404), _study(2)),
    Page("edp:delphi-organise", ORGANISER, ORGANISER_FORM, _study(2)),
    Page("edp:delphi-list", everyone(404), SAFE, ("draft",)),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """The first study runs with Alice on its panel, the second is prepared, the third over."""
    for number in (1, 2, 3):
        study = create_study(
            by=None,
            process=opened,
            wordings=[Wording("kk", "Гипс"), Wording("ru", "Гипс"), Wording("en", "Gypsum")],
            statements=[Saying("Болады", "Будет", "It will be")],
        )
        if number != 2:
            _begin(study, people[INVITED])
    cancel_study(by=None, study=study)


def _begin(study: DelphiStudy, alice: User | None) -> None:
    assert alice is not None
    invite(by=None, study=study, person=alice, helix="academia")
    for n in range(7):
        person = make_person(f"delphi{study.number}-{n}@example.org", "Panellist")
        invite(by=None, study=study, person=person, helix="business")
    begin_study(by=None, study=study)
