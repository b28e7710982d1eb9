"""Matters that a council takes up."""

import pytest

from accounts.models import User
from councils.models import Council
from councils.services.dockets import TextsMissing, open_docket
from participation.models import JournalEntry
from participation.services import Wording

pytestmark = pytest.mark.django_db
WORDS = [Wording("kk", "Көлік"), Wording("ru", "Транспорт"), Wording("en", "Transport")]


def test_a_matter_is_public_at_once_and_on_the_record(council: Council, secretary: User) -> None:
    first = open_docket(by=secretary, council=council, kind="complaints", wordings=WORDS)
    second = open_docket(by=None, council=council, kind="own_initiative", wordings=WORDS)
    assert [first.number, second.number] == [1, 2]
    assert first.dossier.path == "councils/astana/dockets/1/"
    assert first.dossier.published_at is not None
    assert first.dossier.follows.filter(person=secretary).exists()
    assert JournalEntry.objects.filter(kind="councils.docket_opened").count() == 2


def test_a_matter_is_named_in_both_official_languages(council: Council) -> None:
    with pytest.raises(TextsMissing):
        open_docket(by=None, council=council, kind="report", wordings=WORDS[1:])
    assert not council.dockets.exists()
