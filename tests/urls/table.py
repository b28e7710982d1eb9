"""Every address of the site, whom it answers how: the parts' tables in one."""

from collections.abc import Callable
from uuid import UUID

from participation.models import AnswerDue, Attachment, Comment, Dossier
from tests.addresses import (
    BUTTON,
    MISSING,
    NOBODY,
    ORGANISERS,
    SAFE,
    UNBEGUN,
    Page,
    everyone,
    guests,
    only,
    signed_in,
)  # fmt: skip
from tests.budgeting import addresses as budgets
from tests.councils import addresses as councils
from tests.edp import addresses as discovery


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
NEVER = 987_654_321  # a number that nothing has
OPEN, DRAFT, DECIDED = "taraz-2027", "taraz-2030", "elsewhere-2023"
OFFICERS, OFFICERS_FORM = only("officer"), only("officer", status=422)
PUBLIC, WAITING, HIDDEN = said("public"), said("waiting"), said("hidden")


def reference_of(slug: str) -> Callable[[], str]:
    return lambda: Dossier.objects.get(path=f"budgeting/{slug}/").reference


def due(subject: str) -> Callable[[], int]:
    return lambda: AnswerDue.objects.get(subject_en=subject).pk


def _body() -> int:
    return AnswerDue.objects.values_list("addressee", flat=True)[0]


# GET, POST (with a form that says nothing), arguments.
PAGES = [
    Page("healthz", everyone(200), SAFE),
    Page("readyz", everyone(200), SAFE),
    Page("favicon", everyone(302), SAFE),
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
    Page("participation:search-saved", NOBODY, signed_in(405), (NEVER,)),  # nobody has saved one
    Page("participation:search-remove", signed_in(405), everyone(302), (NEVER,)),
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
    Page("participation:chain-unlink", NOBODY, NOBODY, (NEVER,)),
    # --- Following and messages
    Page("participation:follow-list", signed_in(200), SAFE),
    Page("participation:follow-change", BUTTON, signed_in(404)),
    Page("participation:follow-end", BUTTON, everyone(302)),
    Page("participation:inbox", signed_in(200), SAFE),
    Page("participation:inbox-read", BUTTON, everyone(302)),
    Page("participation:message-open", NOBODY, SAFE, (NEVER,)),
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
    Page("budgeting:cycle-start", only("organiser", "elsewhere"), SAFE),
    Page(
        "budgeting:cycle-create",
        only("organiser", "elsewhere"),
        only("organiser", "elsewhere", status=422),
        ("paris",),
    ),
    Page("budgeting:cycle-create", NOBODY, NOBODY, ("nowhere",)),
    *(
        page
        for slug in (OPEN, DRAFT)
        for page in (
            Page("budgeting:cycle-organise", ORGANISERS, SAFE, (slug,)),
            Page("budgeting:proposal-alike", ORGANISERS, SAFE, (slug,)),
            Page("budgeting:cycle-clone", ORGANISERS, only("organiser", status=422), (slug,)),
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
    Page("participation:answer-body", MISSING, SAFE, (NEVER,)),
    Page("participation:answer-body-csv", everyone(200), SAFE, (_body,)),
    Page("participation:answer-body-csv", MISSING, SAFE, (NEVER,)),
    Page("participation:answer-due-detail", everyone(200), SAFE, (due("Open"),)),
    Page("participation:answer-due-detail", everyone(200), SAFE, (due("Answered"),)),
    Page("participation:answer-due-detail", MISSING, SAFE, (due("Hidden"),)),
    # --- The desk of those who answer, and who asks
    Page("participation:answer-desk", OFFICERS, SAFE),
    Page("participation:answer-assign", BUTTON, OFFICERS_FORM),
    Page("participation:answer-templates", OFFICERS, OFFICERS_FORM),
    Page("participation:answer-write", OFFICERS, OFFICERS_FORM, (due("Open"),)),
    Page("participation:answer-write", OFFICERS, OFFICERS_FORM, (due("Hidden"),)),
    Page(
        "participation:answer-write",
        only("officer", status=302),
        only("officer", status=302),
        (due("Answered"),),
    ),
    Page("participation:answer-clock", OFFICERS, OFFICERS_FORM, (due("Open"),)),
    Page("participation:answer-correct", OFFICERS, OFFICERS_FORM, (due("Answered"),)),
    Page("participation:answer-correct", NOBODY, NOBODY, (due("Open"),)),
    *(
        Page(
            "participation:answer-due-register",
            ORGANISERS,
            only("organiser", status=422),
            (reference_of(slug),),
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


def _app(page: Page) -> str:
    space = page.name.split(":")[0]
    return space if f"{space}:" in OURS else "accounts"


# "accounts" also has what belongs to no app of ours.
APPS = {app: [page for page in PAGES if _app(page) == app] for app in sorted({*map(_app, PAGES)})}
