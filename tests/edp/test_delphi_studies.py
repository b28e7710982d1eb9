"""Delphi: a panel without names, rounds that close for good, and what is told of them."""

import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from accounts.models import User
from edp import delphi
from edp.models import (
    DelphiRating,
    DelphiRound,
    DelphiStudy,
    DelphiSummary,
    DiscoveryProcess,
    PanelInvitation,
    Stage,
)
from edp.panel_keys import PanelKeyMissing, slot_of
from edp.services.delphi.ratings import Answer, own_ratings, rate
from edp.services.delphi.refusals import (
    AlreadyBegun,
    AlreadyInvited,
    NoForesight,
    NoOpenRound,
    NotInvited,
    NotRunning,
    OffScale,
    PanelTooSmall,
    RoundOpen,
    StatementsMissing,
)
from edp.services.delphi.rounds import close_round, open_round, summarise
from edp.services.delphi.studies import (
    Saying,
    begin_study,
    cancel_study,
    create_study,
    invite,
    parameters_of,
)
from edp.tasks import close_due_rounds
from participation.models import Event, Territory
from participation.services import Wording
from tests.conftest import as_restore, make_person
from tests.edp.examples import EXAMPLES
from tests.edp.making import make_process
from tests.edp.panel import refused_by_database

pytestmark = pytest.mark.django_db
ROUNDS = [EXAMPLES["delphi"]["rounds"][f"r{n}"] for n in (1, 2, 3, 4)]
HELICES = ("business", "academia", "government", "civil_society")
# As the worked example: nobody's order is the order of the ratings.
SIZE = 11


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    made = make_process(city, stage=Stage.DISCOVERY)
    with as_restore():
        made.ruleset.data = {"delphi": {"max_rounds": 4}}
        made.ruleset.save()
    return made


@pytest.fixture
def panel(db: None) -> list[User]:
    return [make_person(f"p{n}@example.org", f"Panellist {n}") for n in range(SIZE)]


def make_study(process: DiscoveryProcess, panel: list[User], **fields: Any) -> DelphiStudy:
    study = create_study(
        by=None,
        process=process,
        wordings=[Wording("kk", "Гипс"), Wording("ru", "Гипс"), Wording("en", "Gypsum")],
        statements=[Saying("2030 жылға қарай", "К 2030 году", "By 2030")],
        **fields,
    )
    for n, person in enumerate(panel):
        invite(by=None, study=study, person=person, helix=HELICES[n % 4])
    return study


@pytest.fixture
def study(process: DiscoveryProcess, panel: list[User]) -> DelphiStudy:
    return begin_study(by=None, study=make_study(process, panel))


def begin_round(study: DelphiStudy) -> DelphiRound:
    return open_round(by=None, study=study, closes_at=timezone.now() + timedelta(days=7))


def answer(study: DelphiStudy, panel: list[User], values: list[int], reason: str = "") -> None:
    (statement,) = study.statements.all()
    for person, value in zip(panel, values, strict=False):
        rate(by=person, study=study, answers={statement: Answer(value, reason)})


def hold(study: DelphiStudy, panel: list[User], values: list[int]) -> DelphiSummary:
    begin_round(study)
    answer(study, panel, values)
    closed = close_round(by=None, study=study)
    return closed.summaries.get()


# --- Before it begins ---------------------------------------------------------------------------


def test_a_study_needs_statements_people_and_helices(
    process: DiscoveryProcess, panel: list[User], city: Territory
) -> None:
    words = [Wording("kk", "Гипс")]
    with pytest.raises(StatementsMissing):
        create_study(by=None, process=process, wordings=words, statements=[])
    early = make_process(city, slug="early", stage=Stage.PREPARATION)
    with pytest.raises(NoForesight):
        create_study(by=None, process=early, wordings=words, statements=[Saying("a", "b")])
    small = make_study(process, panel[:7])
    with pytest.raises(PanelTooSmall):
        begin_study(by=None, study=small)
    with pytest.raises(AlreadyInvited):
        invite(by=None, study=small, person=panel[0], helix="business")
    one_helix = make_study(process, [])
    for person in panel:
        invite(by=None, study=one_helix, person=person, helix="business")
    with pytest.raises(PanelTooSmall):
        begin_study(by=None, study=one_helix)


def test_what_has_begun_is_fixed(study: DelphiStudy) -> None:
    assert study.dossier.published_at is not None
    with pytest.raises(AlreadyBegun):
        begin_study(by=None, study=study)
    with pytest.raises(AlreadyBegun):
        invite(by=None, study=study, person=make_person("x@example.org", "X"), helix="business")
    for statement in (
        "UPDATE edp_delphistudy SET rules = '{}' WHERE id = %s",
        "UPDATE edp_delphistudy SET key_fingerprint = '' WHERE id = %s",
        "UPDATE edp_delphistudy SET is_real_time = true WHERE id = %s",
        "UPDATE edp_delphistudy SET state = 'planned' WHERE id = %s",
        "UPDATE edp_delphistatement SET text_ru = 'x' WHERE study_id = %s",
        "DELETE FROM edp_delphistatement WHERE study_id = %s",
        "INSERT INTO edp_delphistatement (study_id, number, text_kk, text_ru, text_en)"
        " VALUES (%s, 2, 'a', 'b', '')",
    ):
        refused_by_database(statement, [study.pk])


# --- The worked example -------------------------------------------------------------------------


def test_four_rounds_of_the_worked_example(
    study: DelphiStudy, panel: list[User], process: DiscoveryProcess
) -> None:
    summaries = [hold(study, panel, told["ratings"]) for told in ROUNDS]
    for found, told in zip(summaries, ROUNDS, strict=True):
        assert [float(v) for v in (found.q1, found.median, found.q3, found.spread)] == [
            told["q1"],
            told["median"],
            told["q3"],
            told["iqr"],
        ]
    assert [summary.change for summary in summaries] == ["", "4/11", "3/11", "1/11"]
    assert [summary.is_stable for summary in summaries] == [False, False, False, True]
    assert [summary.is_consensus for summary in summaries] == [False, False, True, True]
    assert summaries[2].dissenters == 1
    study.refresh_from_db()
    assert study.state == "stable"
    assert DelphiStudy.objects.get(pk=study.pk).dossier.state == "stable"
    with pytest.raises(NotRunning):
        begin_round(study)
    assert Event.objects.filter(kind="delphi_round").count() == 3
    assert Event.objects.filter(kind="delphi_ended").count() == 1


def test_summaries_can_be_computed_again_and_never_change(
    study: DelphiStudy, panel: list[User]
) -> None:
    for told in ROUNDS[:2]:
        hold(study, panel, told["ratings"])
    parameters = parameters_of(study)
    for kept in DelphiSummary.objects.select_related("round", "statement"):
        again = summarise(kept.statement, kept.round, parameters)
        assert again is not None
        for name in ("number", "agreement", "change", "histogram", "is_stable", "stop"):
            assert getattr(again, name) == getattr(kept, name)
        assert float(again.median) == float(kept.median)
    refused_by_database("UPDATE edp_delphisummary SET number = 9", [])
    refused_by_database("DELETE FROM edp_delphisummary", [])
    refused_by_database("TRUNCATE edp_delphisummary", [])


@pytest.mark.parametrize(("values", "state"), [([7] * 7, "below_quorum"), ([], "below_quorum")])
def test_too_few_answers_end_a_study(
    study: DelphiStudy, panel: list[User], values: list[int], state: str
) -> None:
    begin_round(study)
    answer(study, panel, values)
    close_round(by=None, study=study)
    study.refresh_from_db()
    assert study.state == state


def test_the_last_round_ends_a_study(study: DelphiStudy, panel: list[User]) -> None:
    for low in (3, 8, 3, 8):
        hold(study, panel, [1] * low + [9] * (SIZE - low))
    study.refresh_from_db()
    assert study.state == "max_rounds"
    assert DelphiSummary.objects.latest("pk").is_polarised


@pytest.mark.parametrize(
    ("reasons", "stop"),
    [
        (["stable", ""], ""),
        (["stable", "stable"], "stable"),
        (["stable", "max_rounds"], "max_rounds"),
        (["", "below_quorum"], "below_quorum"),
        ([], ""),
    ],
)
def test_a_study_stops_when_each_statement_does(reasons: list[str], stop: str) -> None:
    assert delphi.stop_of(reasons) == stop


# --- Who said what ------------------------------------------------------------------------------


def test_one_rating_a_round_changed_until_it_closes(study: DelphiStudy, panel: list[User]) -> None:
    (statement,) = study.statements.all()
    first = begin_round(study)
    for value in (3, 5):
        rate(by=panel[0], study=study, answers={statement: Answer(value, "Why")})
    rating = DelphiRating.objects.get()
    assert (rating.value, rating.revision) == (5, 2)
    assert own_ratings(panel[0], study)[1, statement.pk].value == 5
    assert own_ratings(panel[1], study) == {}
    with pytest.raises(NotInvited):
        rate(by=make_person("x@example.org", "X"), study=study, answers={})
    for value in (0, 10):
        with pytest.raises(OffScale):
            rate(by=panel[0], study=study, answers={statement: Answer(value)})
    with pytest.raises(RoundOpen):
        begin_round(study)
    close_round(by=None, study=study)
    for change in ("value = 1", "slot = 'x'", "reason = 'x'", "round_id = round_id"):
        refused_by_database(f"UPDATE edp_delphirating SET {change} WHERE id = %s", [rating.pk])
    refused_by_database("DELETE FROM edp_delphirating", [])
    refused_by_database("UPDATE edp_delphiround SET closed_at = NULL WHERE id = %s", [first.pk])
    refused_by_database("DELETE FROM edp_delphiround WHERE id = %s", [first.pk])


def test_no_rating_beside_the_open_round(
    study: DelphiStudy, panel: list[User], process: DiscoveryProcess
) -> None:
    (statement,) = study.statements.all()
    with pytest.raises(NoOpenRound):
        rate(by=panel[0], study=study, answers={statement: Answer(5)})
    opened = begin_round(study)
    other = make_study(process, panel)
    insert = (
        "INSERT INTO edp_delphirating (id, round_id, statement_id, slot, value, reason, revision)"
        " VALUES (gen_random_uuid(), %s, %s, 'a', %s, '', 1)"
    )
    refused_by_database(insert, [opened.pk, other.statements.get().pk, 5])
    refused_by_database(insert, [opened.pk, statement.pk, 10])
    with as_restore():
        DelphiRound.objects.update(
            opened_at=timezone.now() - timedelta(days=2),
            closes_at=timezone.now() - timedelta(hours=1),
        )
    with pytest.raises(NoOpenRound):
        rate(by=panel[0], study=study, answers={statement: Answer(5)})


def test_no_table_joins_a_person_and_a_rating(study: DelphiStudy, panel: list[User]) -> None:
    """Neither by a key, nor by a value that stands in both, nor by order, nor by transaction."""
    begin_round(study)
    answer(study, panel, [5] * SIZE, "Because")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname FROM pg_constraint c JOIN pg_attribute a"
            " ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.conrelid = 'edp_delphirating'::regclass AND c.contype = 'f'"
        )
        keys = {row[0] for row in cursor.fetchall()}
        assert keys == {"round_id", "statement_id"}
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'edp_delphirating'"
        )
        assert {row[0] for row in cursor.fetchall()} == {
            "id", "round_id", "statement_id", "slot", "value", "reason", "revision",
        }  # fmt: skip
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall() if row[0] != "edp_delphirating"]
        slots = DelphiRating.objects.values_list("slot", flat=True)
        for table in tables:
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            told = cursor.fetchone()[0] or ""
            assert not [slot for slot in slots if slot in told], table
    assert DelphiRating._meta.pk.get_internal_type() == "UUIDField"


def test_pseudonyms_need_the_key_file(study: DelphiStudy, panel: list[User]) -> None:
    path = Path(settings.PANEL_KEY_DIR) / f"study-{study.pk}.key"
    assert path.stat().st_mode & 0o777 == 0o400
    slots = {slot_of(study, person) for person in panel}
    assert len(slots) == SIZE
    assert all(re.fullmatch("[0-9a-f]{32}", slot) for slot in slots)
    path.chmod(0o600)
    path.write_bytes(b"x" * 32)
    with pytest.raises(PanelKeyMissing):
        slot_of(study, panel[0])
    path.unlink()
    begin_round(study)
    with pytest.raises(PanelKeyMissing):
        answer(study, panel, [5])
    assert not DelphiRating.objects.exists()


def test_the_same_person_has_another_pseudonym_in_another_study(
    study: DelphiStudy, panel: list[User], process: DiscoveryProcess
) -> None:
    other = begin_study(by=None, study=make_study(process, panel))
    assert slot_of(study, panel[0]) != slot_of(other, panel[0])


# --- Rounds in time -----------------------------------------------------------------------------


def test_rounds_close_when_their_time_is_over(study: DelphiStudy, panel: list[User]) -> None:
    begin_round(study)
    answer(study, panel, [5] * SIZE)
    close_due_rounds()
    assert DelphiRound.objects.get().closed_at is None
    with as_restore():
        DelphiRound.objects.update(
            opened_at=timezone.now() - timedelta(days=2), closes_at=timezone.now()
        )
    close_due_rounds()
    assert DelphiRound.objects.get().closed_at is not None
    assert DelphiSummary.objects.get().number == SIZE


def test_without_rounds_each_snapshot_goes_on_from_the_last(
    process: DiscoveryProcess, panel: list[User]
) -> None:
    study = begin_study(by=None, study=make_study(process, panel, is_real_time=True))
    begin_round(study)
    answer(study, panel, ROUNDS[0]["ratings"])
    close_round(by=None, study=study)
    following = study.rounds.get(closed_at=None)
    assert following.number == 2
    assert following.ratings.count() == SIZE
    answer(study, panel[:1], [9])
    closed = close_round(by=None, study=study)
    assert closed.summaries.get().change == "1/11"
    study.refresh_from_db()
    assert study.state == "stable"


def test_a_cancelled_study_stays_as_it_is(study: DelphiStudy) -> None:
    begin_round(study)
    cancel_study(by=None, study=study)
    with pytest.raises(NotRunning):
        close_round(by=None, study=study)
    with pytest.raises(NotRunning):
        cancel_study(by=None, study=study)


@pytest.mark.django_db(transaction=True)
def test_no_rating_slips_in_behind_the_close(process: DiscoveryProcess, panel: list[User]) -> None:
    """One closes while others rate: each rating is in the summary, or was refused."""
    study = begin_study(by=None, study=make_study(process, panel))
    (statement,) = study.statements.all()
    begin_round(study)
    answer(study, panel[:8], [5] * 8)
    start, refused = threading.Barrier(4), []

    def send(person: User) -> None:
        start.wait()
        try:
            rate(by=person, study=study, answers={statement: Answer(7)})
        except NoOpenRound:
            refused.append(person)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(person,)) for person in panel[8:]]
    for thread in threads:
        thread.start()
    start.wait()
    closed = close_round(by=None, study=study)
    for thread in threads:
        thread.join()
    assert closed.summaries.get().number == DelphiRating.objects.count() == SIZE - len(refused)


def test_people_invited_are_counted_by_helix_only(study: DelphiStudy) -> None:
    counted = PanelInvitation.objects.filter(study=study).values_list("helix", flat=True)
    assert set(counted) == set(HELICES)
