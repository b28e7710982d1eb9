"""Two ideas become one: nothing they came from and nobody who thought of them is lost."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.models import User
from edp.models import DiscoveryProcess, Idea, IdeaMerge, Stage
from edp.services.ideas import (
    NotMergeable,
    ReasonsMissing,
    add_source,
    admit_idea,
    merge_ideas,
    submit_idea,
)
from participation.models import Discussion, DossierLink, Event, Follow, JournalEntry, Territory
from participation.services.comments import set_support
from tests.conftest import as_restore
from tests.edp.making import make_process
from tests.edp.making_ideas import make_draft, make_idea, make_statement, source_rows


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.DISCOVERY, territory=city)


def test_a_merge_keeps_the_sources_of_both(
    process: DiscoveryProcess, alice: User, bob: User, charlie: User
) -> None:
    one, two, three = (make_statement(process, f"Слова {number}") for number in range(3))
    idea = make_idea(process, alice, sources=(one, two))
    into = make_idea(process, charlie, sources=(two, three))
    merge_ideas(by=bob, idea=idea, into=into, reasons="Об одном и том же")
    idea.refresh_from_db()
    assert (idea.state, idea.merged_into) == ("merged", into)
    assert {row[0] for row in source_rows(into)} == {one.pk, two.pk, three.pk}
    assert {row[0] for row in source_rows(idea)} == {one.pk, two.pk}
    assert into.sources.get(statement=one).came_with == idea
    assert into.sources.get(statement=two).came_with is None


def test_a_merge_credits_and_carries_support_once_a_person(
    process: DiscoveryProcess, alice: User, bob: User, charlie: User
) -> None:
    idea, into = make_idea(process, alice), make_idea(process, charlie)
    for person, dossier in (
        (bob, idea.dossier), (bob, into.dossier), (charlie, idea.dossier),
    ):  # fmt: skip
        set_support(by=person, dossier=dossier, comment=None, is_given=True)
    merge_ideas(by=bob, idea=idea, into=into, reasons="Об одном и том же")
    assert [credit.person for credit in into.credits.all()] == [alice]
    assert Discussion.objects.get(dossier=into.dossier).backers == 2
    assert Follow.objects.filter(dossier=into.dossier, person=alice).exists()


def test_a_merge_is_told_linked_and_recorded(
    process: DiscoveryProcess, alice: User, bob: User, charlie: User
) -> None:
    idea, into = make_idea(process, alice), make_idea(process, charlie)
    merge_ideas(by=bob, idea=idea, into=into, reasons="Об одном и том же")
    link = DossierLink.objects.get(source=idea.dossier)
    assert (link.target, link.relation) == (into.dossier, "merged_into")
    told = Event.objects.get(kind="idea_decided").deliveries.values_list("recipient", flat=True)
    assert {alice.pk, charlie.pk} <= set(told)
    assert JournalEntry.objects.filter(kind="edp.idea_merged", dossier=idea.dossier).exists()
    idea.dossier.refresh_from_db()
    assert idea.dossier.published_at is not None  # its page stays


def test_credits_go_on_with_the_next_merge(
    process: DiscoveryProcess, alice: User, bob: User, charlie: User
) -> None:
    first, second = make_idea(process, alice), make_idea(process, charlie)
    third = make_idea(process, bob)
    merge_ideas(by=bob, idea=first, into=second, reasons="Одно")
    merge_ideas(by=bob, idea=second, into=third, reasons="Одно")
    assert {credit.person for credit in third.credits.all()} == {alice, charlie}
    assert source_rows(first) | source_rows(second) <= source_rows(third)


def test_what_cannot_be_merged(process: DiscoveryProcess, city: Territory, bob: User) -> None:
    elsewhere = make_process(city, slug="other", stage=Stage.DISCOVERY, territory=city)
    idea, admitted = make_idea(process), admit_idea(by=bob, idea=make_idea(process))
    for source, into in (
        (idea, idea),
        (admitted, idea),
        (idea, make_draft(process)),
        (idea, make_idea(process, state="candidate")),
        (idea, make_idea(elsewhere)),
    ):
        with pytest.raises(NotMergeable):
            merge_ideas(by=bob, idea=source, into=into, reasons="Одно")
    with pytest.raises(ReasonsMissing):
        merge_ideas(by=bob, idea=idea, into=admitted, reasons="")
    merge_ideas(by=bob, idea=idea, into=admitted, reasons="Одно")


# --- The database has the last word -------------------------------------------------------------


def test_a_merge_that_loses_sources_is_refused(process: DiscoveryProcess, bob: User) -> None:
    idea, into = make_idea(process), make_idea(process)
    IdeaMerge.objects.create(source=idea, into=into, by=bob, reason="Одно")
    with pytest.raises(IntegrityError, match="lost sources"):
        connection.check_constraints()


def test_a_merge_is_never_taken_back(process: DiscoveryProcess, bob: User) -> None:
    idea, into = make_idea(process), make_idea(process)
    merge_ideas(by=bob, idea=idea, into=into, reasons="Одно")
    for statement in ("DELETE FROM edp_ideamerge", "UPDATE edp_ideamerge SET reason = 'x'"):
        with (
            pytest.raises(ProgrammingError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_sources_that_came_with_a_merge_stay_when_the_rest_may_go(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea, into = make_idea(process), make_idea(process, alice)
    merge_ideas(by=bob, idea=idea, into=into, reasons="Одно")
    with as_restore():
        Idea.objects.filter(pk=into.pk).update(state="returned", reason="Причины")
    with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
        into.sources.get(came_with=idea).delete()
    into.sources.get(came_with=None).delete()
    into.refresh_from_db()
    add_source(idea=into, thing=make_statement(process))
    assert submit_idea(by=alice, idea=into).state == "submitted"
