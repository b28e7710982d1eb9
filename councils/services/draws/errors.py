"""What a draw refuses, and the way out."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class WrongStep(Refused):
    message = _("This cannot be done at this step of the draw.")
    way_out = _("The steps stand on the page of the draw; each is taken once, in their order.")


class RegistrationOver(Refused):
    message = _("Volunteers do not register any more.")
    way_out = _("Follow the council to hear of its next draw.")


class ConsentMissing(Refused):
    message = _("Nobody is put into a pool without having agreed to it.")


class UnknownValue(Refused):
    message = _("Choose one of the values for each attribute.")


class NoVolunteers(Refused):
    message = _("There are fewer volunteers than seats.")
    way_out = _("Let more people register, or draw fewer seats.")


class DrawnFromBefore(Refused):
    message = _("Exactly this pool was frozen before: nobody draws again until the result pleases.")
    way_out = _("A new draw needs a new pool: let people register again.")


class QuotasMissing(Refused):
    message = _("Write down the attributes and their quotas before the pool opens.")


class NoPanelPossible(Refused):
    message = _("No panel meets these quotas.")


class RandomnessPast(Refused):
    message = _("The random number has to come to be after everything else is published.")
    way_out = _("Name a later time.")


class RandomnessUnnamed(Refused):
    message = _("First say where the random number will come from, and when.")


class TooFewParties(Refused):
    message = _("At least three parties have to leave a secret before the lottery is published.")


class NotYet(Refused):
    message = _("The random number does not exist yet.")
    way_out = _("Come back at the announced time.")


class WrongSecret(Refused):
    message = _("This is not the secret whose hash was published.")
    way_out = _("Look for a missing or additional character; a space counts too.")


class SecretsMissing(Refused):
    message = _("Not all parties have revealed their secrets.")
    way_out = _("Open the sealed envelope of whoever is missing; the record will say so.")


class NotThree(Refused):
    message = _("Write the three digits as they were thrown, from 000 to 999.")


class WrongSignature(Refused):
    message = _("This is no signature of a drand round.")
    way_out = _("It has 96 characters, digits and letters from a to f.")


class NotOnPanel(Refused):
    message = _("This person has no seat on the panel.")


class NobodyLeft(Refused):
    message = _("Nobody in reserve can take this seat without breaking a quota.")
    way_out = _("The seat stays empty, or a new draw is held with a new pool.")


class TooLate(Refused):
    message = _("Seats are not filled again any more: the panel has heard too much by now.")


class ReasonsMissing(Refused):
    message = _("Give the reasons: they are published.")
