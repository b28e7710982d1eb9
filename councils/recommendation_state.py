"""Where a delivered recommendation stands: computed from answers, promises and acts. No Django."""

from collections.abc import Sequence

DELIVERED, ANSWERED = "delivered", "answered"
IN_IMPLEMENTATION, IMPLEMENTED, REJECTED = "in_implementation", "implemented", "rejected"
CLOSED_UNANSWERED = "closed_unanswered"


def state_after_delivery(
    dispositions: Sequence[str | None],
    *,
    has_act: bool = False,
    has_commitment: bool = False,
    is_all_done: bool = False,
    is_closed: bool = False,
) -> str:
    """`dispositions` holds one for each body that was asked, None while it is silent.

    Who passed it on has not answered it: the body that it went to has its own place in the list.
    An act, or all that was promised being done, proves that it was carried out, whatever was
    answered before. Nothing but answers makes it answered.
    """
    if None in dispositions:
        return CLOSED_UNANSWERED if is_closed else DELIVERED
    said = [disposition for disposition in dispositions if disposition != "redirected"]
    if has_act or is_all_done or (said and all(word == "done" for word in said)):
        return IMPLEMENTED
    if said and all(word == "rejected" for word in said):
        return REJECTED
    return IN_IMPLEMENTATION if has_commitment else ANSWERED
