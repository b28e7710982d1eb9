"""The annual report: figures of the record, frozen with the chair's words."""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from councils import phases
from councils.facts.year import Period, figures_of_year, period_of
from councils.models import (
    AgendaItem,
    AnnualReport,
    Council,
    Docket,
    Mandate,
    Meeting,
    Motion,
    Participation,
    Presence,
)
from councils.report_reading import Shown, years_of
from councils.report_terms import days_late, due_on
from councils.services import annual_reports as services
from councils.services.dockets import open_docket
from participation.models import JournalEntry
from participation.services import Wording, create_dossier, publish_dossier

TEXTS = {"kk": "Жыл қалай өтті", "ru": "Каким был год"}
WORDINGS = [Wording("kk", "Отырыс"), Wording("ru", "Заседание"), Wording("en", "Meeting")]


def test_due_on_the_last_day_of_a_month() -> None:
    assert due_on(2025, 3) == date(2026, 3, 31)
    assert due_on(2025, 2) == date(2026, 2, 28)
    assert due_on(2025, 12) == date(2026, 12, 31)
    assert due_on(2025, 14) == date(2027, 2, 28)
    with pytest.raises(ValueError, match="after its year"):
        due_on(2025, 0)


def test_late_from_the_next_day_on() -> None:
    due = date(2026, 3, 31)
    assert days_late(due, due) == 0
    assert days_late(due, date(2026, 4, 14)) == 14
    assert days_late(due, date(2026, 1, 1)) == 0


def hold(council: Council, day: date, *, present: tuple[str, ...], state: str = "held") -> Meeting:
    """A meeting at 15:00 with these members, past the services."""
    number = council.meetings.count() + 1
    starts = timezone.make_aware(datetime.combine(day, time(15)))
    dossier = create_dossier(
        kind=phases.MEETING, territory=council.dossier.territory, state=state,
        path=f"councils/{council.slug}/meetings/{number}/", wordings=WORDINGS,
    )  # fmt: skip
    publish_dossier(dossier=dossier)
    meeting = Meeting.objects.create(
        dossier=dossier, council=council, number=number, kind="meeting", state=state,
        starts_at=starts, ends_at=starts + timedelta(hours=2),
        reason="Flood" if state == "cancelled" else "",
    )  # fmt: skip
    for name in present:
        participation = Participation.objects.create(
            meeting=meeting, mandate=council.mandates.get(name=name)
        )
        Presence.objects.create(
            participation=participation, present_from=starts, present_to=meeting.ends_at
        )
    return meeting


@pytest.mark.django_db
class TestFigures:
    def figures(self, council: Council) -> dict[str, Any]:
        period = Period(date(2026, 1, 1), date(2027, 1, 1))
        return figures_of_year(council, 2026, period)

    def test_a_year_is_what_the_record_holds(
        self, council: Council, django_assert_max_num_queries: Any
    ) -> None:
        meeting = hold(council, date(2026, 2, 3), present=("C1", "C2", "S1"))
        hold(council, date(2026, 5, 14), present=("C1",))
        hold(council, date(2025, 5, 14), present=("C1", "C2"))
        hold(council, date(2026, 6, 1), present=(), state="cancelled")
        item = AgendaItem.objects.create(meeting=meeting, number=1, name_kk="А", name_ru="А")
        for number, state in enumerate(("adopted", "adopted", "rejected"), start=1):
            Motion.objects.create(
                item=item, number=number, text_kk="A", text_ru="A", state=state,
                is_in_breach=number == 1,
            )  # fmt: skip
        with django_assert_max_num_queries(22):
            figures = self.figures(council)
        assert figures["meetings"] == {"held": 2, "no_quorum": 0, "cancelled": 1}
        assert figures["motions"]["adopted"] == 2
        assert figures["motions"]["rejected"] == 1
        assert figures["motions"]["in_breach"] == 1
        by_name = {row["member"]: (row["present"], row["of"]) for row in figures["attendance"]}
        assert (by_name["C1"], by_name["C2"], by_name["S7"]) == ((2, 2), (1, 2), (0, 2))
        assert json.loads(json.dumps(figures)) == figures

    def test_attendance_counts_only_days_on_the_seat(self, council: Council) -> None:
        hold(council, date(2026, 2, 3), present=("C1", "C3"))
        hold(council, date(2026, 5, 14), present=("C1",))
        Mandate.objects.filter(council=council, name="C3").update(
            until=date(2026, 3, 16), end_reason="resignation"
        )
        rows = {row["member"]: row for row in self.figures(council)["attendance"]}
        assert (rows["C3"]["present"], rows["C3"]["of"]) == (1, 1)
        shown = Shown(self.figures(council))
        assert shown.attendance_share == pytest.approx(100 * 3 / 41)

    def test_composition_as_in_the_worked_example(self, council: Council) -> None:
        """C3 leaves on 16 March and C15 joins on 20 April: 35 days without two thirds."""
        from tests.councils.making import add_member

        Mandate.objects.filter(council=council, name="C3").update(
            until=date(2026, 3, 16), end_reason="resignation"
        )
        add_member(council, since=date(2026, 4, 20))
        assert self.figures(council)["composition"] == {
            "days": 365,
            "days_in_breach": 35,
            "breaches": [{"since": "2026-03-16", "until": "2026-04-20"}],
        }

    def test_own_initiative_is_a_share_of_all_matters(self, council: Council) -> None:
        for kind in (Docket.Kind.OWN_INITIATIVE, Docket.Kind.PLAN, Docket.Kind.COMPLAINTS):
            open_docket(by=None, council=council, kind=kind, wordings=WORDINGS)
        today = timezone.localdate()
        period = Period(date(today.year, 1, 1), date(today.year + 1, 1, 1))
        shown = Shown(figures_of_year(council, today.year, period))
        assert shown.figures["dockets"] == {"all": 3, "own_initiative": 1}
        assert shown.own_initiative_share is not None
        assert round(float(shown.own_initiative_share), 1) == 33.3

    def test_the_period_is_what_is_over_of_the_year_and_of_the_term(self, council: Council) -> None:
        assert period_of(council, 2025, date(2026, 5, 1)) == Period(
            date(2025, 2, 3), date(2026, 1, 1)
        )
        assert period_of(council, 2026, date(2026, 5, 1)) == Period(
            date(2026, 1, 1), date(2026, 5, 2)
        )
        assert period_of(council, 2027, date(2026, 5, 1)) is None
        assert period_of(council, 2024, date(2026, 5, 1)) is None


@pytest.mark.django_db
class TestPublishing:
    def publish(self, council: Council, year: int = 2025, **fields: Any) -> AnnualReport:
        report = services.write_report(by=None, council=council, year=year, texts=TEXTS, **fields)
        return services.publish_report(by=None, report=report)

    def test_words_and_figures_are_frozen_together(self, council: Council, chair: User) -> None:
        report = self.publish(council)
        assert hashlib.sha256(services.canonical(report)).hexdigest() == report.sha256
        entry = JournalEntry.objects.get(kind="councils.report_published")
        assert entry.data["sha256"] == report.sha256
        for fields in ({"text_kk": "x"}, {"figures": {"a": 1}}, {"published_at": None}):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                AnnualReport.objects.filter(pk=report.pk).update(**fields)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            report.delete()
        with pytest.raises(services.ReportPublished):
            services.publish_report(by=None, report=report)

    def test_a_correction_is_the_next_version_with_its_reason(self, council: Council) -> None:
        self.publish(council)
        with pytest.raises(services.CorrectionMissing):
            self.publish(council)
        second = self.publish(council, correction="A name was misspelt")
        assert second.version == 2
        assert council.annual_reports.published().count() == 2

    def test_a_draft_is_written_over(self, council: Council) -> None:
        for text in ("Бір", "Екі"):
            services.write_report(
                by=None, council=council, year=2025, texts={"kk": text, "ru": text}
            )
        assert council.annual_reports.get().text_kk == "Екі"

    def test_both_languages_and_a_year_of_the_term(self, council: Council) -> None:
        with pytest.raises(services.TextsMissing):
            services.write_report(by=None, council=council, year=2025, texts={"kk": "Бір"})
        with pytest.raises(services.NothingToReport):
            services.write_report(by=None, council=council, year=2024, texts=TEXTS)

    def test_lateness_stays_visible(self, council: Council) -> None:
        today = date(2026, 4, 14)
        assert {year.year: year.late for year in years_of(council, today)} == {2026: 0, 2025: 14}
        at = timezone.make_aware(datetime(2026, 4, 10, 12))
        report = services.write_report(by=None, council=council, year=2025, texts=TEXTS)
        services.publish_report(by=None, report=report, at=at)
        self.publish(council, correction="A name was misspelt")
        (found,) = [year for year in years_of(council, date(2026, 12, 1)) if year.year == 2025]
        assert found.late == 10
        assert found.report is not None
        assert found.report.version == 2


def address(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"councils:{name}", args=args)


@pytest.mark.django_db
class TestPages:
    def test_the_file_is_what_was_hashed(
        self, client: Client, council: Council, django_assert_max_num_queries: Any
    ) -> None:
        report = services.write_report(by=None, council=council, year=2025, texts=TEXTS)
        page = client.get(address("report-detail", council.slug, 2025))
        assert "Каким был год" not in page.content.decode()
        assert client.get(address("report-file", council.slug, 2025)).status_code == 404
        report = services.publish_report(by=None, report=report)
        with django_assert_max_num_queries(12):
            page = client.get(address("report-detail", council.slug, 2025))
        assert report.sha256 in page.content.decode()
        data = client.get(address("report-file", council.slug, 2025)).content
        assert hashlib.sha256(data).hexdigest() == report.sha256
        assert client.get(address("report-print", council.slug, 2025)).status_code == 200

    def test_the_secretary_writes_and_the_chair_publishes(
        self, client: Client, council: Council, secretary: User, chair: User
    ) -> None:
        path = address("report-write", council.slug, 2025)
        client.force_login(secretary)
        answer = client.post(path, {"text_kk": "Жыл <i>", "text_ru": ""})
        assert answer.status_code == 422
        assert "Жыл &lt;i&gt;" in answer.content.decode()
        key = "5b0e4bb1-7c0b-4ad5-8ad1-6e6f0f3c7c13"
        form = {"text_kk": "Жыл", "text_ru": "Год", "form_key": key}
        assert client.post(path, form).status_code == 302
        publish = address("report-publish", council.slug, 2025)
        assert client.post(publish).status_code == 404
        client.force_login(chair)
        assert client.post(publish).status_code == 302
        assert council.annual_reports.published().count() == 1
