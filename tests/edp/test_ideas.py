"""The way of an idea through services and triggers: from the draft to admission or refusal."""

from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Affiliation, User
from edp.facts.discovery import facts_of
from edp.facts.funnel import funnel_of
from edp.facts.idea_counts import idea_counts
from edp.models import DiscoveryProcess, Idea, SpecialisationResult, Stage
from edp.services.ideas import (
    BareSector,
    IdeaDecided,
    IdeaIncomplete,
    IdeasClosed,
    NotInReview,
    ReasonsMissing,
    SourceElsewhere,
    SourcesMissing,
    add_source,
    admit_idea,
    remove_source,
    return_idea,
    rewrite_idea,
    screen_out_idea,
    start_idea,
    submit_idea,
    take_up_again,
    translate_idea,
)
from edp.surprise import is_surprise
from participation.models import DossierLink, Event, Follow, JournalEntry, Territory
from tests.conftest import as_restore
from tests.edp.making import make_body, make_process
from tests.edp.making_ideas import (
    idea_words,
    make_draft,
    make_idea,
    make_result,
    make_statement,
    make_workshop,
)


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.DISCOVERY, territory=city)


def set_stage(process: DiscoveryProcess, stage: str) -> None:
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=stage)
    process.refresh_from_db()


def sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# --- Writing and submitting ---------------------------------------------------------------------


def test_a_draft_is_kept_and_nobody_else_sees_it(process: DiscoveryProcess, alice: User) -> None:
    idea = start_idea(by=alice, process=process, words=idea_words("Только название", market=""))
    assert (idea.state, idea.number, idea.helix) == ("draft", 1, "civil_society")
    assert idea.dossier.published_at is None
    assert idea.dossier.path == "edp/zhambyl/ideas/1/"


def test_a_submitted_idea_is_public_followed_and_recorded(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea = make_idea(process, alice)
    dossier = idea.dossier
    dossier.refresh_from_db()
    assert (idea.state, dossier.state) == ("submitted", "submitted")
    assert dossier.published_at is not None
    assert dossier.summary == " · ".join(idea.parts.values())
    assert Follow.objects.filter(person=alice, dossier=dossier).exists()
    assert JournalEntry.objects.filter(dossier=dossier, kind="edp.idea_submitted").exists()
    assert Event.objects.get(kind="idea_submitted").fan_out.roles == ["organiser"]


@pytest.mark.parametrize(
    "stage", ["draft", "preparation", "mapping", "closed", "suspended", "cancelled"]
)
def test_at_these_stages_ideas_are_refused(
    process: DiscoveryProcess, alice: User, stage: str
) -> None:
    draft = make_draft(process, alice)
    set_stage(process, stage)
    with pytest.raises(IdeasClosed):
        start_idea(by=alice, process=process, words=idea_words())
    with pytest.raises(IdeasClosed):
        submit_idea(by=alice, idea=draft)


@pytest.mark.parametrize(
    "stage",
    ["discovery", "evaluation", "consultation", "adoption", "implementation", "review"],
)
def test_at_these_stages_ideas_are_welcome(
    process: DiscoveryProcess, alice: User, stage: str
) -> None:
    set_stage(process, stage)
    assert make_idea(process, alice).state == "submitted"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"capability": "Развитие туризма"}, BareSector),
        ({"market": "Ауыл шаруашылығын дамыту"}, BareSector),
        ({"technology": ""}, IdeaIncomplete),
        ({"title": " "}, IdeaIncomplete),
    ],
)
def test_half_an_idea_is_sent_back(
    process: DiscoveryProcess, alice: User, words: dict[str, str], refusal: type[Exception]
) -> None:
    draft = make_draft(process, alice, **words)
    with pytest.raises(refusal):
        submit_idea(by=alice, idea=draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_idea_without_a_source_is_not_taken(process: DiscoveryProcess, alice: User) -> None:
    with pytest.raises(SourcesMissing):
        submit_idea(by=alice, idea=make_draft(process, alice, sources=()))


def test_the_helix_is_that_of_the_organisation_and_stays(
    process: DiscoveryProcess, alice: User
) -> None:
    firm = make_body("ТОО «Гипс»", "business")
    Affiliation.objects.create(person=alice, organisation=firm, valid_from="2026-01-01")
    idea = make_idea(process, alice, organisation=firm)
    assert idea.helix == "business"
    Affiliation.objects.filter(person=alice).update(valid_to="2026-01-02")
    idea.refresh_from_db()
    assert idea.helix == "business"


def test_sources_are_public_things_of_the_same_process(
    process: DiscoveryProcess, city: Territory, alice: User
) -> None:
    draft = make_draft(process, alice, sources=())
    other = make_process(city, slug="other", stage=Stage.DISCOVERY, territory=city)
    hidden = make_statement(process, published_at=None, has_consent=False)
    for thing in (make_statement(other), hidden):
        with pytest.raises(SourceElsewhere):
            add_source(idea=draft, thing=thing)
    statement = make_statement(process)
    first, again = (add_source(idea=draft, thing=statement) for _ in range(2))
    assert first == again
    remove_source(source=first)
    assert not draft.sources.exists()


def test_once_submitted_neither_words_nor_sources_change(
    process: DiscoveryProcess, alice: User
) -> None:
    idea = make_idea(process, alice)
    with pytest.raises(IdeaDecided):
        rewrite_idea(idea=idea, words=idea_words("Иначе"))
    with pytest.raises(IdeaDecided):
        add_source(idea=idea, thing=make_statement(process))
    with pytest.raises(IdeaDecided):
        remove_source(source=idea.sources.get())
    with pytest.raises(IdeaDecided):
        submit_idea(by=alice, idea=idea)


def test_workshop_and_idea_stand_in_one_chain(process: DiscoveryProcess, alice: User) -> None:
    workshop = make_workshop(process)
    statement = make_statement(process, workshop=workshop)
    idea = make_idea(process, alice, sources=(statement,))
    links = DossierLink.objects.filter(target=idea.dossier)
    assert [link.source for link in links] == [workshop.dossier]


# --- Admission ----------------------------------------------------------------------------------


def test_admission_tells_the_proposer_and_the_record(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea = admit_idea(by=bob, idea=make_idea(process, alice))
    assert (idea.state, idea.is_surprise) == ("admitted", True)
    event = Event.objects.get(kind="idea_decided")
    assert event.deliveries.filter(recipient=alice).exists()
    assert JournalEntry.objects.filter(kind="edp.idea_admitted", actor=bob).exists()
    with pytest.raises(IdeaDecided):
        admit_idea(by=bob, idea=idea)


def test_a_returned_idea_is_completed_and_sent_again(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea = make_idea(process, alice)
    with pytest.raises(ReasonsMissing):
        return_idea(by=bob, idea=idea, reasons=" ")
    idea = return_idea(by=bob, idea=idea, reasons="Кто покупатель?")
    assert (idea.state, idea.reason) == ("returned", "Кто покупатель?")
    rewrite_idea(idea=idea, words=idea_words(market="заводы сухих смесей"))
    idea = submit_idea(by=alice, idea=idea)
    assert (idea.state, idea.reason, idea.market) == ("submitted", "", "заводы сухих смесей")


def test_an_idea_left_out_keeps_its_reasons(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea = screen_out_idea(by=bob, idea=make_idea(process, alice), reasons="Не в регионе")
    assert (idea.state, idea.dossier.state) == ("screened_out", "screened_out")
    with pytest.raises(IdeaDecided):
        submit_idea(by=alice, idea=idea)


@pytest.mark.parametrize(
    ("origin", "signals", "plan", "expected"),
    [
        ("bottom_up", [], "", True),
        ("bottom_up", ["", ""], "", True),
        ("bottom_up", ["", "potential"], "", False),
        ("bottom_up", [], "Программа развития", False),
        ("mapping", [], "", False),
        ("existing_plan", [], "", False),
    ],
)
def test_what_a_surprise_is(origin: str, signals: list[str], plan: str, expected: bool) -> None:
    assert is_surprise(origin=origin, signals=signals, named_in_plan=plan) is expected


def test_a_signal_is_looked_for_in_the_published_figures(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    result = make_result(process, activity="C20-21", signal="strength")
    ideas = [make_idea(process, alice, activity_codes=[code]) for code in ("C20-21", "M72")]
    assert [admit_idea(by=bob, idea=idea).is_surprise for idea in ideas] == [False, True]
    # I21: whatever the label says, the state of an idea is not moved by it.
    with as_restore():
        SpecialisationResult.objects.filter(pk=result.pk).update(signal="")
    assert {idea.state for idea in process.ideas.all()} == {"admitted"}


def test_parked_ideas_come_back_in_review_alone(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea = make_idea(process, alice, state="parked")
    with pytest.raises(NotInReview):
        take_up_again(by=bob, idea=idea, reasons="Появилось обещание")
    set_stage(process, Stage.REVIEW)
    assert take_up_again(by=bob, idea=idea, reasons="Появилось обещание").state == "admitted"


def test_a_translation_stands_beside_the_original(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    idea = make_idea(process, alice)
    parts = {"capability": "Gypsum binders", "technology": "firing", "market": "builders"}
    translate_idea(by=bob, idea=idea, language="en", title="Gypsum", parts=parts, body="")
    idea.refresh_from_db()
    assert idea.parts == parts  # the tests read in English
    assert idea.dossier.texts.get(language="en").origin == "checked"
    with pytest.raises(IdeaDecided):
        translate_idea(by=bob, idea=idea, language="ru", title="Иначе", parts=parts, body="")


# --- The database has the last word -------------------------------------------------------------

WAY = {
    "draft": {"submitted"},
    "returned": {"submitted"},
    "submitted": {"admitted", "returned", "screened_out", "merged"},
    "admitted": {"scored", "parked"},
    "scored": {"admitted", "candidate", "parked"},
    "parked": {"admitted"},
    "candidate": {"scored", "parked", "selected", "not_selected"},
}


@pytest.mark.parametrize("before", Idea.State.values)
def test_no_step_is_left_out(process: DiscoveryProcess, alice: User, before: str) -> None:
    other = make_idea(process, alice)
    idea = make_idea(process, alice)
    done = set()
    for after in set(Idea.State.values) - {before}:
        into = {state: other.pk if state == "merged" else None for state in (before, after)}
        with as_restore():
            Idea.objects.filter(pk=idea.pk).update(
                state=before, merged_into=into[before], reason="Причины"
            )
        with suppress(IntegrityError):
            sql(
                "UPDATE edp_idea SET state = %s, merged_into_id = %s WHERE id = %s",
                after,
                into[after],
                idea.pk,
            )
            done.add(after)
    assert done == WAY.get(before, set())


@pytest.mark.parametrize("state", sorted(set(Idea.State.values) - {"draft"}))
def test_an_idea_begins_as_a_draft(process: DiscoveryProcess, state: str) -> None:
    idea = make_draft(process)
    idea.pk, idea.number, idea.state, idea.reason = None, 99, state, "Причины"
    with pytest.raises(IntegrityError), transaction.atomic():
        idea.save(force_insert=True)


def test_no_admitted_idea_comes_from_nothing(process: DiscoveryProcess, alice: User) -> None:
    idea = make_idea(process, alice)
    with as_restore():
        idea.sources.all().delete()
    with pytest.raises(IntegrityError, match="comes from nothing"):
        sql("UPDATE edp_idea SET state = 'admitted' WHERE id = %s", idea.pk)


@pytest.mark.parametrize("state", sorted(set(Idea.State.values) - {"draft", "returned", "merged"}))
def test_sources_of_a_sent_idea_stay(process: DiscoveryProcess, alice: User, state: str) -> None:
    idea = make_idea(process, alice, state=state)
    for statement in ("DELETE FROM edp_ideasource WHERE idea_id = %s",
                      "UPDATE edp_ideasource SET why = '' WHERE idea_id = %s"):  # fmt: skip
        with pytest.raises(IntegrityError, match="stay as they are"):
            sql(statement, idea.pk)


# --- Numbers ------------------------------------------------------------------------------------


def test_the_funnel_counts_each_step(process: DiscoveryProcess, alice: User) -> None:
    statement = make_statement(process)
    for state in ("draft", "submitted", "screened_out", "admitted", "candidate", "parked"):
        if state == "draft":
            make_draft(process, alice, sources=(statement,))
        else:
            make_idea(process, alice, state=state, sources=(statement,))
    process.ideas.filter(state="parked").update(is_surprise=True, origin="mapping")
    funnel = funnel_of(process)
    assert (funnel.statements, funnel.ideas, funnel.admitted) == (1, 5, 3)
    assert (funnel.bottom_up, funnel.surprises) == (2, 1)
    assert funnel.steps[2] == ("admitted", 3, Fraction(3, 5))
    assert funnel.bottom_up_share == Fraction(2, 3)
    counts = idea_counts(process)
    assert (counts.admitted, counts.without_source) == (3, 0)
    assert (facts_of(process).ideas, facts_of(process).ideas_without_source) == (3, 0)


def test_an_idea_that_nobody_spoke_of_keeps_the_gate_closed(
    process: DiscoveryProcess, alice: User, bob: User
) -> None:
    """I9: a figure is a source, but from every idea a path leads to what somebody said."""
    draft = make_draft(process, alice, sources=())
    add_source(idea=draft, thing=make_result(process, activity="M72"))
    admit_idea(by=bob, idea=submit_idea(by=alice, idea=draft))
    assert idea_counts(process).without_source == 1


def test_an_empty_funnel_has_no_shares(process: DiscoveryProcess) -> None:
    funnel = funnel_of(process)
    assert [share for _, _, share in funnel.steps] == [None] * 5
    assert funnel.bottom_up_share is None
