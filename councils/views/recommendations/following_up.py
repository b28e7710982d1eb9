"""What a body, or the secretary for it, publishes after its answer: promises, news, acts."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.forms.recommendations import ActForm, CommitmentForm, UpdateForm
from councils.models import Recommendation
from councils.services.recommendations import add_act, add_commitment, add_update
from councils.views.loading import public_recommendation
from councils.views.recommendations.desk import show
from participation.guards import requires
from participation.views.form_pages import person_of, send

writes = require_http_methods(["GET", "HEAD", "POST"])
following_up = requires("councils.follow_up_recommendation", public_recommendation)


@writes
@following_up
def commitment_add(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = CommitmentForm(request.POST or None, recommendation=recommendation)

    def act() -> str:
        data = form.cleaned_data
        add_commitment(
            by=person_of(request),
            recommendation=recommendation,
            answer_due=data["answer_due"],
            text=form.told(),
            due_on=data["due_on"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("The commitment is public.")) or show(
        request, form, recommendation, _("Commit to something by a date"), _("Publish it")
    )


@writes
@following_up
def update_add(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = UpdateForm(request.POST or None, recommendation=recommendation)

    def act() -> str:
        data = form.cleaned_data
        add_update(
            by=person_of(request),
            recommendation=recommendation,
            kind=data["kind"],
            text=form.told(),
            commitment=data["commitment"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("The news is public.")) or show(
        request, form, recommendation, _("Tell how it stands"), _("Publish it")
    )


@writes
@following_up
def act_add(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    form = ActForm(request.POST or None)

    def act() -> str:
        data = form.cleaned_data
        add_act(
            by=person_of(request),
            recommendation=recommendation,
            body=data["body"],
            number=data["number"],
            name=form.name(),
            adopted_on=data["adopted_on"],
            url=data["url"],
        )
        return recommendation.get_absolute_url()

    return send(request, form, act, _("The act stands with the recommendation.")) or show(
        request, form, recommendation, _("Name the act that carries it out"), _("Publish it")
    )
