"""What other parts show on the page "what I follow": saved searches, say."""

from accounts.models import User
from accounts.person_page import Load, Section

_LOADERS: dict[str, Load] = {}


def register(template: str, *, load: Load) -> None:
    """`template` is included with `section` set to what `load` returns, unless that is empty."""
    _LOADERS[template] = load


def sections_for(person: User) -> list[Section]:
    loaded = ((template, load(person)) for template, load in _LOADERS.items())
    return [Section(template, data) for template, data in loaded if data]
