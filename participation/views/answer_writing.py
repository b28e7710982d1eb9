"""Writing one answer: draft, preview, publication, correction; and its clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from participation.answer_forms import AnswerForm, ClockForm, CorrectionForm, templates_for
from participation.answer_pages import status_of
from participation.errors import Refused
from participation.guards import requires
from participation.models import AnswerDue
from participation.services import answers
from participation.views.form_pages import act_once, form_page

writes = require_http_methods(["GET", "HEAD", "POST"])


def any_due(number: int) -> AnswerDue:
    rows = AnswerDue.objects.for_display().select_related("draft", "comment__author")
    return get_object_or_404(rows, pk=number)


@writes
@requires("participation.give_answer", any_due)
def answer_write(request: HttpRequest, answer_due: AnswerDue) -> HttpResponse:
    if answer_due.is_answered:
        return redirect(answer_due)
    if request.method == "POST":
        return _sent(request, answer_due, request.POST.get("step", "save"))
    return _written(request, answer_due, AnswerForm(initial=_initial(request, answer_due)))


def _sent(request: HttpRequest, answer_due: AnswerDue, step: str) -> HttpResponse:
    """One of the buttons: keep the draft, take a template, look at it, go back, publish."""
    if step == "template":
        return _written(request, answer_due, _with_template(request, answer_due))
    form = AnswerForm(request.POST)
    if not form.is_valid() or (step in {"preview", "publish"} and form.missing(answer_due)):
        return _written(request, answer_due, form, status=422)
    if step == "edit":
        return _written(request, answer_due, AnswerForm(initial=form.cleaned_data))
    if step == "preview":
        return _preview(request, answer_due, form)
    if step == "publish":
        return _published(request, answer_due, form)
    return _saved(request, answer_due, form)


def _published(request: HttpRequest, answer_due: AnswerDue, form: AnswerForm) -> HttpResponse:
    def act() -> str:
        answers.publish_answer(
            by=request.user,  # type: ignore[arg-type]
            answer_due=answer_due,
            words=form.words(),
        )
        return answer_due.get_absolute_url()

    led_on = act_once(request, form, act, _("The answer is public now."))
    return led_on or _written(request, answer_due, form, status=422)


def _saved(request: HttpRequest, answer_due: AnswerDue, form: AnswerForm) -> HttpResponse:
    """Keep the draft; the form's number is not asked, since its revision tells a repeat."""
    try:
        answers.save_draft(
            by=request.user,  # type: ignore[arg-type]
            answer_due=answer_due,
            revision=form.cleaned_data["revision"],
            **form.draft(),
        )
    except Refused as refusal:
        return _written(request, answer_due, _refused(request, answer_due, refusal), status=422)
    messages.success(request, _("The draft is kept."))
    return redirect("participation:answer-write", answer_due.pk)


def _refused(request: HttpRequest, answer_due: AnswerDue, refusal: Refused) -> AnswerForm:
    """What was typed, now on top of the draft that is kept: saving again replaces that one."""
    typed = request.POST.copy()
    draft = getattr(answer_due, "draft", None)
    typed["revision"] = str(draft.revision if draft else 0)
    form = AnswerForm(typed)
    form.is_valid()
    form.add_error(None, f"{refusal} {refusal.way_out}".strip())
    return form


def _initial(request: HttpRequest, answer_due: AnswerDue) -> dict[str, Any]:
    """The draft, or an empty one with the reader's own name and post."""
    draft = getattr(answer_due, "draft", None)
    if draft is not None:
        return {name: getattr(draft, name) for name in (*AnswerForm.WORDS, "revision")}
    person: User = request.user  # type: ignore[assignment]
    now = person.affiliations.valid_on(timezone.localdate())
    own = now.filter(organisation=answer_due.addressee_id).first()
    return {"signed_name": person.name, "signed_post": own.position if own else ""}


def _with_template(request: HttpRequest, answer_due: AnswerDue) -> AnswerForm:
    """What was typed, with the texts of a template put in where nothing was typed yet."""
    typed = request.POST.copy()
    number = typed.get("template", "")
    known = templates_for(answer_due.addressee)
    template = (
        known.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    )
    for name, text in (template.words() if template else {}).items():
        if not typed.get(name, "").strip():
            typed[name] = text
    return AnswerForm(typed)


def _written(
    request: HttpRequest, answer_due: AnswerDue, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    return render(
        request,
        "participation/answer_write.html",
        {
            "due": answer_due,
            "status": status_of(answer_due, today, answers.current_calendar()),
            "form": form,
            "templates": templates_for(answer_due.addressee),
            "draft": getattr(answer_due, "draft", None),
        },
        status=status,
    )


def _preview(request: HttpRequest, answer_due: AnswerDue, form: AnswerForm) -> HttpResponse:
    today = timezone.localdate()
    calendar = answers.current_calendar()
    return render(
        request,
        "participation/answer_preview.html",
        {
            "due": answer_due,
            "form": form,
            "words": form.words(),
            "label": dict(form.fields["disposition"].choices)[form.cleaned_data["disposition"]],  # type: ignore[attr-defined]
            "days_late": calendar.working_days(answer_due.due_on, today),
        },
    )


@writes
@requires("participation.give_answer", any_due)
def answer_correct(request: HttpRequest, answer_due: AnswerDue) -> HttpResponse:
    last = answer_due.answer
    if last is None:
        raise Http404
    initial = {name: getattr(last, name) for name in AnswerForm.WORDS}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and not form.missing(answer_due):

        def act() -> str:
            answers.correct_answer(
                by=request.user,  # type: ignore[arg-type]
                answer_due=answer_due,
                words=form.words(),
                reason=form.cleaned_data["reason"],
            )
            return answer_due.get_absolute_url()

        if response := act_once(request, form, act, _("The correction is public now.")):
            return response
    return form_page(request, "participation/answer_correct.html", form, due=answer_due)


@writes
@requires("participation.give_answer", any_due)
def answer_clock(request: HttpRequest, answer_due: AnswerDue) -> HttpResponse:
    if answer_due.is_answered:
        return redirect(answer_due)
    form = ClockForm(request.POST or None, is_paused=answer_due.paused_on is not None)
    template = "participation/answer_clock.html"
    if request.method == "POST" and form.is_valid():
        act = _clock_act(request, answer_due, form)
        if response := act_once(request, form, act, _("The change and its reason are public now.")):
            return response
    return form_page(request, template, form, due=answer_due)


def _clock_act(request: HttpRequest, answer_due: AnswerDue, form: ClockForm) -> Callable[[], str]:
    data = form.cleaned_data
    given: dict[str, Any] = {"by": request.user, "answer_due": answer_due, "reason": data["reason"]}

    def act() -> str:
        if data["act"] == "extend":
            answers.extend_clock(**given, working_days=data["working_days"])
        elif data["act"] == "pause":
            answers.pause_clock(**given)
        else:
            answers.resume_clock(**given)
        return answer_due.get_absolute_url()

    return act
