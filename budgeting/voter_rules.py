"""Who may vote, as data of a ruleset, and as one sentence for people.

There is no value for nationality: no way of proof brings one along, so none can be asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.models import Residence

WAYS = tuple(Residence.Method.values)
LETTER = Residence.Method.LETTER
WAYS_WITHOUT_LETTERS = tuple(way for way in WAYS if way != LETTER)


@dataclass(frozen=True)
class VoterRules:
    """`min_age` in years on the last day of the vote; `residence_days` before its first.

    `needs_line`: only who is tied to a line of the register, so that whoever has several ways to
    vote still votes once. `proofs` are the accepted `Residence.Method`s; letters need `needs_line`.
    On which envelopes a resident votes is `VotingRules.envelopes`.
    """

    min_age: int = 16
    residence_days: int = 0
    needs_line: bool = False
    proofs: tuple[str, ...] = WAYS_WITHOUT_LETTERS

    @classmethod
    def from_data(cls, data: Mapping[str, Any], *, min_age: int = 16) -> "VoterRules":
        """Raises ValueError that names what is missing or contradictory."""
        unknown = set(data) - (set(cls.__dataclass_fields__) - {"min_age"})
        if unknown:
            raise ValueError(f"unknown rules of voters: {', '.join(sorted(unknown))}")
        said = dict(data)
        if "proofs" in said:
            said["proofs"] = tuple(said["proofs"])
        rules = cls(min_age=min_age, **said)
        if not 0 <= rules.min_age <= 120:
            raise ValueError("min_age is in years, from 0 to 120")
        if not 0 <= rules.residence_days <= 36_500:
            raise ValueError("residence_days is a number of days, not negative")
        if not rules.proofs or not set(rules.proofs) <= set(WAYS):
            raise ValueError(f"proofs must be some of {', '.join(WAYS)}")
        if LETTER in rules.proofs and not rules.needs_line:
            raise ValueError("proofs by letter need needs_line: else somebody could vote twice")
        return rules

    @property
    def accepts_letters(self) -> bool:
        return LETTER in self.proofs

    def sentence(self, place: str) -> str:
        """Who may vote in this place, in one sentence."""
        told = {"place": place, "age": self.min_age}
        if not self.residence_days:
            return (
                _(
                    "Everyone who lives in %(place)s and is %(age)s or older on the last day of "
                    "the vote may vote, whatever their nationality."
                )
                % told
            )
        return ngettext(
            "Everyone who has been registered in %(place)s for at least %(days)s day and is "
            "%(age)s or older on the last day of the vote may vote, whatever their nationality.",
            "Everyone who has been registered in %(place)s for at least %(days)s days and is "
            "%(age)s or older on the last day of the vote may vote, whatever their nationality.",
            self.residence_days,
        ) % {**told, "days": self.residence_days}

    @property
    def ways(self) -> list[str]:
        """The accepted ways of proof, in words."""
        return [str(Residence.Method(way).label) for way in WAYS if way in self.proofs]
