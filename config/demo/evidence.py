"""What led to what: links between the two demo budgets, and a saved search."""

from accounts.models import User
from budgeting.models import Cycle
from participation.models import Dossier
from participation.services.links import link_dossiers
from participation.services.saved_searches import save_search
from participation.services.search_alerts import alert_saved_searches


def link_budgets(*, by: User, citizen: User, astana: Cycle, taraz: Cycle) -> None:
    """Astana's year came before Taraz's, and some of its proposals were taken up there."""
    link_dossiers(by=by, source=astana.dossier, target=taraz.dossier, relation="led_to")
    for of_astana, of_taraz in ((1, 5), (3, 3)):
        link_dossiers(
            by=by,
            source=_proposal(astana, of_astana),
            target=_proposal(taraz, of_taraz),
            relation="led_to",
        )
    # What is in the demo from the start is no news to anybody; its words are learnt.
    alert_saved_searches()
    save_search(person=citizen, name="Саябақ және бақ", query="q=саябақ&place=zhambyl")


def _proposal(cycle: Cycle, number: int) -> Dossier:
    return cycle.proposals.select_related("dossier").get(number=number).dossier
