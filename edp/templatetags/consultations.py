"""A reader's own votes on the page of statements."""

from collections.abc import Mapping

from django import template

from edp.models import StatementVote

register = template.Library()


@register.filter
def of_number(votes: Mapping[int, int], number: int) -> int | None:
    return votes.get(number)


@register.filter
def vote_word(value: int) -> str:
    return str(StatementVote.Value(value).label)
