"""Works of winners: what may be told when, and what the database keeps for good."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.multilingual import Told
from accounts.services import erase_person
from budgeting.models import Cycle, DiaryEntry, Election, Milestone, Work, WorkMoney
from budgeting.services import works
from budgeting.services.works import Photo
from budgeting.works_reading import archive, works_of
from participation.models import Event
from participation.uploads import examine
from tests.budgeting.pages import decide
from tests.conftest import Make
from tests.participation.test_uploads import picture

Kind, State = DiaryEntry.Kind, Work.State
TODAY, DAY = timezone.localdate, timedelta(days=1)
WORDS = Told("Жұмыс жүріп жатыр", "Работа идёт", "Work goes on")
NAME = Told("Іргетас", "Фундамент", "Foundations")


@pytest.fixture
def work(election: Election, bob: User) -> Work:
    """Of project 1 at 300. Project 4 won with it, and 2 fitted in beside them."""
    decide(election, bob, [["1", "4"]] * 3)
    return Work.objects.get(award__proposal__number=1)


@pytest.fixture
def milestone(work: Work, bob: User) -> Milestone:
    return works.plan_milestone(by=bob, work=work, name=NAME, due_on=TODAY() + 10 * DAY)


def turn(work: Work, kind: str) -> DiaryEntry:
    return works.turn_work(by=None, work=work, kind=kind, on=TODAY(), told=WORDS)


def test_each_winner_has_a_work_with_what_it_won(work: Work, cycle: Cycle) -> None:
    won = {row.work.award.proposal.number: row.work.planned for row in works_of(cycle)}
    assert won == {1: 300, 4: 200, 2: 400}
    assert {row.work.state for row in works_of(cycle)} == {State.PLANNED}


def test_a_day_is_put_off_with_a_reason_and_keeps_the_first(milestone: Milestone) -> None:
    later = milestone.due_on + 30 * DAY
    works.put_off(by=None, milestone=milestone, due_on=later, reason=WORDS)
    milestone.refresh_from_db()
    assert (milestone.due_on, milestone.days_moved) == (later, 30)
    entry = milestone.told.get()
    assert (entry.kind, entry.moved_to, entry.text_ru) == (Kind.DELAY, later, WORDS.ru)
    with pytest.raises(works.SameDay):
        works.put_off(by=None, milestone=milestone, due_on=later, reason=WORDS)


def test_reaching_the_first_milestone_begins_the_work(milestone: Milestone) -> None:
    works.reach_milestone(by=None, milestone=milestone, on=TODAY(), told=WORDS)
    milestone.work.refresh_from_db()
    assert milestone.work.state == State.UNDER_WAY
    with pytest.raises(works.ReachedAlready):
        works.reach_milestone(by=None, milestone=milestone, on=TODAY(), told=WORDS)
    with pytest.raises(works.ReachedAlready):
        works.put_off(by=None, milestone=milestone, due_on=TODAY(), reason=WORDS)


def test_a_work_is_finished_when_its_milestones_are(milestone: Milestone) -> None:
    work = milestone.work
    turn(work, Kind.BEGUN)
    with pytest.raises(works.MilestonesOpen):
        turn(work, Kind.DONE)
    works.reach_milestone(by=None, milestone=milestone, on=TODAY(), told=WORDS)
    turn(work, Kind.DONE)
    work.refresh_from_db()
    assert (work.state, works.turns_of(work)) == (State.DONE, [])
    with pytest.raises(works.NotNow):
        works.plan_milestone(by=None, work=work, name=NAME, due_on=TODAY())


def test_what_is_stopped_goes_on_before_anything_is_reached(milestone: Milestone) -> None:
    work = milestone.work
    turn(work, Kind.STOPPED)
    with pytest.raises(works.NotNow):
        works.reach_milestone(by=None, milestone=milestone, on=TODAY(), told=WORDS)
    with pytest.raises(works.NotNow):
        turn(work, Kind.BEGUN)
    turn(work, Kind.RESUMED)
    works.reach_milestone(by=None, milestone=milestone, on=TODAY(), told=WORDS)


def test_nothing_is_told_of_days_to_come(work: Work, milestone: Milestone) -> None:
    tomorrow = TODAY() + DAY
    with pytest.raises(works.DayToCome):
        works.report_work(by=None, work=work, on=tomorrow, told=WORDS)
    with pytest.raises(works.DayToCome):
        works.reach_milestone(by=None, milestone=milestone, on=tomorrow, told=WORDS)
    milestone.refresh_from_db()
    assert milestone.reached_on is None


def test_a_correction_takes_no_more_than_was_entered(work: Work, cycle: Cycle) -> None:
    entry = {"work": work, "on": TODAY(), "document": "№ 12", "by": None}
    works.enter_money(kind="spent", amount=120, **entry)  # type: ignore[arg-type]
    works.enter_money(kind="spent", amount=-20, **entry)  # type: ignore[arg-type]
    with pytest.raises(works.BelowNothing):
        works.enter_money(kind="spent", amount=-101, **entry)  # type: ignore[arg-type]
    with pytest.raises(works.BelowNothing):  # each kind is a sum of its own
        works.enter_money(kind="contracted", amount=-1, **entry)  # type: ignore[arg-type]
    row = next(row for row in works_of(cycle) if row.work.pk == work.pk)
    assert (row.work.spent, row.work.contracted, row.spent_percent) == (100, 0, 33)


def test_followers_of_the_proposal_hear_of_it(work: Work, bob: User) -> None:
    works.report_work(by=bob, work=work, on=TODAY(), told=WORDS)
    event = Event.objects.get(kind="work_told")
    assert event.dossier_id == work.award.proposal.dossier_id
    assert event.data["path"] == "budgeting/taraz-2027/works/1/"


def test_a_photo_goes_with_who_took_it_and_the_words_stay(work: Work, alice: User) -> None:
    upload = examine("photo.png", picture())
    photos = [Photo(upload, "Іргетас құйылды")]
    entry = works.report_work(by=alice, work=work, on=TODAY(), told=WORDS, photos=photos)
    assert entry.photos.get().attachment.is_image
    with pytest.raises(works.CaptionMissing):
        works.report_work(by=alice, work=work, on=TODAY(), told=WORDS, photos=[Photo(upload, " ")])
    erase_person(person=alice)
    entry.refresh_from_db()
    assert (entry.text_ru, entry.photos.count()) == (WORDS.ru, 0)


CHANGES = [
    "UPDATE budgeting_diaryentry SET text_ru = 'иначе'",
    "UPDATE budgeting_diaryentry SET written_by_id = (SELECT max(id) FROM accounts_user)",
    "DELETE FROM budgeting_diaryentry",
    "TRUNCATE budgeting_diaryentry CASCADE",
    "UPDATE budgeting_workmoney SET amount = 1",
    "DELETE FROM budgeting_workmoney",
    "UPDATE budgeting_milestone SET due_on = due_on + 5",
    "UPDATE budgeting_milestone SET planned_on = planned_on + 5",
    "UPDATE budgeting_milestone SET name_ru = 'другое'",
    "DELETE FROM budgeting_milestone",
    "UPDATE budgeting_participation SET tables = '{}'",
    "DELETE FROM budgeting_participation",
    'INSERT INTO budgeting_workmoney (work_id, kind, amount, "on", document, entered_at) '
    "SELECT id, 'spent', 0, now(), '№ 1', now() FROM budgeting_work LIMIT 1",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_raw_sql_cannot_rewrite_what_was_told(sql: str, work: Work, milestone: Milestone) -> None:
    works.report_work(by=None, work=work, on=TODAY(), told=WORDS)
    works.enter_money(by=None, work=work, kind="spent", amount=5, on=TODAY(), document="№ 1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_reached_milestone_stays_reached(milestone: Milestone) -> None:
    works.reach_milestone(by=None, milestone=milestone, on=TODAY(), told=WORDS)
    with pytest.raises(DatabaseError), transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(reached_on=None)


def test_the_archive_tells_what_became_of_a_budget(
    work: Work, cycle: Cycle, make_cycle: Make, bob: User
) -> None:
    make_cycle("taraz-2026")  # nothing is decided there
    works.enter_money(by=bob, work=work, kind="spent", amount=70, on=TODAY(), document="№ 1")
    turn(work, Kind.BEGUN)
    turn(work, Kind.DONE)
    (year,) = archive()
    assert year.cycle == cycle
    assert (year.amount, year.winners, year.done, year.spent, year.voters) == (1000, 3, 1, 70, 3)


def test_a_work_is_entrusted_to_a_body(work: Work, bob: User) -> None:
    body = Organisation.objects.create(helix="government", name_kk="Жолдар", name_ru="Дороги")
    works.entrust_work(by=bob, work=work, body=body)
    work.refresh_from_db()
    assert work.body == body
    assert WorkMoney.objects.count() == 0
