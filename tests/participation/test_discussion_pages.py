"""The pages of a discussion: what is kept when something goes wrong, who sees what, the cost."""

import threading
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import Helix, User
from budgeting.models import Cycle
from participation.models import Attachment, Comment, Discussion, Dossier, Support, Territory
from participation.services.comments import close_discussion, edit_comment
from participation.services.moderation import decide_comment, report_comment
from participation.views import discussion as views
from tests.conftest import make_person
from tests.participation.talk import (
    TEXT,
    filled,
    grow_old,
    make_dossier,
    make_moderator,
    say,
    signed_in,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


@pytest.fixture(autouse=True)
def _counts_start_at_zero(settings: Any) -> None:
    """Rate limits live in the cache: each test has its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def dossier(city: Territory) -> Dossier:
    return make_dossier(city)


def whole(dossier: Dossier, query: str = "") -> str:
    return reverse("participation:discussion-detail", args=[dossier.reference]) + query


def at(comment: Comment, verb: str = "detail") -> str:
    return reverse(f"participation:comment-{verb}", args=[comment.pk])


def body(response: Any) -> str:
    return str(response.content.decode())


def photo(name: str = "a.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


# --- Writing ------------------------------------------------------------------------------------


def test_a_comment_is_published_and_shown(alice: User, dossier: Dossier) -> None:
    client = signed_in(alice)
    answer = client.post(whole(dossier), filled(position="for"))
    comment = Comment.objects.get()
    assert answer["Location"] == f"{at(comment)}#comment-{comment.pk}"
    assert (comment.text, comment.position) == (TEXT, "for")
    for address in (at(comment), whole(dossier), whole(dossier, "?view=sides")):
        assert TEXT in body(client.get(address))


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    alice: User, dossier: Dossier
) -> None:
    text = "See " + " ".join(f"https://a{n}.kz" for n in range(4))
    answer = signed_in(alice).post(whole(dossier), filled(text, position="against"))
    assert answer.status_code == 422
    assert "at most 3 links" in body(answer)
    assert text in body(answer)
    assert 'value="against" ' in body(answer)
    assert not Comment.objects.exists()


def test_a_discussion_that_closed_meanwhile_keeps_the_text(
    alice: User, bob: User, dossier: Dossier
) -> None:
    client = signed_in(alice)
    close_discussion(by=bob, dossier=dossier, is_closed=True)
    assert 'name="text"' not in body(client.get(whole(dossier)))
    assert "The discussion is closed." in body(client.get(whole(dossier)))
    answer = client.post(whole(dossier), filled())
    assert answer.status_code == 422
    assert TEXT in body(answer)


def test_whoever_may_not_write_reads_why_and_the_way_out(
    dossier: Dossier, alice: User, settings: Any
) -> None:
    page = body(Client().get(whole(dossier)))
    assert "Sign in to take part" in page
    assert f"/account/login/?next={whole(dossier)}" in page
    settings.NEW_ACCOUNT_COMMENTS_AN_HOUR = 0
    page = body(signed_in(alice).get(whole(dossier)))
    assert "only a few comments" in page
    assert 'name="text"' not in page


@pytest.mark.parametrize("is_reply", [False, True])
def test_an_expired_sign_in_loses_no_text(alice: User, dossier: Dossier, is_reply: bool) -> None:
    address = at(say(alice, dossier), "reply") if is_reply else whole(dossier)
    client = Client()
    answer = client.post(address, filled("Written for an hour", position="against"))
    assert answer["Location"] == f"{reverse('account_login')}?next={address}"
    client.force_login(alice)
    page = body(client.get(address))
    assert "Written for an hour" in page
    elsewhere = body(client.get(whole(make_dossier(dossier.territory, "budgeting/b/"))))
    assert "Written for an hour" not in elsewhere
    client.post(address, filled("Written for an hour"))
    assert "Written for an hour" not in body(client.get(address)).split('id="say"')[1]


def test_too_much_at_once_is_429_with_the_text(
    alice: User, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow_old(alice)
    monkeypatch.setattr(views, "COMMENTS_OF_A_PERSON", views.Limit("few", 2, 600))
    client = signed_in(alice)
    assert [client.post(whole(dossier), filled()).status_code for _ in range(2)] == [302, 302]
    answer = client.post(whole(dossier), filled("A third one"))
    assert answer.status_code == 429
    assert "A third one" in body(answer)
    assert Comment.objects.count() == 2


def test_drafts_of_strangers_are_limited_too(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "COMMENTS_OF_AN_ADDRESS", views.Limit("few", 1, 600))
    assert Client().post(whole(dossier), filled()).status_code == 302
    answer = Client().post(whole(dossier), filled("Kept on the page"))
    assert answer.status_code == 429
    assert "Kept on the page" in body(answer)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_five_times_at_once_is_one_comment(city: Territory) -> None:
    dossier, alice = make_dossier(city), make_person("a@example.org", "A")
    client = signed_in(alice)
    address, form, step, seen = whole(dossier), filled(), threading.Barrier(5), []

    def send() -> None:
        try:
            mine = Client()
            mine.cookies = client.cookies
            step.wait(30)
            answer = mine.post(address, {**form, "attachments": photo()})
            seen.append((answer.status_code, answer["Location"]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    comment = Comment.objects.get()
    assert seen == [(302, f"{at(comment)}#comment-{comment.pk}")] * 5
    assert Attachment.objects.count() == 1
    assert Discussion.objects.get(dossier=dossier).comments == 1


def test_a_reply_hangs_on_its_thread(alice: User, charlie: User, dossier: Dossier) -> None:
    top = say(alice, dossier)
    reply = say(charlie, dossier, "Жоқ", answers=top)
    signed_in(alice).post(at(reply, "reply"), filled("Иә"))
    newest = Comment.objects.latest("pk")
    assert (newest.parent, newest.quoted) == (top, reply)
    page = body(Client().get(at(top)))
    assert page.index("Жоқ") < page.index("Иә")
    assert f'<a href="{at(reply)}">Charlie</a>: Жоқ' in page


def test_an_edit_shows_what_stood_before(alice: User, dossier: Dossier) -> None:
    comment, client = say(alice, dossier, "Before"), signed_in(alice)
    assert client.post(at(comment, "edit"), {"text": "After"}).status_code == 302
    assert at(comment, "history") in body(Client().get(whole(dossier)))
    history = body(Client().get(at(comment, "history")))
    assert history.index("After") < history.index("Before")
    Comment.objects.filter(pk=comment.pk).update(state="hidden", hidden_reason="insult")
    assert client.post(at(comment, "edit"), {"text": "Late"}).status_code == 422


# --- Support ------------------------------------------------------------------------------------


def test_support_is_a_plain_button(alice: User, charlie: User, dossier: Dossier) -> None:
    comment, client = say(alice, dossier), signed_in(charlie)
    back = whole(dossier, "?sort=support")
    for _ in range(2):
        answer = client.post(at(comment, "support"), {"wanted": "1", "next": back})
        assert answer["Location"] == f"{back}#comment-{comment.pk}"
    assert Support.objects.count() == 1
    assert 'value="0" aria-pressed="true"' in body(client.get(whole(dossier)))
    client.post(at(comment, "support"), {"wanted": "0", "next": "//evil.example/"})
    assert not Support.objects.exists()
    backing = reverse("participation:dossier-support", args=[dossier.reference])
    client.post(backing, {"wanted": "1"})
    assert "1 person backs this" in body(client.get(whole(dossier)))
    assert client.post(at(comment, "support"), {"next": "//evil.example/"})["Location"] == (
        f"{whole(dossier)}#comment-{comment.pk}"
    )


# --- Files --------------------------------------------------------------------------------------


def test_files_come_with_safe_headers_and_go_with_their_comment(
    alice: User, bob: User, dossier: Dossier
) -> None:
    document = SimpleUploadedFile("план.pdf", b"%PDF-1.7\n%%EOF", "text/html")
    answer = signed_in(alice).post(whole(dossier), {**filled(), "attachments": [photo(), document]})
    assert answer.status_code == 302
    comment = Comment.objects.get()
    picture, paper = comment.attachments.order_by("-kind")
    assert (paper.name, picture.name) == ("план.pdf", "a.webp")
    assert "план" not in paper.file.name
    for file, disposition in ((picture, "inline"), (paper, "attachment")):
        seen = Client().get(file.get_absolute_url())
        assert seen.status_code == 200
        assert seen["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert seen["X-Content-Type-Options"] == "nosniff"
        assert seen["Content-Disposition"].startswith(disposition)
        assert seen["Content-Type"] == file.content_type
    preview = reverse("participation:attachment-preview", args=[picture.pk])
    assert preview in body(Client().get(whole(dossier)))
    make_moderator(bob, dossier.territory)
    decide_comment(by=bob, comment=comment, outcome="hide", reason="privacy")
    for address in (picture.get_absolute_url(), paper.get_absolute_url(), preview):
        assert Client().get(address).status_code == 404
        assert signed_in(alice).get(address).status_code == 200
        assert signed_in(bob).get(address).status_code == 200
    assert "план.pdf" not in body(Client().get(whole(dossier)))


def test_a_file_that_is_not_taken_is_named_and_the_text_kept(alice: User, dossier: Dossier) -> None:
    program = SimpleUploadedFile("plan.pdf", b"MZ program", "application/pdf")
    client = signed_in(alice)
    answer = client.post(whole(dossier), {**filled(), "attachments": program})
    assert answer.status_code == 422
    assert "plan.pdf is not a file of a kind" in body(answer)
    assert TEXT in body(answer)
    many = [photo(f"{n}.jpg") for n in range(4)]
    answer = client.post(whole(dossier), {**filled(), "attachments": many})
    assert "at most 3 files" in body(answer)
    assert not Comment.objects.exists()


# --- Moderation ---------------------------------------------------------------------------------


def test_from_a_report_to_the_register(
    alice: User, bob: User, charlie: User, dossier: Dossier
) -> None:
    comment = say(charlie, dossier, "Rude words")
    signed_in(alice).post(at(comment, "report"), {"reason": "insult", "note": "There"})
    moderator = signed_in(make_moderator(bob, dossier.territory))
    queue = reverse("participation:moderation-queue")
    assert at(comment, "moderate") in body(moderator.get(queue))
    form = {**filled(), "last_decision": "0", "outcome": "hide", "reason": ""}
    answer = moderator.post(at(comment, "moderate"), form)
    assert answer.status_code == 422
    assert "Choose the reason" in body(answer)
    answer = moderator.post(at(comment, "moderate"), {**form, "reason": "insult"})
    assert answer["Location"] == queue
    assert at(comment, "moderate") not in body(moderator.get(queue))
    for reader in (Client(), signed_in(alice)):
        page = body(reader.get(whole(dossier)))
        assert "Reason: Insult or humiliation." in page
        assert "Rude words" not in page
        assert "Charlie" not in body(reader.get(at(comment)))
    own = body(signed_in(charlie).get(at(comment)))
    assert "Rude words" in own
    assert at(comment, "appeal") in own
    register = body(Client().get(reverse("participation:moderation-register")))
    assert "Insult or humiliation" in register
    assert not {"Charlie", "Bob", "Rude words", "There"} & set(register.split())


def test_the_queue_holds_what_lies_in_the_moderators_place(
    alice: User, bob: User, charlie: User, dossier: Dossier, city: Territory
) -> None:
    other = Territory.objects.create(slug="oral", kind="city", name_kk="Орал", name_ru="Уральск")
    comment = say(charlie, dossier)
    signed_in(alice).post(at(comment, "report"), {"reason": "insult"})
    region = signed_in(make_moderator(bob, city.parent))  # type: ignore[arg-type]
    elsewhere = signed_in(make_moderator(make_person("d@example.org", "D"), other))
    queue = reverse("participation:moderation-queue")
    assert at(comment, "moderate") in body(region.get(queue))
    assert at(comment, "moderate") not in body(elsewhere.get(queue))
    assert elsewhere.get(at(comment, "moderate")).status_code == 404


def test_queue_and_register_cost_the_same_for_30(alice: User, bob: User, dossier: Dossier) -> None:
    grow_old(alice)
    client = signed_in(make_moderator(bob, dossier.territory))
    author = make_person("author@example.org", "Author")
    grow_old(author)
    found: list[tuple[int, int]] = []
    for number in (2, 30):
        for n in range(number):
            reported, hidden = (say(author, dossier, f"{verb} {number} {n}") for verb in "ab")
            report_comment(by=alice, comment=reported, reason="insult")
            decide_comment(by=bob, comment=hidden, outcome="hide", reason="insult")
        queue = queries(client, reverse("participation:moderation-queue"))
        register = queries(Client(), reverse("participation:moderation-register"))
        found.append((queue, register))
    assert found[0] == found[1]
    assert max(found[0]) <= MOST_QUERIES


# --- What pages cost ----------------------------------------------------------------------------


def add_many(dossier: Dossier, author: User, number: int) -> None:
    """Threads with replies, positions and supporters, without their services."""
    like: dict[str, Any] = {
        "dossier": dossier, "author": author, "helix": Helix.BUSINESS, "language": "kk",
        "text": TEXT, "html": f"<p>{TEXT}</p>",
    }  # fmt: skip
    tops = Comment.objects.bulk_create(
        Comment(**like, position=("for", "against", "")[n % 3]) for n in range(number)
    )
    replies = [Comment(**like, parent=top) for top in tops for _ in range(4)]
    Comment.objects.bulk_create(
        Comment(**{**like, "parent": reply.parent, "quoted": reply})
        for reply in Comment.objects.bulk_create(replies)[::2]
    )


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "?sort=oldest", "?sort=support&page=2", "?view=sides"])
@pytest.mark.parametrize("reader", ["anonymous", "charlie"])
def test_a_page_of_the_discussion_costs_the_same_for_300(
    dossier: Dossier, charlie: User, query: str, reader: str
) -> None:
    author = make_person("author@example.org", "Author")
    grow_old(charlie)
    client = Client() if reader == "anonymous" else signed_in(charlie)
    add_many(dossier, author, 21)
    edit = Comment.objects.filter(parent=None).latest("pk")
    edit_comment(by=author, comment=edit, text="Edited")
    few = queries(client, whole(dossier, query))
    add_many(dossier, author, 300)
    assert queries(client, whole(dossier, query)) == few
    assert few <= MOST_QUERIES


def test_a_thread_costs_the_same_for_300_replies(dossier: Dossier, charlie: User) -> None:
    grow_old(charlie)
    author = make_person("author@example.org", "Author")
    top = say(author, dossier)
    client, few = signed_in(charlie), 0
    for number in (2, 300):
        Comment.objects.bulk_create(
            Comment(dossier=dossier, author=author, helix="business", language="kk", text="x",
                    html="x", parent=top)
            for _ in range(number)
        )  # fmt: skip
        few = few or queries(client, at(top))
    assert queries(client, at(top)) == few <= MOST_QUERIES


def test_the_discussion_on_a_dossiers_page_is_two_queries(cycle: Cycle, alice: User) -> None:
    grow_old(alice)
    address = reverse("budgeting:proposal-detail", args=[cycle.slug, 1])
    dossier = cycle.proposals.get(number=1).dossier
    add_many(dossier, make_person("author@example.org", "Author"), 30)
    client = signed_in(alice)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    ours = [
        query["sql"]
        for query in captured
        if 'FROM "participation_comment"' in query["sql"]
        or 'FROM "participation_discussion"' in query["sql"]
    ]
    assert len(ours) == 2
