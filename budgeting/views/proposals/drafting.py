"""A proposal in three short steps: what, where, how much. Each is kept from the first keystroke."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgeting.forms.proposals import HowForm, PhotoForm, WhatForm, WhereForm, WholeForm
from budgeting.models import Cycle, Envelope, Proposal, ProposalDraft
from budgeting.services.proposals import (
    DraftChanged,
    ProposalsClosed,
    Save,
    adopt_drafts,
    are_taken,
    delete_draft,
    keep_photo,
    remove_photo,
    save_draft,
    send_draft,
    submit_proposal,
)
from budgeting.similar import similar_proposals
from budgeting.views.loading import public_cycle
from participation.errors import Refused
from participation.guards import requires
from participation.rate_limits import Limit, TooManyTries, address_of
from participation.views.form_pages import person_of

KEYS = "proposal_drafts"  # in the session of a guest
MOST_KEYS = 20
SAVES = Limit("draft-saves", 600, 600)
WHAT, WHERE, HOW = "what", "where", "how"


@dataclass(frozen=True)
class Step:
    code: str
    number: int
    name: Any
    template: str


STEPS = {
    step.code: step
    for step in (
        Step(WHAT, 1, gettext_lazy("What"), "budgeting/proposal_what.html"),
        Step(WHERE, 2, gettext_lazy("Where"), "budgeting/proposal_where.html"),
        Step(HOW, 3, gettext_lazy("How much, and check"), "budgeting/proposal_how.html"),
    )
}


# --- Whose draft --------------------------------------------------------------------------------


def _keys(request: HttpRequest) -> list[UUID]:
    """Of the drafts that this browser began; asks the session only of who has one."""
    if not request.session.session_key:
        return []
    return [UUID(key) for key in request.session.get(KEYS, [])]


def _drafts(request: HttpRequest, cycle: Cycle) -> Any:
    """Unsent drafts of whoever asks; those of a guest who has signed in are theirs from now on."""
    keys = _keys(request)
    if keys and (person := person_of(request)):
        adopt_drafts(person=person, keys=keys)
        del request.session[KEYS]
    return ProposalDraft.objects.of(request.user, keys).filter(cycle=cycle)  # type: ignore[arg-type]


def _named(slug: str, key: UUID) -> tuple[Cycle, UUID]:
    return public_cycle(slug), key


def _own(request: HttpRequest, named: tuple[Cycle, UUID]) -> ProposalDraft:
    cycle, key = named
    draft: ProposalDraft | None = _drafts(request, cycle).filter(key=key).first()
    if draft is None:
        raise Http404
    draft.cycle = cycle
    return draft


def _keep(
    request: HttpRequest, cycle: Cycle, key: UUID, step: str, *, turn: int | None = None
) -> ProposalDraft:
    """Save what this page sent. 404 for a key that is somebody else's."""
    SAVES.hit(address_of(request))
    is_known = ProposalDraft.objects.filter(key=key).exists()
    if is_known and not _drafts(request, cycle).filter(key=key).exists():
        raise Http404
    if not is_known and not are_taken(cycle):
        raise ProposalsClosed
    draft = save_draft(
        key=key,
        cycle=cycle,
        person=person_of(request),
        language=(get_language() or "kk")[:2],
        fields=request.POST.dict(),
        save=Save(step, _uuid(request.POST.get("page")), turn, _number(request.POST, "revision")),
    )
    if draft.person_id is None and key not in _keys(request):
        request.session[KEYS] = [*map(str, _keys(request)), str(key)][-MOST_KEYS:]
    return draft


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _number(sent: Mapping[str, str], name: str) -> int:
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


# --- The steps ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, public_cycle)
def proposal_submit(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The first step of a new proposal; drafts begun before are a link away."""
    if request.method == "POST":
        return _step(request, cycle, STEPS[WHAT], _uuid(request.POST.get("key")) or uuid4())
    return _show(
        request,
        cycle,
        STEPS[WHAT],
        WhatForm(),
        uuid4(),
        drafts=list(_drafts(request, cycle).unsent()),
        refusal=None if are_taken(cycle) else ProposalsClosed(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, _named)
def draft_what(request: HttpRequest, named: tuple[Cycle, UUID]) -> HttpResponse:
    return _kept_step(request, named, STEPS[WHAT])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, _named)
def draft_where(request: HttpRequest, named: tuple[Cycle, UUID]) -> HttpResponse:
    return _kept_step(request, named, STEPS[WHERE])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, _named)
def draft_how(request: HttpRequest, named: tuple[Cycle, UUID]) -> HttpResponse:
    return _kept_step(request, named, STEPS[HOW])


def _kept_step(request: HttpRequest, named: tuple[Cycle, UUID], step: Step) -> HttpResponse:
    draft = _own(request, named)
    if draft.proposal is not None:
        return redirect(draft.proposal.get_absolute_url())
    if request.method == "POST":
        return _step(request, draft.cycle, step, draft.key)
    form = _form(step, draft.cycle, draft.values, initial=draft.values)
    return _show(request, draft.cycle, step, form, draft.key, draft)


def _form(
    step: Step, cycle: Cycle, values: Mapping[str, str], data: Any = None, initial: Any = None
) -> forms.Form:
    if step.code == WHAT:
        return WhatForm(data, initial=initial)
    if step.code == WHERE:
        return WhereForm(data, cycle=cycle, initial=initial)
    return HowForm(data, within=_envelope(cycle, values), initial=initial)


def _envelope(cycle: Cycle, values: Mapping[str, str]) -> Envelope | None:
    """The one chosen in the second step, or the first."""
    envelopes = list(cycle.envelopes.all())
    chosen = [envelope for envelope in envelopes if str(envelope.pk) == values.get("envelope")]
    return next(iter(chosen or envelopes), None)


def _step(request: HttpRequest, cycle: Cycle, step: Step, key: UUID) -> HttpResponse:
    """Keep first, then look whether it is right: nothing that was typed is lost."""
    draft, refusal = None, None
    try:
        draft = _keep(request, cycle, key, step.code)
    except TooManyTries:
        return render(request, "429.html", status=429)
    except Refused as refused:
        refusal = refused
    form = _form(step, cycle, draft.values if draft else {}, data=request.POST)
    photo = _photo(request, draft) if step.code == HOW else None
    if refusal is not None:
        form.add_error(None, f"{refusal} {refusal.way_out}".strip())
    is_right = form.is_valid() and (photo is None or photo.is_valid())
    if draft is not None and is_right:
        return _go_on(request, draft, step, form)
    revision = refusal.revision if isinstance(refusal, DraftChanged) else None
    return _show(request, cycle, step, form, key, draft, photo=photo, revision=revision)


def _photo(request: HttpRequest, draft: ProposalDraft | None) -> PhotoForm | None:
    """Kept with its draft, or shown with what is wrong with it."""
    form = PhotoForm(request.POST, request.FILES)
    if draft is None or not form.is_valid():
        return form
    if request.POST.get("act") == "remove_photo":
        remove_photo(draft=draft)
    if upload := form.cleaned_data["photo"]:
        keep_photo(draft=draft, upload=upload)
    return form


def _go_on(
    request: HttpRequest, draft: ProposalDraft, step: Step, form: forms.Form
) -> HttpResponse:
    act = request.POST.get("act", "")
    here = [draft.cycle.slug, draft.key]
    if act in ("save", "remove_photo"):
        messages.success(request, _("The draft is saved. Only you see it."))
        return redirect(f"budgeting:draft-{step.code}", *here)
    if step.code == WHAT and not request.POST.get("similar_seen"):
        words = form.cleaned_data
        if similar := similar_proposals(
            draft.cycle, title=words["title"], summary=words["summary"]
        ):
            return _show(
                request, draft.cycle, step, form, draft.key, draft, similar=similar, status=200
            )
    if step.code != HOW:
        return redirect(f"budgeting:draft-{WHERE if step.code == WHAT else HOW}", *here)
    if not request.user.is_authenticated:
        return redirect_to_login(
            reverse("budgeting:draft-how", args=here), resolve_url("account_login")
        )
    return _send(request, draft, step, form)


def _send(request: HttpRequest, draft: ProposalDraft, step: Step, form: forms.Form) -> HttpResponse:
    try:
        proposal = send_draft(by=request.user, draft=draft, submit=_submitter(request))  # type: ignore[arg-type]
    except Incomplete:
        return _show(request, draft.cycle, step, form, draft.key, draft, status=422)
    except Refused as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        return _show(request, draft.cycle, step, form, draft.key, draft)
    messages.success(request, _("Your proposal is public. You may edit it until the phase ends."))
    return redirect(proposal.get_absolute_url())


class Incomplete(Refused):
    """The page names what is missing, step by step."""


def _submitter(request: HttpRequest) -> Any:
    def submit(draft: ProposalDraft) -> Proposal:
        whole = WholeForm(draft.values, cycle=draft.cycle)
        if not whole.is_valid():
            raise Incomplete
        project = whole.project()
        return submit_proposal(
            by=request.user,  # type: ignore[arg-type]
            cycle=draft.cycle,
            envelope=whole.cleaned_data["envelope"],
            wordings=[whole.wording(draft.language)],
            **vars(project),
        )

    return submit


def _show(
    request: HttpRequest,
    cycle: Cycle,
    step: Step,
    form: forms.Form,
    key: UUID,
    draft: ProposalDraft | None = None,
    *,
    status: int | None = None,
    revision: int | None = None,
    **context: Any,
) -> HttpResponse:
    if revision is None:
        revision = draft.mark(step.code).revision if draft else 0
    if step.code == HOW:
        context["photo"] = context.get("photo") or PhotoForm()
        context["missing"] = _missing(cycle, draft) if draft else []
        context["costs"] = cycle.unit_costs.select_related("category")
    context = {
        "cycle": cycle,
        "form": form,
        "step": step,
        "steps": STEPS.values(),
        "key": key,
        "draft": draft,
        "page_key": uuid4(),
        "revision": revision,
        **context,
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, step.template, context, status=status)


def _missing(cycle: Cycle, draft: ProposalDraft) -> list[dict[str, Any]]:
    """What of the first two steps keeps the draft from being sent."""
    missing = []
    for step in (STEPS[WHAT], STEPS[WHERE]):
        form = _form(step, cycle, draft.values, data=draft.values)
        for name, errors in form.errors.items():
            label = form[name].label if name in form.fields else ""
            url = reverse(f"budgeting:draft-{step.code}", args=[cycle.slug, draft.key])
            missing.append({"label": label, "error": errors[0], "url": url})
    return missing


# --- Beside the steps ---------------------------------------------------------------------------


@require_POST
@requires(None, _named)
def draft_save(request: HttpRequest, named: tuple[Cycle, UUID]) -> JsonResponse:
    """What a page saves by itself while somebody types."""
    cycle, key = named
    step = request.POST.get("step", "")
    if step not in STEPS:
        return JsonResponse({"message": _("Load the page again.")}, status=400)
    try:
        draft = _keep(request, cycle, key, step, turn=_number(request.POST, "turn"))
    except TooManyTries as refusal:
        return JsonResponse({"message": str(refusal)}, status=429)
    except Refused as refusal:
        return JsonResponse({"message": f"{refusal} {refusal.way_out}".strip()}, status=409)
    at = timezone.localtime(draft.saved_at).strftime("%H:%M:%S")
    return JsonResponse({"message": _("Saved at %(time)s") % {"time": at}})


@require_safe
@requires(None, public_cycle)
def draft_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    drafts = list(_drafts(request, cycle).unsent())
    return render(request, "budgeting/draft_list.html", {"cycle": cycle, "drafts": drafts})


@require_POST
@requires(None, _named)
def draft_delete(request: HttpRequest, named: tuple[Cycle, UUID]) -> HttpResponse:
    draft = _own(request, named)
    delete_draft(draft=draft)
    messages.success(request, _("The draft is deleted."))
    return redirect("budgeting:draft-list", draft.cycle.slug)


@require_safe
@requires(None, _named)
def draft_photo(request: HttpRequest, named: tuple[Cycle, UUID]) -> HttpResponse:
    """The preview of a draft's photo, to whoever writes the draft."""
    photo = getattr(_own(request, named), "photo", None)
    if photo is None:
        raise Http404
    response = HttpResponse(bytes(photo.preview), content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@requires(None, public_cycle)
def proposal_similar(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """A piece of a page for whoever is writing: what looks like it."""
    similar = similar_proposals(
        cycle, title=request.GET.get("title", ""), summary=request.GET.get("summary", "")
    )
    return render(request, "budgeting/proposal_similar.html", {"similar": similar})
