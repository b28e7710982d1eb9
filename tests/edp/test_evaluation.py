"""Criteria, interests, sheets: what an evaluation lets people do, and what its triggers refuse."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import Affiliation, User
from edp.models import (
    Assignment,
    Criterion,
    CriterionSet,
    DiscoveryProcess,
    Idea,
    Interest,
    Score,
    Stage,
)
from edp.services.evaluation.criteria import CriterionDraft, preset_drafts, set_criteria
from edp.services.evaluation.panel import (
    assign,
    declare_interest,
    expire_overdue,
    reopen,
    rule_interest,
)
from edp.services.evaluation.refusals import (
    CriteriaFrozen,
    CriterionInUse,
    IsExpired,
    IsLocked,
    IsRecused,
    JustificationMissing,
    NotDeclared,
    NotEvaluating,
    NothingToDeclare,
    NothingToRule,
    NotToReopen,
    NotYours,
    OwnInterest,
    ReasonMissing,
    SheetNotWhole,
    SummaryMissing,
    WaitsForRuling,
    WrongWeights,
)
from edp.services.evaluation.sheets import Given, save_sheet
from participation.models import Event, JournalEntry, Territory
from tests.conftest import as_restore, make_person
from tests.edp.making import make_body, make_process
from tests.edp.making_ideas import make_idea
from tests.edp.panel import (
    HELICES,
    PANEL,
    TOMORROW,
    fill,
    given,
    make_panel,
    person_of,
    recuse,
    refused_by_database,
    seat,
    use_edp_6,
)

pytestmark = pytest.mark.django_db
ROW: list[int | None] = [4, 3, None, 2, 5, 0]


@pytest.fixture
def criteria(process: DiscoveryProcess) -> list[Criterion]:
    return use_edp_6(process)


@pytest.fixture
def idea(process: DiscoveryProcess) -> Idea:
    return make_idea(process, state=Idea.State.ADMITTED)


@pytest.fixture
def task(
    process: DiscoveryProcess, criteria: list[Criterion], idea: Idea, organiser: User
) -> Assignment:
    seats = make_panel(process)
    assign(by=organiser, process=process, seats=seats.values(), ideas=[idea], due_on=TOMORROW)
    return Assignment.objects.get(seat=seats["A2"])


def begin(task: Assignment) -> Assignment:
    declare_interest(by=person_of(task), assignment=task, nature="none")
    task.refresh_from_db()
    return task


# --- Criteria -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("preset", "number"), [("edp-6", 6), ("kidi-4", 4)])
def test_presets_weigh_exactly_one_and_speak_three_languages(preset: str, number: int) -> None:
    drafts = preset_drafts(preset)
    assert len(drafts) == number
    assert sum(draft.weight for draft in drafts) == 1
    assert all(draft.text[c] and draft.anchor[c] for draft in drafts for c in ("kk", "ru", "en"))


def test_own_criteria_replace_a_preset(process: DiscoveryProcess) -> None:
    use_edp_6(process)
    words = {"kk": "Сұрақ", "ru": "Вопрос"}
    own = [
        CriterionDraft("market", Decimal("0.6"), "sources", words, words),
        CriterionDraft("new", Decimal("0.4"), "people", words, words),
    ]
    chosen = set_criteria(by=None, process=process, preset="own", criteria=own)
    rows = chosen.criteria.values_list("code", "weight", "position")
    assert list(rows) == [("market", Decimal("0.6"), 1), ("new", Decimal("0.4"), 2)]
    assert chosen.preset == "own"


@pytest.mark.parametrize("weights", [("0.5", "0.4"), ("1.2", "-0.2"), ("0.5", "0.50001")])
def test_weights_are_parts_of_one(process: DiscoveryProcess, weights: tuple[str, str]) -> None:
    words = {"kk": "Сұрақ", "ru": "Вопрос"}
    drafts = [
        CriterionDraft(f"c{n}", Decimal(weight), "sources", words, words)
        for n, weight in enumerate(weights)
    ]
    with pytest.raises(WrongWeights):
        set_criteria(by=None, process=process, preset="own", criteria=drafts)
    assert not CriterionSet.objects.exists()


def test_the_database_sums_the_weights(criteria: list[Criterion]) -> None:
    statement = "UPDATE edp_criterion SET weight = %s WHERE id = %s"
    assert "sum to 1" in refused_by_database(statement, ["0.26", criteria[0].pk])
    assert "part_of_one" in refused_by_database(statement, ["-0.1", criteria[0].pk])
    refused_by_database("DELETE FROM edp_criterion WHERE id = %s", [criteria[0].pk])


def test_weights_are_frozen_by_the_first_locked_sheet(
    process: DiscoveryProcess, criteria: list[Criterion], task: Assignment, organiser: User
) -> None:
    begin(task)
    save_sheet(by=person_of(task), assignment=task, scores=given(ROW, criteria))
    assert CriterionSet.objects.get().frozen_at is None
    save_sheet(by=person_of(task), assignment=task, scores={}, lock=True)
    assert CriterionSet.objects.get().frozen_at is not None
    with pytest.raises(CriteriaFrozen):
        set_criteria(
            by=organiser, process=process, preset="kidi-4", criteria=preset_drafts("kidi-4")
        )
    pk = criteria[0].pk
    for statement in (
        "UPDATE edp_criterion SET weight = weight WHERE id = %s",
        "UPDATE edp_criterion SET text_kk = 'x' WHERE id = %s",
        "DELETE FROM edp_criterion WHERE id = %s",
        "INSERT INTO edp_criterion (criterion_set_id, code, position, weight, evidence, text_kk,"
        " text_ru, text_en, anchor_kk, anchor_ru, anchor_en) SELECT criterion_set_id, 'more', 9, 0,"
        " 'people', 'a', 'a', '', 'a', 'a', '' FROM edp_criterion WHERE id = %s",
    ):
        assert "frozen" in refused_by_database(statement, [pk])
    assert "frozen" in refused_by_database("UPDATE edp_criterionset SET frozen_at = NULL", [])


def test_a_criterion_with_scores_stays(
    process: DiscoveryProcess, criteria: list[Criterion], task: Assignment, organiser: User
) -> None:
    begin(task)
    save_sheet(by=person_of(task), assignment=task, scores={criteria[0]: Given(3)})
    with pytest.raises(CriterionInUse):
        set_criteria(
            by=organiser, process=process, preset="kidi-4", criteria=preset_drafts("kidi-4")
        )


# --- Tasks and interests ------------------------------------------------------------------------


def test_ideas_are_given_once_and_people_are_told(
    process: DiscoveryProcess, task: Assignment, idea: Idea, organiser: User
) -> None:
    seats = list(process.memberships.filter(group=PANEL))
    assert Assignment.objects.count() == 4
    assert not assign(by=organiser, process=process, seats=seats, ideas=[idea], due_on=TOMORROW)
    assert Event.objects.filter(kind="assessment_assigned").count() == 1


@pytest.mark.parametrize("stage", [Stage.DISCOVERY, Stage.SUSPENDED, Stage.CLOSED])
def test_nothing_is_given_or_scored_at_another_stage(
    process: DiscoveryProcess, task: Assignment, organiser: User, idea: Idea, stage: str
) -> None:
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=stage)
    process.refresh_from_db()
    with pytest.raises(NotEvaluating):
        assign(by=organiser, process=process, seats=[], ideas=[idea], due_on=TOMORROW)
    with pytest.raises(NotEvaluating):
        declare_interest(by=person_of(task), assignment=task, nature="none")


def test_nobody_scores_before_declaring(task: Assignment, criteria: list[Criterion]) -> None:
    with pytest.raises(NotDeclared):
        save_sheet(by=person_of(task), assignment=task, scores=given(ROW, criteria))
    refused_by_database(
        "INSERT INTO edp_score (assignment_id, criterion_id, value, justification,"
        " voided_because) VALUES (%s, %s, 3, '', '')",
        [task.pk, criteria[0].pk],
    )
    refused_by_database("UPDATE edp_assignment SET state = 'scoring' WHERE id = %s", [task.pk])


def test_an_interest_waits_for_a_ruling(
    task: Assignment, criteria: list[Criterion], organiser: User
) -> None:
    person = person_of(task)
    with pytest.raises(SummaryMissing):
        declare_interest(by=person, assignment=task, nature="family", public_summary=" ")
    declare_interest(by=person, assignment=task, nature="family", public_summary="A cousin.")
    with pytest.raises(WaitsForRuling):
        save_sheet(by=person, assignment=task, scores=given(ROW, criteria))
    with pytest.raises(WaitsForRuling):
        declare_interest(by=person, assignment=task, nature="none")
    event = Event.objects.get(kind="interest_declared")
    told = set(event.deliveries.values_list("recipient__email", flat=True))
    assert told == {"organiser@example.org", "a1@example.org"}
    rule_interest(by=organiser, assignment=task, ruling=Interest.Ruling.MAY_SCORE)
    save_sheet(by=person, assignment=task, scores=given(ROW, criteria), lock=True)
    with pytest.raises(NothingToRule):
        rule_interest(by=organiser, assignment=task, ruling=Interest.Ruling.RECUSE)


def test_nobody_rules_on_an_own_interest(task: Assignment) -> None:
    chair = Assignment.objects.get(seat__is_chair=True)
    declare_interest(
        by=person_of(chair), assignment=chair, nature="other", public_summary="A friend."
    )
    with pytest.raises(OwnInterest):
        rule_interest(by=person_of(chair), assignment=chair, ruling=Interest.Ruling.MAY_SCORE)


def test_the_recused_score_neither_by_form_nor_by_raw_sql(
    task: Assignment, criteria: list[Criterion], organiser: User
) -> None:
    recuse(task, organiser)
    with pytest.raises(IsRecused):
        save_sheet(by=person_of(task), assignment=task, scores=given(ROW, criteria))
    with pytest.raises(IsRecused):
        declare_interest(by=person_of(task), assignment=task, nature="none")
    insert = (
        "INSERT INTO edp_score (assignment_id, criterion_id, value, justification, voided_because)"
        " VALUES (%s, %s, 3, '', '')"
    )
    assert "no score by this" in refused_by_database(insert, [task.pk, criteria[0].pk])
    for state in ("scoring", "assigned", "locked"):
        refused_by_database(
            "UPDATE edp_assignment SET state = %s, recused_because = '' WHERE id = %s",
            [state, task.pk],
        )
    refused_by_database("DELETE FROM edp_assignment WHERE id = %s", [task.pk])
    assert not Score.objects.exists()


def test_who_proposed_an_idea_is_recused_by_the_database(
    process: DiscoveryProcess, criteria: list[Criterion], organiser: User
) -> None:
    author = make_person("author@example.org", "Author")
    own = make_idea(process, author, state=Idea.State.ADMITTED)
    (task,) = assign(
        by=organiser, process=process, seats=[seat(process, author)], ideas=[own], due_on=TOMORROW
    )
    task.refresh_from_db()
    assert (task.state, task.recused_because) == ("recused", "proposer")


@pytest.mark.parametrize("how", ["seat", "affiliation", "proposer"])
def test_who_belongs_to_the_proposers_organisation_is_recused(
    process: DiscoveryProcess, criteria: list[Criterion], organiser: User, idea: Idea, how: str
) -> None:
    firm, today = make_body("Firm", "business"), timezone.localdate()
    judge, author = make_person("judge@example.org", "Judge"), make_person("a@example.org", "A")
    if how == "proposer":
        Affiliation.objects.create(person=author, organisation=firm, valid_from=today)
        Idea.objects.filter(pk=idea.pk).update(proposer=author)
    else:
        Idea.objects.filter(pk=idea.pk).update(organisation=firm)
    if how != "seat":
        Affiliation.objects.create(person=judge, organisation=firm, valid_from=today)
    place = seat(process, judge, "business", firm if how == "seat" else None)
    (task,) = assign(by=organiser, process=process, seats=[place], ideas=[idea], due_on=TOMORROW)
    task.refresh_from_db()
    assert (task.state, task.recused_because) == ("recused", "organisation")


def test_an_affiliation_of_the_past_is_no_interest(
    process: DiscoveryProcess, criteria: list[Criterion], organiser: User, idea: Idea
) -> None:
    firm, today = make_body("Firm", "business"), timezone.localdate()
    judge = make_person("judge@example.org", "Judge")
    Affiliation.objects.create(
        person=judge,
        organisation=firm,
        valid_from=today - timedelta(days=90),
        valid_to=today - timedelta(days=30),
    )
    Idea.objects.filter(pk=idea.pk).update(organisation=firm)
    (task,) = assign(
        by=organiser, process=process, seats=[seat(process, judge)], ideas=[idea], due_on=TOMORROW
    )
    task.refresh_from_db()
    assert task.state == "assigned"


def test_who_joins_the_firm_later_can_score_no_more(
    task: Assignment, criteria: list[Criterion]
) -> None:
    begin(task)
    firm = make_body("Firm", "business")
    Idea.objects.filter(pk=task.idea_id).update(organisation=firm)
    Affiliation.objects.create(
        person=person_of(task), organisation=firm, valid_from=timezone.localdate()
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        save_sheet(by=person_of(task), assignment=task, scores=given(ROW, criteria))


def test_a_late_interest_voids_scores_visibly(
    task: Assignment, criteria: list[Criterion], organiser: User
) -> None:
    fill(task, ROW, criteria)
    with pytest.raises(NothingToDeclare):
        declare_interest(by=person_of(task), assignment=task, nature="none")
    recuse(task, organiser, nature="ownership")
    task.refresh_from_db()
    assert (task.state, task.recused_because) == ("recused", "ruling")
    rows = task.scores.all()
    assert {row.voided_because for row in rows} == {"interest"}
    assert [row.value for row in rows.order_by("criterion__position")] == ROW
    assert all(row.voided_at for row in rows)
    assert task.interests.get(nature="ownership").is_late


def test_a_late_interest_without_consequence_locks_the_sheet_again(
    task: Assignment, criteria: list[Criterion], organiser: User
) -> None:
    fill(task, ROW, criteria)
    declare_interest(
        by=person_of(task), assignment=task, nature="other", public_summary="A lecture."
    )
    assert Assignment.objects.get(pk=task.pk).locked_at is None
    rule_interest(by=organiser, assignment=task, ruling=Interest.Ruling.MAY_SCORE)
    task.refresh_from_db()
    assert task.state == "locked"
    assert task.locked_at is not None
    assert task.scores.live().count() == 6


def test_what_was_declared_never_changes(task: Assignment, organiser: User) -> None:
    recuse(task, organiser)
    pk = task.interests.get().pk
    for change in ("nature = 'none'", "ruling = ''", "ruling = 'none'", "public_summary = 'else'"):
        refused_by_database(f"UPDATE edp_interest SET {change} WHERE id = %s", [pk])
    refused_by_database("DELETE FROM edp_interest WHERE id = %s", [pk])
    refused_by_database("TRUNCATE edp_interest CASCADE", [])


# --- Sheets -------------------------------------------------------------------------------------


def test_a_sheet_is_saved_changed_and_locked(task: Assignment, criteria: list[Criterion]) -> None:
    begin(task)
    person = person_of(task)
    save_sheet(by=person, assignment=task, scores={criteria[0]: Given(2)})
    with pytest.raises(SheetNotWhole):
        save_sheet(by=person, assignment=task, scores={}, lock=True)
    save_sheet(by=person, assignment=task, scores=given(ROW, criteria), lock=True)
    task.refresh_from_db()
    assert task.state == "locked"
    values = task.scores.live().order_by("criterion__position").values_list("value", flat=True)
    assert list(values) == ROW
    with pytest.raises(IsLocked):
        save_sheet(by=person, assignment=task, scores={criteria[0]: Given(3)})


@pytest.mark.parametrize("value", [0, 1, 5])
def test_an_end_of_the_scale_needs_reasons(
    task: Assignment, criteria: list[Criterion], value: int
) -> None:
    begin(task)
    with pytest.raises(JustificationMissing):
        save_sheet(by=person_of(task), assignment=task, scores={criteria[0]: Given(value, " ")})
    refused_by_database(
        "INSERT INTO edp_score (assignment_id, criterion_id, value, justification,"
        " voided_because) VALUES (%s, %s, %s, '', '')",
        [task.pk, criteria[0].pk, value],
    )


def test_only_the_assessor_writes_the_sheet(task: Assignment, criteria: list[Criterion]) -> None:
    begin(task)
    stranger = make_person("stranger@example.org", "Stranger")
    with pytest.raises(NotYours):
        save_sheet(by=stranger, assignment=task, scores=given(ROW, criteria))
    with pytest.raises(NotYours):
        declare_interest(by=stranger, assignment=task, nature="none")


def test_nothing_is_scored_after_the_lock_by_raw_sql_either(
    task: Assignment, criteria: list[Criterion]
) -> None:
    fill(task, ROW, criteria)
    pk = task.scores.get(criterion=criteria[0]).pk
    for statement in (
        "UPDATE edp_score SET value = 2 WHERE id = %s",
        "UPDATE edp_score SET justification = 'else' WHERE id = %s",
        "UPDATE edp_score SET value = 2, voided_because = 'reopened' WHERE id = %s",
        "DELETE FROM edp_score WHERE id = %s",
    ):
        refused_by_database(statement, [pk])
    refused_by_database("TRUNCATE edp_score", [])
    refused_by_database("UPDATE edp_assignment SET state = 'scoring' WHERE id = %s", [task.pk])


def test_a_lock_by_raw_sql_needs_a_whole_sheet(task: Assignment, criteria: list[Criterion]) -> None:
    begin(task)
    save_sheet(by=person_of(task), assignment=task, scores={criteria[0]: Given(3)})
    answer = refused_by_database(
        "UPDATE edp_assignment SET state = 'locked', locked_at = now() WHERE id = %s", [task.pk]
    )
    assert "not whole" in answer


def test_a_score_is_on_the_scale_of_its_own_process(
    task: Assignment, criteria: list[Criterion], city: Territory
) -> None:
    begin(task)
    other = use_edp_6(make_process(city, slug="other", stage=Stage.EVALUATION))
    insert = (
        "INSERT INTO edp_score (assignment_id, criterion_id, value, justification, voided_because)"
        " VALUES (%s, %s, %s, 'why', '')"
    )
    assert "another process" in refused_by_database(insert, [task.pk, other[0].pk, 3])
    assert "on_the_scale" in refused_by_database(insert, [task.pk, criteria[0].pk, 6])
    Score.objects.create(assignment=task, criterion=criteria[0], value=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(assignment=task, criterion=criteria[0], value=3)


def test_reopening_keeps_what_was_locked(
    task: Assignment, criteria: list[Criterion], organiser: User
) -> None:
    with pytest.raises(NotToReopen):
        reopen(by=organiser, assignment=task, reason="Why not", due_on=TOMORROW)
    fill(task, ROW, criteria)
    with pytest.raises(ReasonMissing):
        reopen(by=organiser, assignment=task, reason=" ", due_on=TOMORROW)
    reopen(by=organiser, assignment=task, reason="New figures came.", due_on=TOMORROW)
    save_sheet(by=person_of(task), assignment=task, scores={criteria[0]: Given(2)}, lock=True)
    assert task.scores.filter(voided_because="reopened").count() == 6
    assert task.scores.live().get(criterion=criteria[0]).value == 2
    assert task.scores.get(voided_because="reopened", criterion=criteria[0]).value == ROW[0]
    entry = JournalEntry.objects.get(kind="edp.sheet_reopened")
    assert "New figures came." in entry.body


def test_sheets_expire_and_can_be_given_again(
    task: Assignment, criteria: list[Criterion], organiser: User
) -> None:
    assert expire_overdue(TOMORROW) == 0
    assert expire_overdue(TOMORROW + timedelta(days=1)) == 4
    with pytest.raises(IsExpired):
        declare_interest(by=person_of(task), assignment=task, nature="none")
    reopen(by=organiser, assignment=task, reason="Was ill.", due_on=TOMORROW)
    fill(task, ROW, criteria)


def test_helices_of_the_panel_are_those_of_the_seats(task: Assignment) -> None:
    rows = Assignment.objects.order_by("seat").values_list("seat__helix", flat=True)
    assert tuple(rows) == HELICES


def test_a_seat_of_another_process_gets_nothing(
    process: DiscoveryProcess, criteria: list[Criterion], idea: Idea, city: Territory
) -> None:
    other = make_process(city, slug="other", stage=Stage.EVALUATION)
    place = seat(other, make_person("judge@example.org", "Judge"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.create(seat=place, idea=idea, due_on=TOMORROW)
