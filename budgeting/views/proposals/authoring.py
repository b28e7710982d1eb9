"""What authors and the organiser do with a proposal that is public."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budgeting.forms.proposals import (
    AnswerForm,
    EditForm,
    InviteForm,
    MergeForm,
    NoteForm,
    ReasonForm,
)
from budgeting.models import Proposal, ProposalMerge
from budgeting.services.proposals import (
    answer_invitation,
    answer_merge,
    ask_merge,
    edit_proposal,
    invite_coauthor,
    merge_proposals,
    undo_merge,
    withdraw_proposal,
    write_note,
)
from budgeting.services.proposals.errors import NotMergeable
from budgeting.views.loading import public_proposal
from participation.guards import requires
from participation.views.form_pages import form_page, send, signed_in

PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _page(
    request: HttpRequest, template: str, form: Any, proposal: Proposal, **context: Any
) -> HttpResponse:
    context |= {"proposal": proposal, "cycle": proposal.cycle}
    return form_page(request, template, form, **context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _there(proposal: Proposal) -> str:
    return reverse("budgeting:proposal-detail", args=[proposal.cycle.slug, proposal.number])


@PAGE
@requires("budgeting.edit_proposal", public_proposal)
def proposal_edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    original = _original(proposal)
    form = EditForm(_sent(request), cycle=proposal.cycle, initial=_values(proposal, original))

    def act() -> str:
        edit_proposal(
            by=signed_in(request),
            proposal=proposal,
            wording=form.wording(original.language),
            project=form.project(),
            note=form.cleaned_data["note"],
        )
        return _there(proposal)

    done = _("The new version is public; the earlier ones stay to be read.")
    if answer := send(request, form, act, done):
        return answer
    return _page(request, "budgeting/proposal_edit.html", form, proposal)


def _original(proposal: Proposal) -> Any:
    texts = list(proposal.dossier.texts.all())
    return next((text for text in texts if text.origin == "original"), texts[0])


def _values(proposal: Proposal, text: Any) -> dict[str, Any]:
    point = f"{proposal.latitude}, {proposal.longitude}" if proposal.latitude is not None else ""
    return {
        "title": text.title,
        "summary": text.summary,
        "body": text.body,
        "envelope": proposal.envelope_id,
        "district": proposal.district_id,
        "place": proposal.place,
        "point": point,
        "category": proposal.category_id,
        "cost": proposal.cost,
    }


@PAGE
@requires("budgeting.lead_proposal", public_proposal)
def proposal_withdraw(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = ReasonForm(_sent(request))

    def act() -> str:
        withdraw_proposal(
            by=signed_in(request),
            proposal=proposal,
            reason=form.cleaned_data["reason"],
        )
        return _there(proposal)

    done = _("The proposal is withdrawn. It stays to be read, with your reason.")
    if answer := send(request, form, act, done):
        return answer
    return _page(request, "budgeting/proposal_withdraw.html", form, proposal)


@PAGE
@requires("budgeting.lead_proposal", public_proposal)
def proposal_invite(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = InviteForm(_sent(request))

    def act() -> str:
        invite_coauthor(
            by=signed_in(request),
            proposal=proposal,
            email=form.cleaned_data["email"],
        )
        return reverse("budgeting:proposal-invite", args=[proposal.cycle.slug, proposal.number])

    done = _("If an account has this address, its owner has been asked.")
    if answer := send(request, form, act, done):
        return answer
    waiting = proposal.coauthors.filter(state="invited").count()
    return _page(request, "budgeting/proposal_invite.html", form, proposal, waiting=waiting)


@PAGE
@requires("budgeting.answer_invitation", public_proposal)
def invitation_answer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = AnswerForm(_sent(request))

    def act() -> str:
        answer_invitation(
            by=signed_in(request),
            proposal=proposal,
            is_accepted=form.cleaned_data["answer"] == "yes",
        )
        return _there(proposal)

    if answer := send(request, form, act, _("Your answer is kept.")):
        return answer
    return _page(request, "budgeting/proposal_invitation.html", form, proposal)


@PAGE
@requires("budgeting.shape_proposal", public_proposal)
def note_write(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = NoteForm(_sent(request))

    def act() -> str:
        write_note(
            by=signed_in(request),
            proposal=proposal,
            happened_on=form.cleaned_data["happened_on"],
            text=form.cleaned_data["text"],
            language=(get_language() or "kk")[:2],
            by_organiser=_organises(request, proposal),
        )
        return _there(proposal)

    if answer := send(request, form, act, _("The note is public.")):
        return answer
    return _page(request, "budgeting/proposal_note.html", form, proposal)


def _organises(request: HttpRequest, proposal: Proposal) -> bool:
    return bool(request.user.has_perm("budgeting.organise_cycle", proposal.cycle))


@PAGE
@requires("budgeting.merge_proposal", public_proposal)
def proposal_merge(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = MergeForm(_sent(request))
    organises = _organises(request, proposal)

    def act() -> str:
        numbered = proposal.cycle.proposals.filter(number=form.cleaned_data["into"])
        into = numbered.public().first()
        if into is None:
            raise NotMergeable
        merge = merge_proposals if organises else ask_merge
        merge(
            by=signed_in(request),
            proposal=proposal,
            into=into,
            reason=form.cleaned_data["reason"],
        )
        return _there(proposal)

    done = _("The proposals are merged.") if organises else _("The other author is asked.")
    if answer := send(request, form, act, done):
        return answer
    return _page(request, "budgeting/proposal_merge.html", form, proposal, organises=organises)


def _asked(slug: str, number: int, merge: int) -> ProposalMerge:
    return get_object_or_404(
        ProposalMerge.objects.select_related(
            "source__dossier", "into__dossier__territory", "into__cycle__dossier__territory"
        ).prefetch_related("source__dossier__texts", "into__dossier__texts"),
        pk=merge,
        into__cycle__slug=slug,
        into__number=number,
        into__cycle__dossier__published_at__isnull=False,
    )


@PAGE
@requires("budgeting.answer_merge", _asked)
def merge_answer(request: HttpRequest, merge: ProposalMerge) -> HttpResponse:
    form = AnswerForm(_sent(request))

    def act() -> str:
        answer_merge(
            by=signed_in(request),
            merge=merge,
            is_accepted=form.cleaned_data["answer"] == "yes",
        )
        return _there(merge.into)

    if answer := send(request, form, act, _("Your answer is kept.")):
        return answer
    return _page(request, "budgeting/proposal_merge_answer.html", form, merge.into, merge=merge)


@PAGE
@requires("budgeting.undo_merge", public_proposal)
def merge_undo(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = ReasonForm(_sent(request))

    def act() -> str:
        undo_merge(
            by=signed_in(request),
            proposal=proposal,
            reason=form.cleaned_data["reason"],
        )
        return _there(proposal)

    done = _("The merge is undone: the proposal goes on by itself.")
    if answer := send(request, form, act, done):
        return answer
    return _page(request, "budgeting/proposal_merge_undo.html", form, proposal)
