"""The minutes of a hearing: written, signed by two people, published."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from councils.forms.hearing_desk import CorrectionForm, MinutesForm
from councils.models import Meeting, Minutes
from councils.services.hearings import errors
from councils.services.hearings.minutes import write_minutes
from councils.services.meetings import minutes as services
from councils.views.hearings.planning import address, run
from councils.views.loading import any_hearing
from participation.guards import requires
from participation.views.form_pages import person_of, press, send


@require_http_methods(["GET", "HEAD", "POST"])
@run
def minutes_write(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One page: the text, then the signatures, then the publication."""
    last = meeting.minutes.order_by("-version").first()
    corrects = last is not None and last.published_at is not None
    make = CorrectionForm if corrects or (last and last.correction) else MinutesForm
    form = make(request.POST or None, initial=_initial(last))
    here = address("hearing_minutes-write", meeting)

    def write() -> str:
        data = form.cleaned_data
        texts = {code: data[f"text_{code}"] for code in ("kk", "ru", "en")}
        reason = data.get("reason", "")
        write_minutes(by=person_of(request), meeting=meeting, texts=texts, reason=reason)
        return here

    if answer := send(request, form, write, _("Saved. Now the chair and the secretary sign.")):
        return answer
    unsettled = meeting.questions.unsettled().count()
    is_over = meeting.state in services.OVER
    context = {
        "form": form,
        "meeting": meeting,
        "council": meeting.council,
        "draft": last if last and not last.published_at else None,
        "corrects": corrects,
        "due": services.due_dates(meeting) if is_over else None,
        "refusal": _refusal(is_over, unsettled),
        "may_sign": _signers(request, meeting),
        "form_key": uuid4(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "councils/hearing_minutes.html", context, status=status)


def _initial(last: Minutes | None) -> dict[str, Any]:
    if last is None:
        return {}
    texts = {f"text_{code}": getattr(last, f"text_{code}") for code in ("kk", "ru", "en")}
    return texts | {"reason": "" if last.published_at else last.correction}


def _refusal(is_over: bool, unsettled: int) -> Exception | None:
    if not is_over:
        return errors.WrongTime()
    return errors.QuestionsOpen(unsettled) if unsettled else None


def _signers(request: HttpRequest, meeting: Meeting) -> list[str]:
    """As whom this person may sign."""
    by_permission = {"secretary": "councils.keep_council", "chair": "councils.chair_council"}
    return [who for who, perm in by_permission.items() if request.user.has_perm(perm, meeting)]


@require_POST
@requires("councils.run_meeting", lambda slug, number, verb: any_hearing(slug, number))
def minutes_press(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Sign as secretary or chair, or publish."""
    verb = request.resolver_match.kwargs["verb"] if request.resolver_match else ""
    last = meeting.minutes.order_by("-version").first()
    if last is None or (verb != "publish" and verb not in _signers(request, meeting)):
        raise Http404
    by, here = person_of(request), address("hearing_minutes-write", meeting)
    if verb == "publish":
        done = _("The minutes are published, with every question.")
        return press(request, here, lambda: services.publish_minutes(by=by, minutes=last), done)

    def sign() -> None:
        services.sign_minutes(by=request.user, minutes=last, signer=verb)  # type: ignore[arg-type]

    return press(request, here, sign, _("Signed."))
