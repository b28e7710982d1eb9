"""Every address × every role: one table says who sees what, and garbage never breaks a page."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.services import erase_person
from budgeting import phases
from budgeting.models import Cycle, Election
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle
from budgeting.services.importing import import_pabulib
from participation.models import (
    AnswerDue,
    Attachment,
    Comment,
    Dossier,
    Newsletter,
    Role,
    Territory,
)
from participation.services import Wording
from participation.services.answers import publish_answer
from participation.services.comments import write_comment
from participation.services.moderation import decide_comment
from participation.tasks import PULSE_KEY
from participation.uploads import Upload
from tests.addresses import (
    BUTTON,
    MISSING,
    NOBODY,
    ORGANISERS,
    OUTSIDERS,
    ROLES,
    SAFE,
    UNBEGUN,
    Page,
    everyone,
    guests,
    only,
    signed_in,
)
from tests.budgeting import addresses as budgets
from tests.conftest import make_person
from tests.councils import addresses as councils
from tests.edp import addresses as discovery
from tests.participation.answers import make_body, make_officer, register, words

# An election of another city, large enough for its ballots to be published.
ELECTION = """META
key;value
description;Elsewhere 2023
country;Poland
unit;Elsewhere
instance;2023
num_projects;2
num_votes;24
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name;selected
A;60;Trees;1
B;50;Benches;0
VOTES
voter_id;vote
""" + "".join(f"{n};{'A' if n % 3 else 'A,B'}\n" for n in range(24))


def reference() -> str:
    """The number of the dossier that is discussed."""
    return Dossier.objects.get(path="budgeting/taraz-2027/").reference


def draft_reference() -> str:
    return Dossier.objects.get(path="budgeting/taraz-2030/").reference


def said(state: str) -> Callable[[], int]:
    """The number of Alice's comment in this state."""
    return lambda: Comment.objects.filter(state=state).latest("pk").pk


def file_of(comment: Callable[[], int]) -> Callable[[], UUID]:
    return lambda: Attachment.objects.get(comment=comment()).pk


UNSENT = 990_001  # the number of a letter in preparation
OPEN, DRAFT, DECIDED = "taraz-2027", "taraz-2030", "elsewhere-2023"
OFFICERS, OFFICERS_FORM = only("officer"), only("officer", status=422)
PUBLIC, WAITING, HIDDEN = said("public"), said("waiting"), said("hidden")


def _reference(slug: str) -> Callable[[], str]:
    return lambda: Dossier.objects.get(path=f"budgeting/{slug}/").reference


def _due(subject: str) -> Callable[[], int]:
    return lambda: AnswerDue.objects.get(subject_en=subject).pk


def _body() -> int:
    return AnswerDue.objects.values_list("addressee", flat=True)[0]


# GET, POST (with a form that says nothing), arguments.
PAGES = [
    Page("healthz", everyone(200), SAFE),
    Page("readyz", everyone(200), SAFE),
    Page("set_language", everyone(302), everyone(302)),
    Page("demo-mail", everyone(200), SAFE),
    Page("participation:home", everyone(200), SAFE),
    Page("participation:journal-list", everyone(200), SAFE),
    Page("participation:territory-list", everyone(200), SAFE),
    Page("participation:territory-choose", BUTTON, everyone(302)),
    Page("participation:territory-detail", everyone(200), SAFE, ("taraz",)),
    # --- Search and the chain of evidence
    Page("participation:search", everyone(200), SAFE),
    Page("participation:search-save", signed_in(200), signed_in(422)),
    Page("participation:search-saved", NOBODY, signed_in(405), (1,)),  # nobody has saved one
    Page("participation:search-remove", signed_in(405), everyone(302), (1,)),
    Page("participation:chain-detail", everyone(200), SAFE, (reference,)),
    Page("participation:chain-data", everyone(200), SAFE, (reference,)),
    Page("participation:chain-edit", ORGANISERS, only("organiser", status=422), (reference,)),
    *(
        Page(f"participation:chain-{name}", get, post, (draft_reference,))
        for name, get, post in (
            ("detail", MISSING, SAFE),
            ("data", MISSING, SAFE),
            ("edit", NOBODY, NOBODY),
        )
    ),
    Page("participation:chain-unlink", NOBODY, NOBODY, (1,)),
    # --- Following and messages
    Page("participation:follow-list", signed_in(200), SAFE),
    Page("participation:follow-change", BUTTON, signed_in(404)),
    Page("participation:follow-end", BUTTON, everyone(302)),
    Page("participation:inbox", signed_in(200), SAFE),
    Page("participation:inbox-read", BUTTON, everyone(302)),
    Page("participation:message-open", NOBODY, SAFE, (1,)),
    Page("participation:preference-edit", signed_in(200), signed_in(422)),
    Page("participation:message-stop", BUTTON, everyone(302)),
    Page("participation:telegram-link", NOBODY, NOBODY),  # no bot is configured here
    Page("participation:message-unsubscribe", MISSING, MISSING, ("nonsense",)),
    # --- Letters to residents
    Page("participation:newsletter-detail", MISSING, SAFE, (UNSENT,)),
    Page("participation:newsletter-list", ORGANISERS, SAFE, ("taraz",)),
    Page("participation:newsletter-write", ORGANISERS, only("organiser", status=422), ("taraz",)),
    Page("participation:newsletter-manage", ORGANISERS, SAFE, ("taraz", UNSENT)),
    Page(
        "participation:newsletter-edit",
        ORGANISERS,
        only("organiser", status=422),
        ("taraz", UNSENT),
    ),
    *(
        Page(
            f"participation:newsletter-{verb}",
            BUTTON,
            only("organiser", status=302),
            ("taraz", UNSENT),
        )
        for verb in ("try", "send", "stop")
    ),
    # --- Discussion: who has no account is led to sign in and keeps the text
    Page("participation:discussion-detail", everyone(200), signed_in(422), (reference,)),
    Page("participation:discussion-detail", MISSING, MISSING, (draft_reference,)),
    Page("participation:dossier-support", BUTTON, signed_in(302), (reference,)),
    Page("participation:dossier-support", BUTTON, NOBODY, (draft_reference,)),
    Page(
        "participation:discussion-close",
        only("moderator"),
        only("moderator", status=302),
        (reference,),
    ),
    Page("participation:discussion-close", NOBODY, NOBODY, (draft_reference,)),
    *(
        page
        for comment, readers in (
            (PUBLIC, everyone(200)),
            (HIDDEN, everyone(200)),
            (WAITING, MISSING | {"alice": 200, "moderator": 200}),
        )
        for page in (
            Page("participation:comment-detail", readers, SAFE, (comment,)),
            Page(
                "participation:comment-moderate",
                only("moderator"),
                only("moderator", status=422),
                (comment,),
            ),
        )
    ),
    Page("participation:comment-reply", everyone(200), signed_in(422), (PUBLIC,)),
    Page("participation:comment-reply", MISSING, MISSING, (HIDDEN,)),
    Page("participation:comment-support", BUTTON, signed_in(302), (PUBLIC,)),
    Page("participation:comment-support", BUTTON, NOBODY, (HIDDEN,)),
    Page("participation:comment-report", signed_in(200), signed_in(422), (PUBLIC,)),
    Page("participation:comment-report", NOBODY, NOBODY, (HIDDEN,)),
    Page("participation:comment-edit", only("alice"), only("alice", status=422), (PUBLIC,)),
    Page("participation:comment-history", everyone(200), SAFE, (PUBLIC,)),
    Page(
        "participation:comment-history", MISSING | {"alice": 200, "moderator": 200}, SAFE, (HIDDEN,)
    ),
    Page("participation:comment-appeal", only("alice"), only("alice", status=422), (HIDDEN,)),
    Page("participation:attachment-detail", everyone(200), SAFE, (file_of(PUBLIC),)),
    Page("participation:attachment-preview", everyone(200), SAFE, (file_of(PUBLIC),)),
    Page(
        "participation:attachment-detail",
        MISSING | {"alice": 200, "moderator": 200},
        SAFE,
        (file_of(HIDDEN),),
    ),
    Page("participation:moderation-queue", only("moderator"), SAFE),
    Page("participation:moderation-register", everyone(200), SAFE),
    Page("participation:moderation-rules", everyone(200), SAFE),
    # --- A person's own pages
    Page("accounts:person-detail", signed_in(200), SAFE),
    Page("accounts:person-edit", signed_in(200), signed_in(200)),
    Page("accounts:person-export", signed_in(200), signed_in(200)),
    Page("accounts:person-erase", everyone(302), everyone(302)),  # the password first
    Page("accounts:person-erased", everyone(200), SAFE),
    # --- Signing in and up
    Page("account_login", guests(), guests()),
    Page("account_signup", guests(), guests()),
    Page("account_request_login_code", guests(), guests()),
    Page("account_logout", signed_in(200), everyone(302)),
    Page("account_inactive", everyone(200), SAFE),
    Page("account_reset_password", everyone(200), everyone(200)),
    Page("account_password_reset_completed", everyone(200), SAFE),
    Page("account_reauthenticate", signed_in(200), signed_in(200)),
    Page("account_email", signed_in(200), everyone(302)),
    Page("account_change_password", signed_in(200), signed_in(200)),
    Page("account_set_password", UNBEGUN, UNBEGUN),
    Page("account_email_verification_sent", UNBEGUN, UNBEGUN),
    Page("account_confirm_login_code", UNBEGUN, UNBEGUN),
    Page("account_confirm_password_reset_code", UNBEGUN, UNBEGUN),
    Page("account_complete_password_reset", UNBEGUN, UNBEGUN),
    Page("usersessions_list", signed_in(200), everyone(302)),
    # --- The second step; what changes it asks for the password first
    Page("mfa_index", signed_in(200), signed_in(405)),
    Page("mfa_list_webauthn", signed_in(200), signed_in(405)),
    Page("mfa_view_recovery_codes", NOBODY, signed_in(405)),
    Page("mfa_download_recovery_codes", NOBODY, NOBODY),
    Page("mfa_deactivate_totp", NOBODY, NOBODY),
    *(
        Page(f"mfa_{name}", UNBEGUN, UNBEGUN)
        for name in (
            "authenticate",
            "reauthenticate",
            "activate_totp",
            "generate_recovery_codes",
            "add_webauthn",
            "reauthenticate_webauthn",
            "login_webauthn",
        )
    ),
    Page("mfa_remove_webauthn", UNBEGUN, UNBEGUN, (1,)),
    Page("mfa_edit_webauthn", UNBEGUN, UNBEGUN, (1,)),
    # --- Identity providers: none is configured here
    Page("socialaccount_login_cancelled", everyone(200), SAFE),
    Page("socialaccount_login_error", everyone(401), SAFE),
    Page("socialaccount_signup", UNBEGUN, UNBEGUN),
    Page("socialaccount_connections", signed_in(200), signed_in(200)),
    Page("openid_connect_login", MISSING, MISSING, ("oidc",)),
    Page("openid_connect_callback", MISSING, MISSING, ("oidc",)),
    *(
        Page(f"/en/account/social/{name}/", everyone(301), everyone(301))  # allauth's old addresses
        for name in ("login/cancelled", "login/error", "signup", "connections")
    ),
    # --- Budgets, for everybody
    Page("budgeting:cycle-list", everyone(200), SAFE),
    Page("budgeting:vote-promise", everyone(200), SAFE),
    Page("budgeting:verify-script", everyone(200), SAFE),
    Page("budgeting:cycle-detail", everyone(200), SAFE, (OPEN,)),
    Page("budgeting:cycle-detail", everyone(200), SAFE, (DECIDED,)),
    Page("budgeting:cycle-detail", MISSING, SAFE, (DRAFT,)),
    Page("budgeting:results-detail", everyone(200), SAFE, (DECIDED,)),
    Page("budgeting:results-detail", MISSING, SAFE, (OPEN,)),
    Page("budgeting:results-detail", MISSING, SAFE, (DRAFT,)),
    # --- The vote
    Page("budgeting:ballot-cast", everyone(200), everyone(403) | {"alice": 200}, (OPEN, 1)),
    Page("budgeting:ballot-cast", everyone(302), everyone(302), (DECIDED, 1)),  # to its results
    Page("budgeting:ballot-cast", MISSING, MISSING, (DRAFT, 1)),
    Page("budgeting:ballot-receipt", NOBODY, SAFE, (OPEN, 1)),  # nobody has voted yet
    Page("budgeting:ballot-receipt", NOBODY, SAFE, (DRAFT, 1)),
    Page("budgeting:log-detail", everyone(200), SAFE, (OPEN, 1)),
    Page("budgeting:log-detail", MISSING, SAFE, (DRAFT, 1)),
    Page("budgeting:log-csv", everyone(200), SAFE, (OPEN, 1)),
    Page("budgeting:log-csv", MISSING, SAFE, (DRAFT, 1)),
    *(
        page
        for name in ("openings-jsonl", "ballots-pb", "tally-json", "tally-csv")
        for page in (
            Page(f"budgeting:{name}", everyone(200), SAFE, (DECIDED, 1)),
            Page(f"budgeting:{name}", MISSING, SAFE, (OPEN, 1)),
            Page(f"budgeting:{name}", MISSING, SAFE, (DRAFT, 1)),
        )
    ),
    # --- For those who organise, check and register
    Page(
        "budgeting:cycle-create",
        only("organiser", "elsewhere"),
        only("organiser", "elsewhere", status=422),
    ),
    *(
        page
        for slug in (OPEN, DRAFT)
        for page in (
            Page("budgeting:cycle-organise", ORGANISERS, SAFE, (slug,)),
            Page("budgeting:cycle-dates", ORGANISERS, only("organiser", status=422), (slug,)),
            Page("budgeting:cycle-publish", BUTTON, only("organiser", status=302), (slug,)),
            Page("budgeting:election-freeze", BUTTON, only("organiser", status=302), (slug, 1)),
            Page("budgeting:election-advance", BUTTON, only("organiser", status=302), (slug, 1)),
            Page("budgeting:results-publish", BUTTON, only("organiser", status=302), (slug, 1)),
            Page("budgeting:proposal-queue", only("organiser", "reviewer"), SAFE, (slug,)),
            Page(
                "budgeting:residence-confirm",
                only("organiser", "registrar"),
                only("organiser", "registrar", status=422),
                (slug,),
            ),
        )
    ),
    Page(
        "budgeting:proposal-review",
        only("organiser", "reviewer"),
        only("organiser", "reviewer", status=422),
        (OPEN, 1),
    ),
    Page("budgeting:proposal-review", NOBODY, NOBODY, (DRAFT, 1)),
    Page("budgeting:cycle-organise", NOBODY, SAFE, (DECIDED,)),
    # --- Answers of state bodies, for everybody
    Page("participation:answer-board", everyone(200), SAFE),
    Page("participation:answer-board-csv", everyone(200), SAFE),
    Page("participation:answer-overdue", everyone(200), SAFE),
    Page("participation:answer-count", everyone(200), SAFE),
    Page("participation:answer-body", everyone(200), SAFE, (_body,)),
    Page("participation:answer-body", MISSING, SAFE, (987654321,)),
    Page("participation:answer-body-csv", everyone(200), SAFE, (_body,)),
    Page("participation:answer-body-csv", MISSING, SAFE, (987654321,)),
    Page("participation:answer-due-detail", everyone(200), SAFE, (_due("Open"),)),
    Page("participation:answer-due-detail", everyone(200), SAFE, (_due("Answered"),)),
    Page("participation:answer-due-detail", MISSING, SAFE, (_due("Hidden"),)),
    # --- The desk of those who answer, and who asks
    Page("participation:answer-desk", OFFICERS, SAFE),
    Page("participation:answer-assign", BUTTON, OFFICERS_FORM),
    Page("participation:answer-templates", OFFICERS, OFFICERS_FORM),
    Page("participation:answer-write", OFFICERS, OFFICERS_FORM, (_due("Open"),)),
    Page("participation:answer-write", OFFICERS, OFFICERS_FORM, (_due("Hidden"),)),
    Page(
        "participation:answer-write",
        only("officer", status=302),
        only("officer", status=302),
        (_due("Answered"),),
    ),
    Page("participation:answer-clock", OFFICERS, OFFICERS_FORM, (_due("Open"),)),
    Page("participation:answer-correct", OFFICERS, OFFICERS_FORM, (_due("Answered"),)),
    Page("participation:answer-correct", NOBODY, NOBODY, (_due("Open"),)),
    *(
        Page(
            "participation:answer-due-register",
            ORGANISERS,
            only("organiser", status=422),
            (_reference(slug),),
        )
        for slug in (OPEN, DRAFT)
    ),
    Page("participation:answer-due-register", NOBODY, NOBODY, ("XX-1999-00000",)),
    *budgets.PAGES,
    *discovery.PAGES,
    *councils.PAGES,
    # --- Operators: the pages of the admin come with their models (see EXCLUDED), its door is ours
    Page("admin:index", everyone(302), everyone(302)),
    Page("admin:login", everyone(403) | {"anonymous": 302}, everyone(403) | {"anonymous": 302}),
]
# The admin is for superusers only; Django tests its pages, and which there are follows the models.
EXCLUDED = ("admin:", "/en/operator/")
OURS = ("participation:", "budgeting:", "edp:", "councils:")
# Steps towards these are led on without a form of ours in between.
CSRF_EXEMPT: set[str] = {"participation:message-unsubscribe"}


def _routes(resolver: Any = None, route: str = "/", space: str = "") -> Iterator[str]:
    """The name of every address; the address itself where it has no name."""
    with override("en"):
        for pattern in (resolver or get_resolver()).url_patterns:
            here = route + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from _routes(pattern, here, inner)
            else:
                yield f"{space}{pattern.name}" if pattern.name else here


@pytest.fixture(autouse=True)
def _counts_start_at_zero(settings: Any) -> None:
    """Rate limits live in the cache: each test has its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@dataclass
class World:
    people: dict[str, User | None]
    client: Client
    sessions: dict[str, dict[str, str]]


@pytest.fixture
def world(election: Election, city: Territory, alice: User, bob: User, charlie: User) -> World:
    now = timezone.now()
    other = Territory.objects.create(
        slug="oskemen",
        kind="city",
        parent=city.parent,
        name_kk="Өскемен",
        name_ru="Усть-Каменогорск",
    )
    people: dict[str, User | None] = {
        "anonymous": None,
        "charlie": charlie,
        "alice": alice,
        "organiser": bob,
    }
    for role, kind, place in (
        ("elsewhere", Role.Kind.ORGANISER, other),
        ("reviewer", Role.Kind.REVIEWER, city),
        ("registrar", Role.Kind.REGISTRAR, city),
        ("moderator", Role.Kind.MODERATOR, city),
        ("secretary", Role.Kind.COUNCIL_SECRETARY, city),
    ):
        person = make_person(f"{role}@example.org", role.title(), language="en")
        Role.objects.create(person=person, kind=kind, territory=place, valid_from=now)
        people[role] = person
    import_pabulib(text=ELECTION, name="elsewhere.pb", source_note="A test.")
    Newsletter.objects.create(
        pk=UNSENT,
        territory=city,
        author=bob,
        subject_kk="Хат",
        subject_ru="Письмо",
        body_kk="Мәтін",
        body_ru="Текст",
    )
    day = timedelta(days=1)
    create_cycle(
        by=bob,
        territory=city,
        slug=DRAFT,
        year=2030,
        ruleset=election.envelope.cycle.ruleset,
        wordings=[
            Wording("kk", "Құпия жоба"),
            Wording("ru", "Тайный черновик"),
            Wording("en", "Secret draft"),
        ],
        envelopes=[EnvelopeDraft(city, 1000, "Қала", "Город", "City")],
        dates=[PhaseDates(phases.VOTING, now + day, now + 2 * day)],
    )
    _talk(alice, people["moderator"])
    people["officer"] = make_officer("Officer", make_body(), city, language="en")
    _answers_due()
    people["member"] = make_person("member@example.org", "Member", language="en")
    budgets.fill(people, city)
    discovery.fill(people, city)
    councils.fill(people, city)
    cache.set(PULSE_KEY, "now", timeout=300)
    return World(people, Client(raise_request_exception=False), _sessions(people))


def _talk(author: User, moderator: User | None) -> None:
    """One comment in each state, with a picture."""
    dossier = Dossier.objects.get(path="budgeting/taraz-2027/")
    picture = Upload("a.webp", "image/webp", b"picture", b"preview", 1, 1)
    texts = ["Trees are what this street has always been missing, everybody says.", "Rubbish."]
    hidden, _public, _waiting = (
        write_comment(by=author, dossier=dossier, text=text, page_language="en", uploads=[picture])
        for text in (texts[1], texts[0], texts[0])
    )
    assert moderator is not None
    decide_comment(by=moderator, comment=hidden, outcome="hide", reason="off_topic")


def _answers_due() -> None:
    public = Dossier.objects.get(path=f"budgeting/{OPEN}/")
    hidden = Dossier.objects.get(path=f"budgeting/{DRAFT}/")
    for subject, dossier in (("Open", public), ("Answered", public), ("Hidden", hidden)):
        due = register(dossier, subjects={"kk": subject, "ru": subject, "en": subject})
        if subject == "Answered":
            publish_answer(by=None, answer_due=due, words=words())


def _sessions(people: dict[str, User | None]) -> dict[str, dict[str, str]]:
    """The cookies of each role's browser."""
    sessions: dict[str, dict[str, str]] = {}
    for role, person in people.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        sessions[role] = {name: cookie.value for name, cookie in client.cookies.items()}
    return sessions


def answer(world: World, role: str, method: str, path: str, data: Any = None, **extra: Any) -> Any:
    """What a role gets; whatever it changed is undone."""
    client = world.client
    client.cookies = SimpleCookie(world.sessions[role])
    with transaction.atomic():
        response = getattr(client, method)(path, data, **extra)
        if response.streaming:
            response.content_read = b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def body_of(response: Any) -> str:
    return str((response.content_read if response.streaming else response.content).decode())


def test_every_address_is_in_the_table() -> None:
    known = {page.name for page in PAGES}
    routes = {name for name in _routes() if not name.startswith(EXCLUDED)}
    assert routes - known == set()
    assert {name for name in known if not name.startswith(EXCLUDED)} - routes == set()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_what_the_table_says(world: World, role: str) -> None:
    wrong = {}
    for page in PAGES:
        for method, data, expected in (
            ("get", None, page.get[role]),
            ("post", {"nothing": "1"}, page.post[role]),
        ):
            status = answer(world, role, method, page.address, data).status_code
            if status != expected:
                wrong[method, page.address] = (status, expected)
    assert wrong == {}


@pytest.mark.parametrize("gone", ["inactive", "erased"])
def test_who_is_gone_is_a_stranger(world: World, gone: str) -> None:
    person = world.people["organiser"]
    assert person is not None
    client = Client()
    client.force_login(person)
    assert client.get(Page("budgeting:cycle-organise", {}, {}, (OPEN,)).address).status_code == 200
    if gone == "erased":
        erase_person(person=person)
    else:
        User.objects.filter(pk=person.pk).update(is_active=False)
    wrong = {}
    for page in PAGES:
        for method, data in (("get", None), ("post", {"nothing": "1"})):
            status = getattr(client, method)(page.address, data).status_code
            if status != getattr(page, method)["anonymous"]:
                wrong[method, page.address] = status
    assert wrong == {}


@pytest.mark.parametrize("role", ["anonymous", "organiser"])
def test_no_form_is_taken_without_its_token(world: World, role: str) -> None:
    client = Client(enforce_csrf_checks=True)
    person = world.people[role]
    taken = {}
    for page in PAGES:
        if person is not None:
            client.force_login(person)
        status = client.post(page.address, {"nothing": "1"}).status_code
        if status != 403 and page.name not in CSRF_EXEMPT:
            taken[page.address] = status
    assert taken == {}


def test_only_declared_methods_are_answered(world: World) -> None:
    """Pages of ours refuse what they do not declare; they never fall through to reading."""
    ours = [page for page in PAGES if page.name.startswith(OURS)]
    answered = {
        (method, page.address): status
        for page in ours
        for method in ("put", "patch", "delete")
        if (status := answer(world, "organiser", method, page.address).status_code)
        not in (404, 405)
    }
    assert answered == {}


def test_head_answers_like_get(world: World) -> None:
    for page in PAGES:
        if page.name.startswith(OURS):
            response = answer(world, "organiser", "head", page.address)
            assert response.status_code == page.get["organiser"], page.address
            assert getattr(response, "content", b"") == b""


def test_no_page_tells_of_a_draft(world: World) -> None:
    """Neither its name nor its address, to anybody who has no role in it."""
    draft = Cycle.objects.get(slug=DRAFT)
    secrets = [text.title for text in draft.dossier.texts.all()] + [DRAFT]
    told = []
    for role in OUTSIDERS:
        for page in PAGES:
            if DRAFT in page.args or page.get[role] != 200:
                continue
            body = body_of(answer(world, role, "get", page.address))
            told += [(role, page.address, secret) for secret in secrets if secret in body]
    assert told == []


def test_a_draft_answers_like_nothing_at_all(world: World) -> None:
    """Not even by its status does it show that it exists."""
    for role in ("anonymous", "elsewhere"):
        for page in PAGES:
            if DRAFT not in page.args:
                continue
            nothing = page.address.replace(DRAFT, "nothing-2030")
            for method in ("get", "post"):
                seen = answer(world, role, method, page.address).status_code
                assert seen == answer(world, role, method, nothing).status_code, (role, page)


# --- Garbage ------------------------------------------------------------------------------------

QUERIES = [
    "page=-1",
    "page=abc",
    "page=0",
    "page=99999999999999999999999999",
    "page=1&page=2",
    "page=%00",
    "page=%EF%BC%91",
    "q=%00",
    "q=%FF%FE",
    "q=%ED%A0%80",
    "q='%22%3Cscript%3E",
    "q=%25%5C_",
    "category=%00",
    "category=%FF",
    "state=nonsense",
    "%00=%00",
    "&&&===",
    "next=//evil.example/",
    "next=%00",
    "%FF%FF%FF",
    "q=" + "%D1%88" * 20_000,
]


def _is_no_failure(response: Any) -> bool:
    return bool(response.status_code < 500)


def _broken(answers: Iterable[tuple[object, Any]]) -> list[object]:
    return [what for what, response in answers if response.status_code >= 500]


def test_no_query_string_breaks_a_page(world: World) -> None:
    """Every page that reads its query string gets all of it, every other page the worst."""
    pages = {page.name: page for page in PAGES if page.get["organiser"] == 200}
    readers = {
        "participation:journal-list",
        "participation:inbox",
        "participation:newsletter-list",
        "participation:discussion-detail",
        "participation:comment-detail",
        "participation:moderation-register",
        "participation:answer-board",
        "participation:answer-overdue",
        "participation:answer-body",
        "participation:answer-count",
        "budgeting:cycle-list",
        "budgeting:proposal-list",
        "budgeting:proposal-queue",
        "budgeting:proposal-similar",
        "budgeting:unit-cost-list",
    }
    assert readers <= set(pages)
    assert not _broken(
        ((name, query), answer(world, "organiser", "get", f"{page.address}?{query}"))
        for name, page in pages.items()
        for query in (QUERIES if name in readers else QUERIES[-3:])
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_a_page(world: World, method: str) -> None:
    things = ["0", "-1", "999", "9" * 30, "9" * 5000, "%00", "%FF%FE", "%ED%A0%80", "..%2F..%2Fetc"]
    things += ["a" * 9000, "%D1%88", "'%22;--", "1.5", "١"]
    paths = [
        "/en/budgeting/{}/",
        "/en/budgeting/taraz-2027/proposals/{}/",
        "/en/budgeting/taraz-2027/ballot/{}/",
        "/en/budgeting/taraz-2027/ballot/{}/tally.json",
        "/en/budgeting/taraz-2027/organise/proposals/{}/",
        "/en/budgeting/taraz-2027/organise/freeze/{}/",
        "/en/regions/{}/",
        "/en/regions/taraz/letters/{}/",
        "/en/newsletters/{}/",
        "/en/messages/{}/",
        "/en/messages/unsubscribe/{}/",
        "/en/dossiers/{}/discussion/",
        "/en/comments/{}/",
        "/en/comments/{}/moderate/",
        "/en/attachments/{}/",
        "/en/answers/{}/",
        "/en/answers/bodies/{}/",
        "/en/answers/desk/{}/",
        "/en/answers/register/{}/",
        "/{}/",
    ]
    for path in paths:
        for thing in things:
            status = answer(world, "organiser", method, path.format(thing)).status_code
            assert 300 <= status < 500, (path, thing)


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["region", "sessionid", "django_language", "messages"])
def test_no_cookie_breaks_a_page(cookie: str) -> None:
    client = Client(raise_request_exception=False)
    for value in (r"\000", r"\000aaaaaaaaaaaa", "x" * 4000, "шшшшшшшшшшш", "%00"):
        sent = f'{cookie}="{value}"'.encode().decode("latin-1")
        response = client.get("/en/", headers={"cookie": sent})
        assert response.status_code in (200, 400), value


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-7", "utf-16", "unicode_escape", "latin-1", "nonsense"]
)
def test_no_charset_breaks_a_page(alice: User, charset: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    bodies = (b"territory=%5Cud800", b"name=\\ud800", b"name=+2AA-&language=en", b"\xff\x00=")
    assert not _broken(
        ((address, body), client.generic("POST", address, body, content_type=kind))
        for address in ("/en/regions/choose/", "/en/account/edit/")
        for body in bodies
    )
    # A GET may carry a content type too.
    query = {"q": "\\ud800+2AA-"}
    kind = f"text/plain; charset={charset}"
    response = client.get("/en/budgeting/", query, headers={"content-type": kind})
    assert response.status_code < 500


VALUES = ["", " ", "\0", "\ud800", "-1", "9" * 30, "9" * 5000, "NaN", "1e400", "2027-13-45"]
VALUES += ["31.12.9999 23:59", "01.01.0001 00:00", "00:00", "кириллица", "<script>", "ш" * 100_000]


def test_no_typed_value_breaks_a_form(world: World) -> None:
    """Each field of every form gets the same garbage, and so do keys that no form has."""
    forms = {page.name: page for page in PAGES if set(page.post.values()) & {200, 422, 403}}
    forms["participation:territory-choose"] = Page("participation:territory-choose", {}, {})
    for page in forms.values():
        role = next((r for r in ("organiser", "alice") if page.post.get(r) in (200, 422)), "alice")
        fields = _field_names(world, role, page) | {"form_key", "next", "territory", "step", "act"}
        for value in VALUES:
            raw = value.encode("utf-8", "surrogatepass")
            body = b"&".join(quote(field).encode() + b"=" + quote(raw).encode() for field in fields)
            kind = "application/x-www-form-urlencoded"
            response = answer(world, role, "post", page.address, body, content_type=kind)
            assert response.status_code < 500, (page.address, value[:20])


def _field_names(world: World, role: str, page: Page) -> set[str]:
    if page.get.get(role) != 200:
        return set()
    body = body_of(answer(world, role, "get", page.address))
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', body))
    return names - {"csrfmiddlewaretoken"}


TYPED = [
    ("budgeting:proposal-review", "organiser", (OPEN, 1), ["verdict", "cost", "running_cost"]),
    ("budgeting:residence-confirm", "registrar", (OPEN,), ["email", "born_on"]),
    ("budgeting:cycle-dates", "organiser", (OPEN,), ["voting_opens_at", "voting_closes_at"]),
    ("budgeting:cycle-create", "organiser", (), ["year", "title_kk", "title_ru", "amount"]),
    ("participation:discussion-detail", "alice", (reference,), ["text"]),
    ("participation:comment-reply", "alice", (PUBLIC,), ["text"]),
    ("participation:comment-report", "charlie", (PUBLIC,), ["note"]),
    ("participation:comment-moderate", "moderator", (PUBLIC,), ["explanation"]),
    (
        "participation:answer-due-register",
        "organiser",
        (_reference(OPEN),),
        ["subject_kk", "subject_ru", "subject_en", "received_on"],
    ),
    (
        "participation:answer-write",
        "officer",
        (_due("Open"),),
        ["reasoning_kk", "reasoning_ru", "reasoning_en", "change_reference", "signed_name"],
    ),
    ("participation:answer-clock", "officer", (_due("Open"),), ["reason", "working_days"]),
    ("participation:answer-templates", "officer", (), ["name", "reasoning_kk", "reasoning_ru"]),
    ("accounts:person-edit", "alice", (), ["name"]),
    (
        "participation:newsletter-write",
        "organiser",
        ("taraz",),
        ["subject_kk", "body_kk", "subject_ru", "body_ru", "subject_en", "body_en"],
    ),
    ("account_signup", "anonymous", (), ["email", "name"]),
    *budgets.TYPED,
    *discovery.TYPED,
]


@pytest.mark.parametrize(("name", "role", "args", "fields"), TYPED, ids=[row[0] for row in TYPED])
def test_nothing_typed_is_lost(
    world: World, name: str, role: str, args: tuple[Any, ...], fields: list[str]
) -> None:
    typed = {field: f"«сөз {field}» & <i>" + "x" * 200 for field in fields}
    page = Page(name, {}, {}, args)
    response = answer(world, role, "post", page.address, typed)
    assert response.status_code in (200, 422)
    body = unescape(response.content.decode())
    assert [field for field, text in typed.items() if text not in body] == []
    assert response.content.count(b"<i>") == 0


def test_too_many_fields_are_refused_politely(world: World) -> None:
    data = {f"field{number}": "1" for number in range(2000)}
    assert answer(world, "alice", "post", "/en/regions/choose/", data).status_code == 400
    query = "&".join(data)
    assert answer(world, "alice", "get", f"/en/budgeting/?{query}").status_code == 400
