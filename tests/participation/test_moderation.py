"""Report, decision, appeal to somebody else: by the services, and against the bare database."""

import json

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import erase_person
from participation.letters import compose
from participation.models import (
    Appeal,
    Comment,
    Decision,
    Delivery,
    Discussion,
    Dossier,
    JournalEntry,
    Report,
    Territory,
)
from participation.services.moderation import (
    DecidedMeanwhile,
    NoAppeal,
    NotReportable,
    OwnDecision,
    OwnReport,
    ReasonMissing,
    appeal_decision,
    authors_view,
    decide_comment,
    report_comment,
)
from tests.conftest import make_person
from tests.participation.talk import make_dossier, make_moderator, say
from tests.participation.test_comments import LONG, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(city: Territory) -> Dossier:
    return make_dossier(city)


@pytest.fixture
def comment(charlie: User, dossier: Dossier) -> Comment:
    return say(charlie, dossier, "Rude words", position="for")


@pytest.fixture
def dana(city: Territory) -> User:
    return make_moderator(make_person("dana@example.org", "Dana", language="en"), city)


@pytest.fixture
def yerlan(city: Territory) -> User:
    return make_moderator(make_person("yerlan@example.org", "Yerlan", language="en"), city)


def hide(by: User, comment: Comment, **more: object) -> Decision:
    return decide_comment(by=by, comment=comment, outcome="hide", reason="insult", **more)  # type: ignore[arg-type]


def test_a_report_waits_until_it_is_decided(alice: User, dana: User, comment: Comment) -> None:
    for _ in range(2):
        report_comment(by=alice, comment=comment, reason="insult", note="Look")
    assert Report.objects.count() == 1
    assert list(Comment.objects.open_case()) == [comment]
    decision = decide_comment(by=dana, comment=comment, outcome="keep")
    assert not Comment.objects.open_case().exists()
    assert Report.objects.get().resolved_by == decision
    comment.refresh_from_db()
    assert comment.is_public
    report_comment(by=alice, comment=comment, reason="hatred")
    assert Comment.objects.open_case().exists()


def test_hiding_leaves_a_stub_and_the_replies(
    alice: User, charlie: User, dana: User, dossier: Dossier, comment: Comment
) -> None:
    reply = say(alice, dossier, answers=comment)
    hide(dana, comment, explanation="Say it without insults.")
    comment.refresh_from_db()
    assert (comment.state, comment.hidden_reason) == ("hidden", "insult")
    assert list(Comment.objects.threads().listed()) == [comment]
    assert Comment.objects.get(pk=reply.pk).is_public
    counts = Discussion.objects.get(dossier=dossier)
    assert (counts.comments, counts.threads, counts.number_for) == (1, 1, 0)
    entry = JournalEntry.objects.get(kind="participation.comment_hidden")
    assert entry.data == {"comment": comment.pk, "on_appeal": False, "reason": "insult"}


def test_the_author_is_told_in_their_language(charlie: User, dana: User, comment: Comment) -> None:
    hide(dana, comment, explanation="Say it politely.")
    delivery = Delivery.objects.get(
        recipient=charlie, event__kind="comment_moderated", channel="email"
    )
    body = compose(delivery).text
    assert "Say it politely." in body
    assert f"/kk/comments/{comment.pk}/" in body
    assert "Rude words" not in json.dumps(delivery.event.data)


def test_a_hiding_needs_a_reason_from_the_list(dana: User, comment: Comment) -> None:
    for reason in ("", "because"):
        with pytest.raises(ReasonMissing):
            decide_comment(by=dana, comment=comment, outcome="hide", reason=reason)


def test_who_may_not_report(alice: User, charlie: User, dana: User, comment: Comment) -> None:
    with pytest.raises(OwnReport):
        report_comment(by=charlie, comment=comment, reason="insult")
    hide(dana, comment)
    comment.refresh_from_db()
    with pytest.raises(NotReportable):
        report_comment(by=alice, comment=comment, reason="insult")


def test_two_moderators_at_once_are_one_decision(
    alice: User, dana: User, yerlan: User, comment: Comment
) -> None:
    report_comment(by=alice, comment=comment, reason="insult")
    decide_comment(by=dana, comment=comment, outcome="keep", last_decision=0)
    with pytest.raises(DecidedMeanwhile):
        hide(yerlan, comment, last_decision=0)
    comment.refresh_from_db()
    assert comment.is_public


def test_a_comment_held_back_is_published_and_then_announced(
    alice: User, charlie: User, dana: User, dossier: Dossier
) -> None:
    top = say(charlie, dossier, LONG)
    waiting = say(alice, dossier, LONG, answers=top)
    assert not Delivery.objects.filter(event__kind="comment_answered").exists()
    decide_comment(by=dana, comment=waiting, outcome="keep")
    waiting.refresh_from_db()
    assert waiting.is_public
    told = Delivery.objects.filter(recipient=charlie, event__kind="comment_answered")
    assert told.exists()
    top.refresh_from_db()
    assert top.number_of_replies == 1


# --- Appeals ------------------------------------------------------------------------------------


def test_an_appeal_is_decided_by_somebody_else(
    charlie: User, dana: User, yerlan: User, comment: Comment
) -> None:
    hide(dana, comment)
    appeal = appeal_decision(by=charlie, comment=comment, text="It was a quotation.")
    with pytest.raises(OwnDecision):
        decide_comment(by=dana, comment=comment, outcome="hide", reason="insult")
    decision = decide_comment(by=yerlan, comment=comment, outcome="restore")
    assert decision.appeal == appeal
    comment.refresh_from_db()
    assert comment.is_public
    told = Delivery.objects.filter(event__kind="comment_moderated", channel="email")
    assert told.count() == 2
    assert "It was a quotation" not in "".join(JournalEntry.objects.values_list("body", flat=True))


def test_an_appeal_that_fails_is_the_last(
    charlie: User, dana: User, yerlan: User, comment: Comment
) -> None:
    hide(dana, comment)
    appeal_decision(by=charlie, comment=comment, text="Why?")
    with pytest.raises(NoAppeal):
        appeal_decision(by=charlie, comment=comment, text="Why, once more?")
    hide(yerlan, comment)
    comment.refresh_from_db()
    view = authors_view(comment, charlie)
    assert view is not None
    assert (view.may_appeal, view.decision.outcome) == (False, "hide")
    with pytest.raises(NoAppeal):
        appeal_decision(by=charlie, comment=comment, text="Again")


def test_only_the_author_appeals(alice: User, dana: User, comment: Comment) -> None:
    hide(dana, comment)
    with pytest.raises(NoAppeal):
        appeal_decision(by=alice, comment=comment, text="Give it back")


def test_nobody_decides_about_themselves(charlie: User, city: Territory, comment: Comment) -> None:
    with pytest.raises(OwnDecision):
        hide(make_moderator(charlie, city), comment)


def test_the_database_keeps_appeals_apart(
    charlie: User, dana: User, yerlan: User, dossier: Dossier, comment: Comment
) -> None:
    first = hide(dana, comment)
    appeal = appeal_decision(by=charlie, comment=comment, text="No")
    other = say(yerlan, dossier)
    insert = (
        "INSERT INTO participation_decision (comment_id, outcome, reason, explanation,"
        " decided_by_id, decided_at, appeal_id) VALUES (%s, %s, %s, '', %s, now(), %s)"
    )
    own = refused(insert, comment.pk, "keep", "", charlie.pk, None)
    assert own == "decision_not_about_oneself"
    same = refused(insert, comment.pk, "restore", "", dana.pk, appeal.pk)
    assert same == "decision_on_appeal_by_another"
    elsewhere = refused(insert, other.pk, "restore", "", dana.pk, appeal.pk)
    assert elsewhere == "decision_about_its_appeal"
    assert refused(insert, comment.pk, "hide", "", yerlan.pk, None) == "decision_hides_with_reason"
    hide(yerlan, comment)
    assert refused(insert, comment.pk, "restore", "", yerlan.pk, appeal.pk).endswith(
        "appeal_id_key"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(against=first)
    for sql in (
        "UPDATE participation_decision SET outcome = 'keep'",
        "DELETE FROM participation_decision",
    ):
        assert "append-only" in refused(sql)


def test_a_case_of_somebody_who_is_gone_is_closed(
    alice: User, charlie: User, dana: User, comment: Comment
) -> None:
    report_comment(by=alice, comment=comment, reason="insult", note="He wrote it from number 7")
    erase_person(person=charlie)
    assert not Comment.objects.open_case().exists()
    erase_person(person=alice)
    assert Report.objects.get().note == ""
