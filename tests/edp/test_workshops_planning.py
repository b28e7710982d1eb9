"""A meeting from its plan to its report: who is told, what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edp.models import Workshop
from edp.services.workshops import errors
from edp.services.workshops.doors import check_in
from edp.services.workshops.places import due_reminders, register, remind_of
from edp.services.workshops.planning import (
    announce_workshop,
    begin_workshop,
    cancel_workshop,
    change_workshop,
    end_workshop,
    is_moderated_by_lead,
    plan_workshop,
    publish_report,
)
from edp.tasks import remind_of_workshops
from participation.models import Delivery, JournalEntry, Territory
from participation.services import Wording, follow
from participation.services.fan_out import fan_out_waiting
from tests.edp.making import make_process
from tests.edp.meetings import TEXTS, make_workshop

pytestmark = pytest.mark.django_db
State = Workshop.State


@pytest.fixture
def process(city):
    return make_process(city, stage="discovery")


def told(kind: str) -> list[str]:
    fan_out_waiting()
    rows = Delivery.objects.filter(event__kind=kind, channel="site")
    return sorted(rows.values_list("recipient__name", flat=True))


def test_the_way_of_a_meeting(process, alice, bob) -> None:
    follow(person=alice, dossier=process.dossier)
    workshop = make_workshop(process, state="planned")
    assert workshop.dossier.published_at is None
    workshop = announce_workshop(by=bob, workshop=workshop)
    assert workshop.dossier.path == f"edp/zhambyl/workshops/{workshop.number}/"
    assert told("workshop_announced") == ["Alice"]
    workshop = begin_workshop(by=bob, workshop=workshop, takes_phones=True)
    assert len(workshop.join_code) == 6
    check_in(by=bob, workshop=workshop, person=alice)
    workshop = end_workshop(by=bob, workshop=workshop)
    assert workshop.join_code is None
    workshop = publish_report(by=bob, workshop=workshop, report={"kk": "Не болды", "ru": "Итоги"})
    assert workshop.dossier.state == workshop.state == State.REPORTED
    assert told("workshop_reported") == ["Alice"]
    kinds = JournalEntry.objects.filter(dossier=workshop.dossier).values_list("kind", flat=True)
    assert {"edp.workshop_announced", "edp.workshop_reported"} <= set(kinds)


def test_both_official_languages_before_the_announcement(process) -> None:
    workshop = plan_workshop(
        by=None,
        process=process,
        territory=process.centre,
        wordings=TEXTS[1:],
        kind="roundtable",
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
    )
    with pytest.raises(errors.TextsMissing):
        announce_workshop(by=None, workshop=workshop)
    workshop.refresh_from_db()
    assert workshop.state == State.PLANNED


@pytest.mark.parametrize("stage", ["draft", "closed", "suspended", "cancelled"])
def test_no_meetings_of_a_process_that_does_not_work(city, stage) -> None:
    with pytest.raises(errors.NotAtWork):
        make_workshop(make_process(city, stage=stage))


def test_who_comes_hears_of_another_time_and_of_a_cancellation(process, alice, charlie) -> None:
    workshop = make_workshop(process)
    register(person=alice, workshop=workshop)
    same = {"place": workshop.place, "starts_at": workshop.starts_at}
    workshop = change_workshop(
        by=None, workshop=workshop, territory=process.centre, wordings=TEXTS, **same
    )
    assert told("workshop_changed") == []
    later = {name: getattr(workshop, name) + timedelta(days=1) for name in ("starts_at", "ends_at")}
    workshop = change_workshop(
        by=None, workshop=workshop, territory=process.centre, wordings=TEXTS, **later
    )
    assert told("workshop_changed") == ["Alice"]
    with pytest.raises(errors.ReasonsMissing):
        cancel_workshop(by=None, workshop=workshop, reasons={"kk": "Ауа райы", "ru": " "})
    workshop = cancel_workshop(
        by=None, workshop=workshop, reasons={"kk": "Ауа райы", "ru": "Погода"}
    )
    assert told("workshop_cancelled") == ["Alice"]
    assert workshop.revision == 3
    with pytest.raises(errors.RegistrationClosed):
        register(person=charlie, workshop=workshop)


def test_steps_out_of_turn_are_refused(process) -> None:
    workshop = make_workshop(process)
    with pytest.raises(errors.WrongTime):
        announce_workshop(by=None, workshop=workshop)
    with pytest.raises(errors.WrongTime):
        publish_report(by=None, workshop=workshop, report={"kk": "а", "ru": "а"})
    held = make_workshop(process, state="held")
    with pytest.raises(errors.WrongTime):
        cancel_workshop(by=None, workshop=held, reasons={"kk": "а", "ru": "а"})
    with pytest.raises(errors.ReportMissing):
        publish_report(by=None, workshop=held, report={"kk": "а", "ru": ""})


def test_outside_the_centre(process, city) -> None:
    shu = Territory.objects.create(
        slug="shu", kind="town", parent=city.parent, name_kk="Шу", name_ru="Шу"
    )
    hill = Territory.objects.create(
        slug="hill", kind="city_district", parent=city, name_kk="Т", name_ru="Т"
    )
    outside = [
        make_workshop(process, territory=place).is_outside_centre
        for place in (shu, city, hill, city.parent)
    ]
    assert outside == [True, False, False, False]


def test_the_lead_body_as_moderator_is_noticed(process) -> None:
    assert is_moderated_by_lead(make_workshop(process, moderated_by=process.lead_body))
    assert not is_moderated_by_lead(make_workshop(process))


def test_reminded_once_on_the_day_before(process, alice) -> None:
    now = timezone.now()
    soon = make_workshop(
        process, starts_at=now + timedelta(hours=20), ends_at=now + timedelta(days=1)
    )
    register(person=alice, workshop=soon)
    make_workshop(process)
    assert due_reminders(now) == [soon.pk]
    remind_of_workshops()
    assert not remind_of(workshop=soon.pk, now=now)
    assert due_reminders(now) == []
    assert told("workshop_reminder") == ["Alice"]


def test_a_new_text_in_one_language_leaves_the_others(process) -> None:
    workshop = make_workshop(process)
    change_workshop(
        by=None,
        workshop=workshop,
        territory=process.centre,
        wordings=[Wording("en", "Gypsum", "Do come")],
    )
    assert workshop.dossier.texts.count() == 3
