"""The money of a council: what is planned, what members claim, who decides."""

from .claims import approve_claim, pay_claim, refuse_claim, submit_claim
from .plan import plan_line

__all__ = ["approve_claim", "pay_claim", "plan_line", "refuse_claim", "submit_claim"]
