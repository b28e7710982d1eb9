"""The navigation of a process and the colours of its stage."""

from django import template

from edp.gate_words import gate_name, label_of
from edp.models import DiscoveryProcess, Stage
from edp.navigation import Link, parts_of
from participation.kinds import kind_named

register = template.Library()


@register.simple_tag
def process_parts(process: DiscoveryProcess, here: str = "") -> list[Link]:
    """The parts that are open or hold something; at most one query."""
    return parts_of(process, here)


@register.filter
def stage_tone(stage: str) -> str:
    state = kind_named("edp.process").state(stage)
    return state.tone if state else ""


@register.filter
def stage_label(stage: str) -> str:
    return str(Stage(stage).label)


@register.filter
def condition_label(code: str) -> str:
    return label_of(code)


@register.filter
def gate_label(gate: int) -> str:
    return gate_name(gate)
