from .council import (
    Commission,
    CompositionBreach,
    Convocation,
    Council,
    Mandate,
    Post,
    Side,
)
from .meetings import AgendaItem, Docket, Meeting, Minutes, Motion, Recommendation

__all__ = [
    "AgendaItem",
    "Commission",
    "CompositionBreach",
    "Convocation",
    "Council",
    "Docket",
    "Mandate",
    "Meeting",
    "Minutes",
    "Motion",
    "Post",
    "Recommendation",
    "Side",
]
