"""How the work of a council is coloured."""

from django import template

from councils.models import ExpenseClaim

register = template.Library()
State = ExpenseClaim.State
CLAIM_TONES = {State.APPROVED: "ok", State.PAID: "ok", State.REFUSED: "bad"}


@register.filter
def claim_tone(state: str) -> str:
    return CLAIM_TONES.get(State(state), "warn")
