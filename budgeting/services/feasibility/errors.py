"""What can be refused while a proposal is checked, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class ReasonsMissing(Refused):
    message = _("Give the reasons: they are published with the verdict.")
