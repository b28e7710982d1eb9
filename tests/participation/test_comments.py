"""Comments: what is written and edited, what the database refuses, what triggers count."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.utils import timezone

from accounts.models import Affiliation, Organisation, User
from accounts.services import erase_person, export_person
from participation.models import (
    Comment,
    CommentVersion,
    Delivery,
    Discussion,
    Dossier,
    Follow,
    Support,
    Territory,
)
from participation.services import Wording, create_dossier
from participation.services.comments import (
    DiscussionClosed,
    EditingOver,
    NothingToAnswer,
    NotPublished,
    OwnComment,
    SlowedDown,
    TooManyLinks,
    close_discussion,
    edit_comment,
    set_support,
)
from tests.conftest import make_person
from tests.participation.talk import TEXT, grow_old, make_dossier, say

pytestmark = pytest.mark.django_db
LONG = "Осы көшеге жарық керек, өйткені балалар мектептен кешке қайтады."


@pytest.fixture
def dossier(city: Territory) -> Dossier:
    return make_dossier(city)


def counts(dossier: Dossier) -> tuple[int, ...]:
    found = Discussion.objects.get(dossier=dossier)
    return (
        found.comments, found.threads, found.number_for, found.number_against,
        found.number_neutral, found.backers,
    )  # fmt: skip


def refused(sql: str, *parameters: object) -> str:
    """The database refuses the statement; the name of the rule, or its message."""
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
    ):
        cursor.execute(sql, parameters)
    diagnostics = caught.value.__cause__.diag  # type: ignore[union-attr]
    return diagnostics.constraint_name or diagnostics.message_primary


# --- Writing ------------------------------------------------------------------------------------


def test_a_comment_stands_at_once(alice: User, dossier: Dossier) -> None:
    comment = say(alice, dossier, "**Бәрі** дұрыс\n\n<script>x</script>", position="for")
    assert comment.is_public
    assert "<strong>Бәрі</strong>" in comment.html
    assert "<script>" not in comment.html
    assert (comment.language, comment.position, comment.helix) == ("kk", "for", "civil_society")
    assert counts(dossier) == (1, 1, 1, 0, 0, 0)
    assert Follow.objects.filter(person=alice, dossier=dossier).exists()


def test_the_helix_is_that_of_the_day(alice: User, dossier: Dossier) -> None:
    firm = Organisation.objects.create(name_kk="Ф", name_ru="Ф", helix="business")
    now = Affiliation.objects.create(
        person=alice, organisation=firm, valid_from=timezone.localdate()
    )
    comment = say(alice, dossier)
    now.delete()
    comment.refresh_from_db()
    assert comment.helix == "business"


def test_nothing_is_said_about_a_draft(alice: User, city: Territory) -> None:
    draft = create_dossier(
        kind="budgeting.proposal",
        territory=city,
        state="x",
        path="a/",
        wordings=[Wording("en", "D")],
    )
    with pytest.raises(NotPublished):
        say(alice, draft)
    assert refused(
        "INSERT INTO participation_comment (dossier_id, author_id, helix, position, language, text,"
        " html, fingerprint, state, hidden_reason, created_at, number_of_files, number_of_replies,"
        " supporters) VALUES (%s, %s, 'business', '', 'kk', 'a', 'a', '', 'public', '', now(),"
        " 0, 0, 0)",
        draft.pk,
        alice.pk,
    ) == "comment_on_published_dossier"  # fmt: skip


def test_a_closed_discussion_takes_nothing(alice: User, bob: User, dossier: Dossier) -> None:
    first = say(alice, dossier)
    close_discussion(by=bob, dossier=dossier, is_closed=True)
    with pytest.raises(DiscussionClosed):
        say(alice, dossier, answers=first)
    close_discussion(by=bob, dossier=dossier, is_closed=False)
    assert say(alice, dossier, answers=first).is_public
    kinds = list(dossier.journal.order_by("number").values_list("kind", flat=True))
    assert kinds == ["participation.discussion_closed", "participation.discussion_opened"]


def test_new_accounts_are_slowed_down(alice: User, dossier: Dossier, settings) -> None:
    settings.NEW_ACCOUNT_COMMENTS_AN_HOUR = 2
    say(alice, dossier), say(alice, dossier)
    with pytest.raises(SlowedDown):
        say(alice, dossier)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert say(alice, dossier).is_public
    grow_old(alice)
    assert all(say(alice, dossier).is_public for _ in range(4))


def test_links_are_limited(alice: User, dossier: Dossier) -> None:
    links = [f"https://a{n}.kz" for n in range(4)]
    assert say(alice, dossier, " ".join(links[:3])).is_public
    with pytest.raises(TooManyLinks):
        say(alice, dossier, " ".join(links))
    comment = say(alice, dossier)
    with pytest.raises(TooManyLinks):
        edit_comment(by=alice, comment=comment, text=" ".join(links))


def test_a_text_said_before_waits_and_is_not_lost(
    alice: User, charlie: User, dossier: Dossier
) -> None:
    say(alice, dossier, LONG)
    again = say(charlie, dossier, LONG.upper() + " !!!")
    assert again.state == Comment.State.WAITING
    assert counts(dossier)[:2] == (1, 1)
    assert list(Comment.objects.open_case()) == [again]
    assert not Delivery.objects.filter(recipient=alice).exists()
    assert say(charlie, dossier, "Қолдаймын!").is_public
    assert say(alice, dossier, "Қолдаймын!").is_public


# --- Threads ------------------------------------------------------------------------------------


def test_a_reply_to_a_reply_joins_the_thread_and_quotes(
    alice: User, charlie: User, dossier: Dossier
) -> None:
    top = say(alice, dossier, position="for")
    reply = say(charlie, dossier, answers=top, position="against")
    again = say(alice, dossier, answers=reply)
    assert (reply.parent, reply.quoted, reply.position) == (top, None, "")
    assert (again.parent, again.quoted) == (top, reply)
    top.refresh_from_db()
    assert top.number_of_replies == 2
    assert counts(dossier) == (3, 1, 1, 0, 0, 0)
    told = Delivery.objects.filter(event__kind="comment_answered")
    assert set(told.values_list("recipient", flat=True)) == {alice.pk, charlie.pk}


def test_what_is_hidden_or_elsewhere_is_not_answered(
    alice: User, city: Territory, dossier: Dossier
) -> None:
    elsewhere = say(alice, make_dossier(city, "budgeting/another/"))
    hidden = say(alice, dossier)
    Comment.objects.filter(pk=hidden.pk).update(state="hidden", hidden_reason="insult")
    for answered in (elsewhere, hidden):
        with pytest.raises(NothingToAnswer):
            say(alice, dossier, answers=answered)


def test_the_database_keeps_threads_one_level_deep(
    alice: User, city: Territory, dossier: Dossier
) -> None:
    top = say(alice, dossier)
    reply = say(alice, dossier, answers=top)
    other = say(alice, dossier)
    elsewhere = say(alice, make_dossier(city, "budgeting/another/"))
    insert = (
        "INSERT INTO participation_comment (dossier_id, author_id, helix, position, language, text,"
        " html, fingerprint, state, hidden_reason, created_at, number_of_files, number_of_replies,"
        " supporters, parent_id, quoted_id) VALUES (%s, %s, 'business', %s, 'kk', 'a', 'a', '',"
        " 'public', '', now(), 0, 0, 0, %s, %s)"
    )
    me, here = alice.pk, dossier.pk
    too_deep = "comment_threads_one_level_deep"
    assert refused(insert, here, me, "", reply.pk, None) == too_deep
    assert refused(insert, here, me, "", elsewhere.pk, None) == too_deep
    assert refused(insert, here, me, "", top.pk, other.pk) == "comment_quotes_its_thread"
    assert refused(insert, here, me, "", None, top.pk) == "comment_quotes_in_a_reply"
    assert refused(insert, here, me, "for", top.pk, None) == "comment_position_opens_a_thread"
    table = "UPDATE participation_comment SET"
    for change in (
        f"parent_id = {other.pk}", f"dossier_id = {elsewhere.dossier_id}", "helix = 'academia'",
        "position = 'for'", "created_at = now()",
    ):  # fmt: skip
        said = refused(f"{table} {change} WHERE id = %s", reply.pk)
        assert "only its text and its state" in said, change
    assert "not deleted" in refused("DELETE FROM participation_comment WHERE id = %s", other.pk)
    assert (
        refused(f"{table} state = 'hidden' WHERE id = %s", top.pk) == "comment_hidden_with_reason"
    )
    assert refused(f"{table} author_id = NULL WHERE id = %s", top.pk) == (
        "comment_without_author_is_empty"
    )


# --- Editing ------------------------------------------------------------------------------------


def test_an_edit_keeps_what_stood_before(alice: User, dossier: Dossier) -> None:
    comment = say(alice, dossier, "First")
    edited = edit_comment(by=alice, comment=comment, text="Second")
    edit_comment(by=alice, comment=edited, text="Second")  # unchanged
    edit_comment(by=alice, comment=edited, text="Third")
    comment.refresh_from_db()
    assert (comment.text, comment.html) == ("Third", "<p>Third</p>\n")
    assert comment.edited_at is not None
    assert list(comment.versions.values_list("number", "text")) == [(1, "First"), (2, "Second")]


def test_others_and_the_late_do_not_edit(alice: User, charlie: User, dossier: Dossier) -> None:
    comment = say(alice, dossier)
    with pytest.raises(EditingOver):
        edit_comment(by=charlie, comment=comment, text="Mine now")
    late = timezone.now() + timedelta(minutes=30, seconds=1)
    with time_machine.travel(late), pytest.raises(EditingOver):
        edit_comment(by=alice, comment=comment, text="Late")
    comment.refresh_from_db()
    assert comment.text == TEXT


def test_versions_do_not_change(alice: User, dossier: Dossier) -> None:
    comment = say(alice, dossier, "First")
    edit_comment(by=alice, comment=comment, text="Second")
    for sql in (
        "UPDATE participation_commentversion SET text = 'Forged'",
        "UPDATE participation_commentversion SET number = 9, text = '', html = ''",
        "DELETE FROM participation_commentversion",
    ):
        assert "emptied, never changed" in refused(sql), sql


# --- Support ------------------------------------------------------------------------------------


def test_support_is_given_once_and_withdrawn(alice: User, charlie: User, dossier: Dossier) -> None:
    comment = say(alice, dossier)
    for _ in range(2):
        set_support(by=charlie, dossier=dossier, comment=comment, is_given=True)
        set_support(by=charlie, dossier=dossier, comment=None, is_given=True)
    comment.refresh_from_db()
    assert (comment.supporters, counts(dossier)[-1]) == (1, 1)
    for _ in range(2):
        set_support(by=charlie, dossier=dossier, comment=comment, is_given=False)
    comment.refresh_from_db()
    assert (comment.supporters, counts(dossier)[-1]) == (0, 1)


def test_nobody_backs_their_own_comment(alice: User, dossier: Dossier, city: Territory) -> None:
    comment = say(alice, dossier)
    with pytest.raises(OwnComment):
        set_support(by=alice, dossier=dossier, comment=comment, is_given=True)
    insert = (
        "INSERT INTO participation_support (person_id, dossier_id, comment_id, given_at)"
        " VALUES (%s, %s, %s, now())"
    )
    assert refused(insert, alice.pk, dossier.pk, comment.pk) == "support_not_for_oneself"
    other = make_dossier(city, "budgeting/another/")
    stranger = make_person("dora@example.org", "Dora")
    wrong = refused(insert, stranger.pk, other.pk, comment.pk)
    assert wrong == "comment_of_the_same_dossier"
    Support.objects.create(person=stranger, dossier=dossier, comment=comment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(person=stranger, dossier=dossier, comment=comment)


# --- Counting under a race ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_counts_hold_whatever_races(city: Territory) -> None:
    dossier = make_dossier(city)
    people = [make_person(f"p{n}@example.org", f"P{n}") for n in range(4)]
    first = say(people[0], dossier)
    step = threading.Barrier(3)
    failed: list[BaseException] = []

    def act(person: User) -> None:
        try:
            step.wait(30)
            for n in range(4):
                say(person, dossier, f"Reply {n}", answers=first)
                set_support(by=person, dossier=dossier, comment=first, is_given=n % 2 == 0)
                set_support(by=person, dossier=dossier, comment=None, is_given=True)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[person]) for person in people[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    first.refresh_from_db()
    assert (first.number_of_replies, first.supporters) == (12, 0)
    assert counts(dossier) == (13, 1, 0, 0, 0, 3)


# --- Personal data ------------------------------------------------------------------------------


def test_erasing_a_person_empties_what_they_said_and_keeps_the_rest(
    alice: User, charlie: User, dossier: Dossier
) -> None:
    comment = say(alice, dossier, "My address is…", position="for")
    edit_comment(by=alice, comment=comment, text="No address")
    reply = say(charlie, dossier, answers=comment)
    set_support(by=alice, dossier=dossier, comment=reply, is_given=True)
    before = counts(dossier)
    exported = export_person(person=alice)["discussion"]
    assert exported["comments"][0]["earlier_texts"] == ["My address is…"]
    assert exported["supports"][0]["comment"] == reply.pk
    erase_person(person=alice)
    comment.refresh_from_db()
    assert (comment.author, comment.text, comment.html) == (None, "", "")
    assert comment.state == Comment.State.ERASED
    assert set(CommentVersion.objects.values_list("text", "html")) == {("", "")}
    reply.refresh_from_db()
    assert (reply.is_public, reply.supporters) == (True, 1)
    assert counts(dossier) == before
