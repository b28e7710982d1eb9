"""Matters of a council: the list, one matter as a story in time, its feed, its desk."""

from django.contrib.syndication.views import Feed
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.docket_story import story_of
from councils.feeds import feed_of
from councils.forms.dockets import DocketForm, PapersForm, TieForm
from councils.models import Council, Docket
from councils.services.dockets import add_papers, open_docket, tie_docket
from councils.views.buttons import person_of, send
from councils.views.loading import any_council, public_council, public_docket
from participation.guards import requires
from participation.views.form_pages import form_page

writes = require_http_methods(["GET", "HEAD", "POST"])
FORM = "councils/recommendation_form.html"
