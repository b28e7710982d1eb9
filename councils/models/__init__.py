from .council import (
    Commission,
    CompositionBreach,
    Convocation,
    Council,
    Mandate,
    Post,
    Side,
)
from .meetings import AgendaItem, Docket, Meeting, Motion, Recommendation

__all__ = [
    "AgendaItem",
    "Commission",
    "CompositionBreach",
    "Convocation",
    "Council",
    "Docket",
    "Mandate",
    "Meeting",
    "Motion",
    "Post",
    "Recommendation",
    "Side",
]
