from .dossier import Dossier, DossierLink, DossierText
from .forms_sent import SentForm
from .journal import JournalEntry
from .outbox import Delivery, Event
from .people import Residence, Role
from .phase import Phase
from .ruleset import Ruleset
from .territory import Territory

__all__ = [
    "Delivery",
    "Dossier",
    "DossierLink",
    "DossierText",
    "Event",
    "JournalEntry",
    "Phase",
    "Residence",
    "Role",
    "Ruleset",
    "SentForm",
    "Territory",
]
