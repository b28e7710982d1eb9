"""The pages of matters and recommendations: what they show, keep, refuse, and how they cost."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from councils.docket_story import story_of
from councils.facts.recommendations import figures_of_council, recommendation_figures
from councils.models import Council, Docket, Recommendation
from councils.services.dockets import add_papers, open_docket, tie_docket
from councils.services.recommendations import add_act, add_commitment
from participation.services import Wording
from participation.services.answers import publish_answer
from participation.uploads import Upload
from tests.councils.recommending import SAID, WORDS, adopted, delivered, draft, due_of, make_motion
from tests.participation.answers import d, make_body, make_officer, words

pytestmark = pytest.mark.django_db
TITLES = {
    "title_kk": "Түнгі автобус",
    "title_ru": "Ночной автобус",
    "summary_kk": "23:30-ға дейін",
    "summary_ru": "До 23:30",
}


def client_of(person: User | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def keyed(**data: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **data}


def body_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


@pytest.fixture
def docket(council: Council) -> Docket:
    return open_docket(by=None, council=council, kind="complaints", wordings=WORDS)


def test_a_matter_tells_its_story_in_order(council: Council, docket: Docket) -> None:
    motion = make_motion(council, date(2026, 2, 12))
    motion.item.dockets.add(docket)
    found = delivered(council, docket=docket)
    publish_answer(by=None, answer_due=due_of(found), words=words(), on=d("05-28"))
    add_act(
        by=None,
        recommendation=found,
        body=make_body(),
        number="1",
        name=SAID,
        adopted_on=d("09-14"),
    )
    days = [entry.day for entry in story_of(docket)]
    assert days == sorted(days)
    assert [day.isoformat() for day in days] == [
        "2026-02-12", "2026-02-12", "2026-05-14", "2026-05-15", "2026-05-28", "2026-09-14",
    ]  # fmt: skip
    page = body_of(client_of().get("/en/councils/astana/dockets/1/"))
    assert page.index("Recommendation delivered") < page.index("Legal act 1")


def test_the_feed_of_a_matter_keeps_its_identities(council: Council, docket: Docket) -> None:
    found = delivered(council, docket=docket)
    first = body_of(client_of().get("/en/councils/astana/dockets/1/atom.xml"))
    assert f"#delivered-{found.pk}</id>" in first
    assert first == body_of(client_of().get("/en/councils/astana/dockets/1/atom.xml"))


def test_what_led_to_a_matter_stands_on_its_page(
    council: Council, docket: Docket, secretary: User
) -> None:
    words_of_report = [
        Wording("kk", "Есеп"),
        Wording("ru", "Отчёт"),
        Wording("en", "Annual report"),
    ]
    other = open_docket(by=None, council=council, kind="report", wordings=words_of_report)
    client = client_of(secretary)
    address = "/en/councils/astana/dockets/1/tie/"
    wrong = client.post(address, keyed(source="XX-2026-99999"))
    assert wrong.status_code == 422
    assert "XX-2026-99999" in body_of(wrong)
    assert client.post(address, keyed(source=other.dossier.reference)).status_code == 302
    assert "Annual report" in body_of(client.get("/en/councils/astana/dockets/1/"))
    with pytest.raises(Exception, match="circle"):
        tie_docket(by=secretary, docket=other, source=docket.dossier)


def test_papers_outlive_whoever_added_them(docket: Docket, secretary: User) -> None:
    add_papers(
        by=secretary, docket=docket, uploads=[Upload("plan.pdf", "application/pdf", b"%PDF-")]
    )
    assert docket.dossier.attachments.get().uploaded_by is None
    assert "plan.pdf" in body_of(client_of().get("/en/councils/astana/dockets/1/"))
    file = SimpleUploadedFile("evil.exe", b"MZ")
    answer = client_of(secretary).post(
        "/en/councils/astana/dockets/1/papers/new/", keyed(papers=file)
    )
    assert answer.status_code == 422
    empty = client_of(secretary).post("/en/councils/astana/dockets/1/papers/new/", keyed())
    assert empty.status_code == 422


def test_a_secretary_takes_up_a_matter_once(council: Council, secretary: User) -> None:
    client, sent = client_of(secretary), keyed(kind="own_initiative", **TITLES)
    for _ in range(2):
        assert client.post("/en/councils/astana/dockets/new/", sent).status_code == 302
    assert council.dockets.count() == 1
    assert "on the council's own initiative" in body_of(client.get("/en/councils/astana/dockets/"))


def test_the_whole_way_of_a_recommendation(council: Council, secretary: User) -> None:
    client, motion = client_of(secretary), make_motion(council)
    base = "/en/councils/astana/recommendations/"
    answer = client.post(base + "new/", keyed(**TITLES))
    assert answer["location"] == base + "1/draft/"
    early = client.post(base + "1/adopt/", keyed(motion=motion.pk))
    assert early.status_code == 422
    assert "rests on something" in body_of(early)
    proof = keyed(
        kind="question", text="Когда пойдут?", number="7", url="example.org/q", language="ru"
    )
    assert client.post(base + "1/evidence/new/", proof).status_code == 302
    assert client.get(base + "1/").status_code == 404
    assert client.post(base + "1/adopt/", keyed(motion=motion.pk)).status_code == 302
    body = make_body()
    assert (
        client.post(base + "1/deliver/", keyed(bodies=[body.pk], on="15.05.2026")).status_code
        == 302
    )
    due = due_of(Recommendation.objects.get())
    assert due.due_on == d("06-01")
    publish_answer(by=None, answer_due=due, words=words(), on=d("05-28"))
    officer = client_of(make_officer("Marat", body, council.dossier.territory))
    told = {"text_kk": "Маусымда", "text_ru": "В июне"}
    promise = keyed(answer_due=due.pk, due_on="31.12.2026", **told)
    assert officer.post(base + "1/commitments/new/", promise).status_code == 302
    assert officer.post(base + "1/news/new/", keyed(kind="progress", **told)).status_code == 302
    act = keyed(
        body=body.pk, number="№ 107", adopted_on="14.09.2026", name_kk="Ереже", name_ru="Правила"
    )
    assert officer.post(base + "1/acts/new/", act).status_code == 302
    page = body_of(client_of().get("/ru/councils/astana/recommendations/1/"))
    for said in ("Когда пойдут?", "В июне", "№ 107", "Правила"):
        assert said in page
    assert Recommendation.objects.get().state == "implemented"


def test_nothing_typed_is_lost(council: Council, secretary: User) -> None:
    answer = client_of(secretary).post(
        "/en/councils/astana/recommendations/new/",
        keyed(title_kk="Тек <b>қазақша</b>", summary_kk="Бар"),
    )
    assert answer.status_code == 422
    assert "Тек &lt;b&gt;қазақша&lt;/b&gt;" in body_of(answer)


def test_the_list_filters_by_state_body_and_delay(council: Council) -> None:
    for number, body in enumerate(("Akimat", "Police"), start=1):
        found = delivered(council, bodies=[make_body(body)])
        found.dossier.texts.filter(language="en").update(title=f"Asked {number}")
        if number == 2:
            publish_answer(
                by=None, answer_due=due_of(found), words=words("rejected"), on=d("05-20")
            )
    address = "/en/councils/astana/recommendations/"
    for query, shown in (
        ("", {1, 2}),
        ("?state=rejected", {2}),
        ("?overdue=1", {1}),
        (f"?body={make_body('Police').pk}", {2}),
        ("?state=nonsense&body=x", {1, 2}),
        ("?state=implemented", set()),
    ):
        page = body_of(client_of().get(address + query))
        assert {number for number in (1, 2) if f"Asked {number}" in page} == shown, query


def test_the_figures_of_the_spring(council: Council) -> None:
    """R1 to R6 as they were answered; domain 5.6, item 8."""
    answers = [
        ("accepted", "05-28"), ("in_part", "06-01"), ("rejected", "05-29"), ("accepted", "07-02"),
        ("accepted", "06-01"), ("accepted", "06-01"),
    ]  # fmt: skip
    for number, (word, day) in enumerate(answers):
        found = delivered(council)
        publish_answer(by=None, answer_due=due_of(found), words=words(word), on=d(day))
        if number in (0, 5):
            add_act(
                by=None, recommendation=found, body=make_body(), number="1", name=SAID,
                adopted_on=d("09-14"),
            )  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told = recommendation_figures(council, d("11-22"))
    assert len(queries) == 3
    assert (told.answered, told.delivered) == (6, 6)
    assert (told.accepted, told.in_part, told.rejected) == (4, 1, 1)
    assert (told.answers.on_time, told.answers.late) == (5, 1)
    assert f"{float(told.on_time_share or 0):.1f}" == "83.3"
    assert told.implemented_by_act == 2
    shown = [figure.number for figure in figures_of_council(council)]
    assert [number.replace("\N{NO-BREAK SPACE}", " ") for number in shown] == ["6/6", "83.3 %", "2"]


def test_pages_ask_for_little_however_much_there_is(council: Council, docket: Docket) -> None:
    for number in range(3):
        found = delivered(council, docket=docket)
        due = due_of(found)
        publish_answer(by=None, answer_due=due, words=words(), on=d("05-28"))
        for _ in range(number):
            add_commitment(
                by=None, recommendation=found, answer_due=due, text=SAID, due_on=d("09-30"),
                on=d("05-28"),
            )  # fmt: skip
    draft(council)
    for address, most in (
        ("/en/councils/astana/dockets/", 12),
        ("/en/councils/astana/dockets/1/", 17),
        ("/en/councils/astana/recommendations/", 12),
        ("/en/councils/astana/recommendations/3/", 17),
        ("/en/councils/astana/recommendations.csv", 12),
    ):
        with CaptureQueriesContext(connection) as queries:
            response = client_of().get(address)
            assert response.status_code == 200
            body_of(response)
        assert len(queries) <= most, (address, [query["sql"][:120] for query in queries])


def test_the_file_has_a_row_for_each_body(council: Council) -> None:
    delivered(council, bodies=[make_body("A"), make_body("B")])
    adopted(council)
    lines = body_of(client_of().get("/en/councils/astana/recommendations.csv")).strip().splitlines()
    assert len(lines) == 4
    assert lines[0].lstrip("\ufeff").startswith("number,reference,title_kk")
