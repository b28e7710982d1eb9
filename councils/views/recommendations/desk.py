"""What a council and its secretary do: draft, prove, adopt, deliver, give up waiting, ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.recommendations import (
    AdoptForm,
    CheckForm,
    CloseForm,
    DeliverForm,
    EvidenceForm,
    RecommendationForm,
)
from councils.models import Council, Recommendation, RecommendationEvidence
from councils.services import recommendations as services
from councils.services.citizen_checks import open_check
from councils.services.citizen_invitees import invitees_of
from councils.views.loading import (
    any_recommendation,
    evidence_of_draft,
    public_council,
    public_recommendation,
)
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

writes = require_http_methods(["GET", "HEAD", "POST"])
FORM = "councils/recommendation_form.html"
drafting = requires("councils.draft_recommendation", any_recommendation)


def _desk(recommendation: Recommendation) -> str:
    args = [recommendation.council.slug, recommendation.number]
    return reverse("councils:recommendation-draft", args=args)


def show(
    request: HttpRequest,
    form: Any,
    recommendation: Recommendation,
    heading: str,
    button: str,
    *,
    back: str = "",
) -> HttpResponse:
    """A page of one form about a recommendation; it leads back to where the form came from."""
    return form_page(
        request,
        FORM,
        form,
        council=recommendation.council,
        here="recommendations",
        heading=heading,
        button=button,
        back=back or recommendation.get_absolute_url(),
        back_label=recommendation.dossier.title,
    )


@writes
@requires("councils.draft_recommendation", public_council)
def recommendation_create(request: HttpRequest, council: Council) -> HttpResponse:
    form = RecommendationForm(request.POST or None, council=council)

    def act() -> str:
        made = services.draft_recommendation(
            by=person_of(request),
            council=council,
            wordings=form.wordings(),
            docket=form.cleaned_data["docket"],
        )
        return _desk(made)

    return send(request, form, act, _("Kept as a draft. Say what it rests on.")) or form_page(
        request,
        FORM,
        form,
        council=council,
        here="recommendations",
        heading=_("Draft a recommendation"),
        button=_("Keep the draft"),
        back=reverse("councils:recommendation-list", args=[council.slug]),
        back_label=_("Recommendations"),
    )


@require_safe
@drafting
def recommendation_draft(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """Words, evidence and what comes next, for the council alone."""
    return render(
        request,
        "councils/recommendation_draft.html",
        {
            "recommendation": recommendation,
            "council": recommendation.council,
            "texts": recommendation.dossier.texts.order_by("language"),
            "evidence": recommendation.evidence.select_related("dossier").prefetch_related(
                "dossier__texts"
            ),
            "may_keep": request.user.has_perm("councils.keep_council", recommendation),
        },
    )


@writes
@drafting
def recommendation_edit(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = RecommendationForm(
        request.POST or None,
        council=recommendation.council,
        initial=RecommendationForm.initial_of(recommendation),
    )

    def act() -> str:
        services.rewrite_recommendation(
            recommendation=recommendation,
            wordings=form.wordings(),
            docket=form.cleaned_data["docket"],
        )
        return _desk(recommendation)

    return send(request, form, act, _("Kept.")) or show(
        request,
        form,
        recommendation,
        _("Change the draft"),
        _("Keep the draft"),
        back=_desk(recommendation),
    )


@writes
@drafting
def evidence_add(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = EvidenceForm(request.POST or None)
    is_draft = recommendation.state == Recommendation.State.DRAFT
    back = _desk(recommendation) if is_draft else recommendation.get_absolute_url()

    def act() -> str:
        services.add_evidence(
            by=person_of(request), recommendation=recommendation, proof=form.proof()
        )
        return back

    return send(request, form, act, _("Added to what it rests on.")) or show(
        request, form, recommendation, _("Say what it rests on"), _("Add it"), back=back
    )


@require_POST
@requires("councils.draft_recommendation", evidence_of_draft)
def evidence_remove(request: HttpRequest, evidence: RecommendationEvidence) -> HttpResponse:
    return press(
        request,
        _desk(evidence.recommendation),
        lambda: services.remove_evidence(evidence=evidence),
        _("Removed."),
    )


@writes
@requires("councils.keep_council", any_recommendation)
def recommendation_adopt(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = AdoptForm(request.POST or None, council=recommendation.council)

    def act() -> str:
        services.adopt_recommendation(
            by=person_of(request),
            recommendation=recommendation,
            motion=form.cleaned_data["motion"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("Adopted and public. Deliver it next.")) or show(
        request,
        form,
        recommendation,
        _("Name the vote by which it was adopted"),
        _("Publish it"),
        back=_desk(recommendation),
    )


@writes
@requires("councils.keep_council", public_recommendation)
def recommendation_deliver(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    body = recommendation.council.supervised_body_id
    form = DeliverForm(request.POST or None, initial={"bodies": [body]})

    def act() -> str:
        services.deliver_recommendation(
            by=person_of(request),
            recommendation=recommendation,
            bodies=list(form.cleaned_data["bodies"]),
            on=form.cleaned_data["on"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("Delivered. The date of the answer is public.")) or show(
        request, form, recommendation, _("Deliver the recommendation"), _("Deliver it")
    )


@writes
@requires("councils.keep_council", public_recommendation)
def recommendation_close(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = CloseForm(request.POST or None)

    def act() -> str:
        services.close_unanswered(
            by=person_of(request),
            recommendation=recommendation,
            reason=form.cleaned_data["reason"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("Closed. The silence stays visible.")) or show(
        request, form, recommendation, _("Close it unanswered"), _("Close it")
    )


@writes
@requires("councils.keep_council", public_recommendation)
def check_open(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = CheckForm(request.POST or None)

    def act() -> str:
        open_check(
            by=person_of(request),
            recommendation=recommendation,
            invitees=invitees_of(recommendation),
            closes_on=form.cleaned_data["closes_on"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("People are asked from today on.")) or show(
        request, form, recommendation, _("Ask whether it has changed"), _("Ask them")
    )
