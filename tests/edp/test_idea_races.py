"""Two people at the same idea at the same moment, on real connections."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import User
from edp.models import DiscoveryProcess, Idea, NeedMatch, Stage
from edp.services.ideas import (
    IdeaDecided,
    NotMergeable,
    SourcesMissing,
    admit_idea,
    merge_ideas,
    screen_out_idea,
    start_idea,
    submit_idea,
)
from edp.services.needs import confirm_match
from edp.services.pledges import AlreadyPledged, make_pledge
from participation.models import Territory
from tests.budgeting.ballot_box import at_once, errors_in
from tests.edp.making import make_process
from tests.edp.making_ideas import idea_words, make_draft, make_idea, make_statement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.DISCOVERY, territory=city)


def refused(results: list[Any]) -> list[type]:
    return [type(error) for error in errors_in(results)]


def test_numbers_have_no_gaps_and_no_repeats(process: DiscoveryProcess, alice: User) -> None:
    start = partial(start_idea, by=alice, process=process, words=idea_words())
    assert not errors_in(at_once(start, start, start))
    assert sorted(process.ideas.values_list("number", flat=True)) == [1, 2, 3]


def test_of_two_decisions_the_second_is_refused(process: DiscoveryProcess, bob: User) -> None:
    idea = make_idea(process)
    results = at_once(
        partial(admit_idea, by=bob, idea=idea),
        partial(screen_out_idea, by=bob, idea=idea, reasons="Не здесь"),
    )
    assert refused(results) == [IdeaDecided]


def test_two_merges_crosswise_end_in_one(process: DiscoveryProcess, bob: User) -> None:
    first, second = make_idea(process), make_idea(process)
    merge = partial(merge_ideas, by=bob, reasons="Одно")
    results = at_once(
        partial(merge, idea=first, into=second), partial(merge, idea=second, into=first)
    )
    assert refused(results) == [NotMergeable]
    assert Idea.objects.filter(state="merged").count() == 1


def test_a_pledge_made_twice_at_once_is_one(process: DiscoveryProcess, alice: User) -> None:
    pledge = partial(make_pledge, by=alice, idea=make_idea(process), kind="data", text="Данные")
    assert refused(at_once(pledge, pledge)) == [AlreadyPledged]


def test_both_authors_at_once_confirm_a_match(
    process: DiscoveryProcess, alice: User, charlie: User
) -> None:
    match = NeedMatch.objects.create(
        need=make_statement(process, author=alice),
        offer=make_statement(process, kind="offer", author=charlie),
        likeness=50,
    )
    results = at_once(
        *(partial(confirm_match, by=by, match=match, for_all=False) for by in (alice, charlie))
    )
    assert not errors_in(results)
    match.refresh_from_db()
    assert match.state == "confirmed"


def test_the_last_source_does_not_go_while_the_idea_is_sent(
    process: DiscoveryProcess, alice: User
) -> None:
    idea = make_draft(process, alice)
    source = idea.sources.get()
    results = at_once(partial(submit_idea, by=alice, idea=idea), source.delete)
    idea.refresh_from_db()
    outcome = (refused(results), idea.state, idea.sources.count())
    assert outcome in (([IntegrityError], "submitted", 1), ([SourcesMissing], "draft", 0))
