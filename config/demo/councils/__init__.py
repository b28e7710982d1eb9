"""Public councils: Astana's transport case (2026, to the day) and a council in breach.

Councils, acts and calendar follow the law and its holidays; people and words are invented.
"""

from accounts.models import User
from config.demo.councils import (
    astana,
    breach,
    hearings,
    meetings,
    recommendations,
    selection,
    streets,
    work,
)
from participation.models import Territory


def load(*, people: dict[str, User], places: dict[str, Territory]) -> None:
    council = astana.load(people=people, places=places)
    selection.elect(council=council, people=people)
    for part in (meetings, hearings, recommendations, selection, work, streets):
        part.load(council=council, people=people, places=places)
    breach.load(people=people, places=places)
    selection.call_for_vacancies(people=people)
