"""A draw step by step: in this order and no other, once announced never changed, and checkable."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

import councils
from accounts.models import User
from accounts.services import erase_person
from councils import draws, randomness
from councils.draw_reading import chance_of, next_in_reserve, panel_tokens, sitting_tokens
from councils.models import Council, Draw, DrawFile, PoolEntry
from councils.services.draws import drawing, errors, lottery, pool
from councils.tasks import make_lotteries
from participation.models import Delivery
from participation.services.journal import first_broken_entry
from tests.councils.selecting import PANEL, SECRETS, make_draw, take_to, volunteer

SCRIPT = Path(councils.__file__).parent / "verify_draw.py"
State = Draw.State


def refused_by_the_database(statement: str, *params: Any) -> str:
    with pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    return str(refusal.value)


def test_rounds_of_the_beacon_and_their_times() -> None:
    noon = datetime(2026, 12, 1, 7, tzinfo=UTC)  # in Astana it is 12
    assert randomness.round_at(noon) == 34435012
    assert randomness.time_of_round(34435012) <= noon < randomness.time_of_round(34435013)


@pytest.mark.parametrize("signature", ["", "zz", "ab" * 47, "ab" * 49])
def test_what_is_no_signature_has_no_value(signature: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        randomness.value_of_signature(signature)


@pytest.mark.django_db
def test_a_draw_with_dice_from_the_pool_to_the_panel(council: Council) -> None:
    draw = make_draw(council, state=State.DRAWN)
    assert draw.drawn_number == 319
    panel = panel_tokens(draw)
    people = dict(draw.entries.values_list("token", "attributes"))
    assert Counter(people[token]["sex"] for token in panel) == {"f": 2, "m": 2}
    assert draw.fairness["least"] == pytest.approx(4 / 20, abs=1e-3)
    assert sum(chance_of(draw, token) for token in people) == 4
    pool_text = draw.files.get(kind="pool").text
    assert pool_text == draws.pool_file(people)
    assert first_broken_entry() is None


@pytest.mark.django_db
def test_secrets_make_the_number_and_a_missing_one_comes_from_its_envelope(
    council: Council,
) -> None:
    draw = make_draw(council, state=State.PUBLISHED, source="reveal")
    first, second, third = draw.commitments.all()
    for commitment, secret in ((first, SECRETS[0]), (second, SECRETS[1])):
        drawing.reveal_secret(by=None, commitment=commitment, secret=secret)
    with pytest.raises(errors.SecretsMissing):
        drawing.draw_panel(by=None, draw=draw)
    with pytest.raises(errors.WrongSecret):
        drawing.reveal_secret(by=None, commitment=third, secret="another")
    sealed = f"sealed {SECRETS[2]}"
    drawing.reveal_secret(by=None, commitment=third, secret=sealed, from_envelope=True)
    draw = drawing.draw_panel(by=None, draw=draw)
    assert draw.randomness == randomness.value_of_secrets([*SECRETS[:2], sealed])
    seed = draws.seed(draw.files.get(kind="lottery").sha256, draw.randomness)
    assert draw.drawn_number == draws.drawn_number(seed, 1000)


@pytest.mark.django_db
def test_a_round_of_the_beacon_is_named_before_it_exists(council: Council) -> None:
    draw = make_draw(council, state=State.PUBLISHED, source="drand")
    assert draw.drand_round
    assert draw.randomness_due_at
    assert randomness.time_of_round(draw.drand_round) == draw.randomness_due_at
    with pytest.raises(errors.WrongSignature):
        drawing.draw_panel(by=None, draw=draw, signature="no")
    signature = "ab" * 48
    draw = drawing.draw_panel(by=None, draw=draw, signature=signature)
    assert draw.randomness == randomness.value_of_signature(signature)


@pytest.mark.django_db
def test_nothing_is_drawn_before_its_time(council: Council) -> None:
    draw = make_draw(council, state=State.FROZEN)
    now = timezone.now()
    with pytest.raises(errors.RandomnessUnnamed):
        lottery.ask_for_lottery(by=None, draw=draw)
    with pytest.raises(errors.RandomnessPast):
        lottery.announce_randomness(by=None, draw=draw, source="dice", due_at=now)
    tomorrow = now + timedelta(days=1)
    draw = lottery.announce_randomness(by=None, draw=draw, source="dice", due_at=tomorrow)
    with pytest.raises(errors.RandomnessPast):
        lottery.publish_lottery(draw=draw, at=tomorrow)
    draw = lottery.publish_lottery(draw=draw)
    with pytest.raises(errors.NotYet):
        drawing.draw_panel(by=None, draw=draw, digits="319")
    for digits in ("", "12", "1000", "٣١٩", "-12"):
        with pytest.raises(errors.NotThree):
            drawing.draw_panel(by=None, draw=draw, digits=digits, at=tomorrow)
    assert drawing.draw_panel(by=None, draw=draw, digits="007", at=tomorrow).drawn_number == 7


@pytest.mark.django_db
def test_a_lottery_is_made_by_a_worker_and_once(council: Council) -> None:
    draw = make_draw(council, state=State.FROZEN)
    tomorrow = timezone.now() + timedelta(days=1)
    draw = lottery.announce_randomness(by=None, draw=draw, source="dice", due_at=tomorrow)
    lottery.ask_for_lottery(by=None, draw=draw)
    make_lotteries()
    make_lotteries()
    draw.refresh_from_db()
    assert draw.state == State.PUBLISHED
    assert draw.files.filter(kind="lottery").count() == 1


@pytest.mark.django_db
def test_three_parties_at_least_leave_a_secret(council: Council) -> None:
    draw = make_draw(council, state=State.FROZEN)
    tomorrow = timezone.now() + timedelta(days=1)
    draw = lottery.announce_randomness(by=None, draw=draw, source="reveal", due_at=tomorrow)
    for number in (1, 2):
        lottery.commit_to_secret(
            by=None,
            draw=draw,
            party=f"P{number}",
            sha256=randomness.commitment_to(f"{number}"),
            envelope_sha256=randomness.commitment_to(f"sealed {number}"),
        )
    with pytest.raises(errors.TooFewParties):
        lottery.ask_for_lottery(by=None, draw=draw)
    DrawFile.objects.create(draw=draw, kind="lottery", text="T\n", sha256=draws.fingerprint("T\n"))
    assert "after all commitments" in refused_by_the_database(
        "UPDATE councils_draw SET state = 'lottery_published', lottery_published_at = now()"
    )


@pytest.mark.django_db
def test_quotas_that_no_panel_meets_are_explained_before_the_freeze(council: Council) -> None:
    draw = pool.prepare_draw(
        by=None, council=council, wordings=PANEL, size=6,
        registers_until=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    for code, values in (("sex", "fm"), ("helix", "cba")):
        low = 6 // len(values)
        pool.set_feature(
            by=None, draw=draw, code=code, names=(code, code, code), source="",
            values=[pool.Value(v, v.upper(), v.upper(), v.upper(), low, low) for v in values],
        )  # fmt: skip
    draw = pool.open_pool(by=None, draw=draw)
    table = [("f", "c", 6), ("m", "b", 3), ("m", "a", 3)]
    people = [
        pool.Volunteer("", "", {"sex": sex, "helix": helix})
        for sex, helix, number in table
        for _ in range(number)
    ]
    pool.enter_volunteers(by=None, draw=draw, people=people)
    with pytest.raises(errors.NoPanelPossible) as refusal:
        pool.freeze_pool(by=None, draw=draw)
    assert "sex: F: at least 3 → 2; sex: M: at most 3 → 4" in str(refusal.value.way_out)
    draw.refresh_from_db()
    assert draw.state == State.DRAFT
    assert not draw.files.exists()


@pytest.mark.django_db
def test_a_pool_is_drawn_from_once(council: Council, alice: User) -> None:
    draw = make_draw(council, state=State.FROZEN)
    drawing.void_draw(by=None, draw=draw, reasons="A quota was wrong.")
    again = make_draw(council, people=0)
    # The same tokens with the same attributes.
    PoolEntry.objects.bulk_create(
        PoolEntry(draw=again, token=e.token, attributes=e.attributes, consented_at=e.consented_at)
        for e in draw.entries.all()
    )
    with pytest.raises(errors.DrawnFromBefore):
        pool.freeze_pool(by=None, draw=again)
    volunteer(again, alice)
    assert pool.freeze_pool(by=None, draw=again).state == State.FROZEN


@pytest.mark.django_db
def test_who_volunteers_may_change_their_mind_until_the_freeze(
    council: Council, alice: User, charlie: User
) -> None:
    draw = make_draw(council)
    with pytest.raises(errors.ConsentMissing):
        pool.volunteer(person=alice, draw=draw, attributes={"sex": "f"}, has_consent=False)
    with pytest.raises(errors.UnknownValue):
        volunteer(draw, alice, "x")
    first = volunteer(draw, alice, "f")
    assert volunteer(draw, alice, "m").token == first.token
    assert draw.entries.get(person=alice).attributes == {"sex": "m"}
    volunteer(draw, charlie)
    pool.withdraw_from_pool(person=charlie, draw=draw)
    assert not draw.entries.filter(person=charlie).exists()
    pool.freeze_pool(by=None, draw=draw)
    for act in (lambda: volunteer(draw, charlie), lambda: pool.withdraw_from_pool(
        person=alice, draw=draw)):  # fmt: skip
        with pytest.raises(errors.RegistrationOver):
            act()


@pytest.mark.django_db
def test_a_seat_goes_to_the_next_of_the_same_type_by_the_published_order(
    council: Council,
) -> None:
    draw = make_draw(council, state=State.DRAWN, people=10)
    left = panel_tokens(draw)[0]
    people = dict(draw.entries.values_list("token", "attributes"))
    with pytest.raises(errors.ReasonsMissing):
        drawing.replace_member(by=None, draw=draw, token=left, reasons=" ")
    replacement = drawing.replace_member(by=None, draw=draw, token=left, reasons="Is ill.")
    came = replacement.came.token
    assert people[came] == people[left]
    assert replacement.is_same_type
    seed = draws.seed(draw.files.get(kind="lottery").sha256, "319")
    same = [t for t in people if people[t] == people[left] and t not in panel_tokens(draw)]
    assert came == draws.ranking(seed, same)[0]
    assert sorted(sitting_tokens(draw)) == sorted({*panel_tokens(draw), came} - {left})
    with pytest.raises(errors.NotOnPanel):
        drawing.replace_member(by=None, draw=draw, token=left, reasons="Again.")
    # Five of each sex, two seated: three in reserve, and then none who keeps the quotas.
    token = came
    for _ in range(2):
        found = drawing.replace_member(by=None, draw=draw, token=token, reasons="Is away.")
        token = found.came.token
    assert next_in_reserve(draw, token) is None
    with pytest.raises(errors.NobodyLeft):
        drawing.replace_member(by=None, draw=draw, token=token, reasons="Is away.")


@pytest.mark.django_db
def test_whoever_is_drawn_hears_of_it_and_nobody_else(
    council: Council, alice: User, charlie: User
) -> None:
    draw = make_draw(council, size=2, people=0)
    for person, sex in ((alice, "f"), (charlie, "m")):
        volunteer(draw, person, sex)
    bystander = volunteer(draw, User.objects.create_user("b@example.org", "x"), "m")
    draw = take_to(draw, State.DRAWN)
    told = set(
        Delivery.objects.filter(event__kind="seat_drawn").values_list("recipient", flat=True)
    )
    on_panel = set(
        draw.entries.filter(token__in=panel_tokens(draw)).values_list("person", flat=True)
    )
    assert told == on_panel
    assert len(told) == 2
    assert (bystander.person_id in told) == (bystander.token in panel_tokens(draw))


@pytest.mark.django_db
def test_an_erased_volunteer_leaves_a_token_that_leads_to_nobody(
    council: Council, alice: User
) -> None:
    draw = make_draw(council)
    token = volunteer(draw, alice).token
    draft = make_draw(council)
    volunteer(draft, alice)
    take_to(draw, State.DRAWN)
    erase_person(person=alice)
    assert draw.entries.get(token=token).person is None
    assert draft.entries.filter(person=alice).count() == 0
    assert draft.entries.count() == 20


# --- What raw SQL cannot do ---------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE councils_draw SET state = 'drawn'",
        "UPDATE councils_draw SET state = 'lottery_published', lottery_published_at = now()",
        "UPDATE councils_draw SET size = 5",
        "UPDATE councils_draw SET pool_frozen_at = now()",
        "DELETE FROM councils_draw",
        "UPDATE councils_poolentry SET attributes = '{}'",
        "UPDATE councils_poolentry SET token = token || 'X'",
        "DELETE FROM councils_poolentry",
        "UPDATE councils_drawquota SET high = high + 1",
        "DELETE FROM councils_drawfeature",
        "UPDATE councils_drawfile SET text = 'x', sha256 = 'x'",
        "DELETE FROM councils_drawfile",
        "TRUNCATE councils_drawfile CASCADE",
    ],
)
def test_a_frozen_pool_stays(council: Council, change: str) -> None:
    make_draw(council, state=State.FROZEN)
    assert refused_by_the_database(change)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE councils_draw SET randomness_due_at = now() + interval '1 day'",
        "UPDATE councils_draw SET source = 'reveal'",
        "UPDATE councils_draw SET fairness = '{}'",
        "UPDATE councils_draw SET state = 'randomness_due', "
        "lottery_published_at = randomness_due_at",
    ],
)
def test_a_published_lottery_stays(council: Council, change: str) -> None:
    make_draw(council, state=State.PUBLISHED)
    assert refused_by_the_database(change)


@pytest.mark.django_db
def test_no_order_of_times_but_the_right_one(council: Council) -> None:
    make_draw(council, state=State.FROZEN)
    for change, name in (
        ("source = 'dice', randomness_announced_at = pool_frozen_at - interval '1 s', "
         "randomness_due_at = now()", "draw_randomness_named_after_the_freeze"),
        ("source = 'dice', randomness_announced_at = now(), randomness_due_at = now()",
         "draw_randomness_named_after_the_freeze"),
        ("source = 'drand', drand_round = 7, randomness_announced_at = now(), "
         "randomness_due_at = now() + interval '1 day'", "draw_round_at_its_time"),
    ):  # fmt: skip
        assert name in refused_by_the_database(f"UPDATE councils_draw SET {change}")


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["dice", "reveal", "drand"])
def test_the_database_repeats_the_division(council: Council, source: str) -> None:
    draw = make_draw(council, state=State.PUBLISHED, source=source)
    if source == "reveal":
        for commitment, secret in zip(draw.commitments.all(), SECRETS, strict=True):
            drawing.reveal_secret(by=None, commitment=commitment, secret=secret)
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE councils_draw SET state = 'randomness_due'")
    value = {"dice": "319", "drand": randomness.value_of_signature("ab" * 48)}.get(
        source, randomness.value_of_secrets(SECRETS)
    )
    assert "does not follow" in refused_by_the_database(
        "UPDATE councils_draw SET state = 'drawn', drawn_at = now(), randomness = %s, "
        "drand_signature = %s, drawn_number = %s",
        value, "ab" * 48 if source == "drand" else "", 1000 - 1 - 319,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE councils_draw SET drawn_number = 1",
        "UPDATE councils_draw SET randomness = '001'",
        "UPDATE councils_draw SET state = 'void', void_because = 'Another panel pleases more.'",
        "DELETE FROM councils_replacement",
    ],
)
def test_a_drawn_panel_stays(council: Council, change: str) -> None:
    draw = make_draw(council, state=State.DRAWN)
    drawing.replace_member(by=None, draw=draw, token=panel_tokens(draw)[0], reasons="Is ill.")
    assert refused_by_the_database(change)


@pytest.mark.django_db
def test_a_secret_fits_its_hash_and_is_revealed_once(council: Council) -> None:
    draw = make_draw(council, state=State.PUBLISHED, source="reveal")
    first = draw.commitments.all()[0]
    refused_by_the_database("UPDATE councils_secretcommitment SET secret='x', revealed_at=now()")
    drawing.reveal_secret(by=None, commitment=first, secret=SECRETS[0])
    assert "another secret" in refused_by_the_database(
        "UPDATE councils_secretcommitment SET secret='x', revealed_at=now() WHERE number = 2"
    )
    assert "once" in refused_by_the_database(
        "UPDATE councils_secretcommitment SET secret=%s, revealed_at=now() WHERE number = 1",
        SECRETS[0],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["dice", "reveal"])
def test_anybody_can_check_it_with_the_published_files(
    council: Council, tmp_path: Path, source: str
) -> None:
    draw = make_draw(council, state=State.DRAWN, source=source)
    for kind, name in (
        ("pool", "pool.jsonl"),
        ("quotas", "quotas.csv"),
        ("lottery", "lottery.txt"),
    ):
        (tmp_path / name).write_text(draw.files.get(kind=kind).text, encoding="utf-8", newline="")
    said = ["--number", "319"] if source == "dice" else ["--randomness", draw.randomness]
    result = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), "pool.jsonl", "quotas.csv", "lottery.txt",
         "--size", "4", *said, "--panel", ",".join(panel_tokens(draw)),
         "--pool-hash", draw.files.get(kind="pool").sha256],
        cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert result.stdout.endswith("CORRECT\n"), result.stdout
    assert json.loads(draw.files.get(kind="pool").text.splitlines()[0]).keys() == {"token", "sex"}
