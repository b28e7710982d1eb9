"""Who × what in one readable line above a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

View = Callable[..., HttpResponseBase]
Load = Callable[..., Any]


def requires(permission: str | None, load: Load) -> Callable[[View], View]:
    """Call the view with the object that the address names.

    404 where there is none, and also where the person lacks the permission: things of others
    do not show that they exist. Who is not signed in is asked to sign in first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            # Before the thing is looked up: a stranger must not learn which drafts exist.
            if permission is not None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            thing = load(**kwargs)
            if permission is not None and not request.user.has_perm(permission, thing):
                raise Http404
            return view(request, thing)

        return guarded

    return decorate
