"""Whole ways through a discovery process, each walked in Kazakh and in Russian without scripts."""

import re
from datetime import datetime, timedelta

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
IN_BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
PROCESS = "/edp/zhambyl-2027/"
AHEAD, RUNNING = f"{PROCESS}workshops/13/", f"{PROCESS}workshops/14/"


def send(visit: Visit, form: str = "main form:has(button[type=submit])") -> None:
    visit.press(visit.page.locator(form).last.locator("button[type=submit]").first)
    assert visit.status == 200, words_of(visit)


def press(visit: Visit, action: str) -> None:
    """The button of the form that goes to an address with this end."""
    visit.press(visit.page.locator(f"main form[action$='{action}'] button[type=submit]").first)
    assert visit.status == 200
    assert visit.page.locator("main [role=alert]").count() == 0, words_of(visit)


def follow(visit: Visit, end: str) -> None:
    visit.press(visit.page.locator(f"main a[href$='{end}']").last)
    assert visit.status == 200


def fill(visit: Visit, **texts: str) -> None:
    for name, text in texts.items():
        visit.page.fill(f"main [name={name}]", text)


def words_of(visit: Visit) -> str:
    return visit.page.locator("main").inner_text()


@IN_BOTH
def test_an_organiser_sets_up_and_announces_a_process(language: str, visitor: Visitor) -> None:
    """What is missing stands on the desk until it is there; a gate is not passed before."""
    year = "2031" if language == "kk" else "2032"
    visit = visitor("organiser", scripts=False)
    page = visit.open(f"/{language}/edp/new/")
    page.locator("[name=preset]").nth(1).check()
    taraz = page.locator("[name=territory] option", has_text="Тараз").first
    page.locator("[name=territory]").select_option(taraz.get_attribute("value"))
    titles = {"title_kk": "Тараздың бір саласы", "title_ru": "Одно дело Тараза"}
    fill(visit, **titles, period_start=year, period_end="2035")
    page.locator("[name=lead_body]").select_option(index=1)
    send(visit)
    desk = visit.address
    assert desk == f"/{language}/edp/taraz-{year}/organise/"
    public = desk.removesuffix("organise/")
    stranger = visitor()
    stranger.open(public)
    assert stranger.status == 404

    assert page.locator("form[action$='/pass/']").count() == 0
    follow(visit, "/organise/text/")
    what = ("scope_kk", "scope_ru", "what_can_change_kk", "what_can_change_ru", "contact")
    fill(visit, **dict.fromkeys(what, "Тараз"))
    send(visit)
    visit.open(desk)
    press(visit, "/pass/")
    for path in (public, f"{public}decisions/"):
        stranger.open(path)
        assert stranger.status == 200

    prepare(visit, desk)
    press(visit, "/pass/")
    stranger.open(f"{public}decisions/")
    assert stranger.page.locator("main h2, main h3").count() >= 2


def prepare(visit: Visit, desk: str) -> None:
    """What the gate to the work asks for: a seat for each helix, interests, means, frozen rules."""
    page = visit.page
    assert page.locator("form[action$='/pass/']").count() == 0
    for helix in ("government", "business", "academia", "civil_society"):
        visit.open(f"{desk}groups/")
        page.locator("[name=group]").select_option("steering")
        page.locator("[name=helix]").select_option(helix)
        fill(visit, name=f"Асан {helix}")
        send(visit)
        visit.press(page.locator("li.open a[href*='/interests/']").first)
        fill(visit, interests="Жоқ · Нет")
        send(visit)
    visit.open(desk)
    assert page.locator("form[action$='/pass/']").count() == 0
    follow(visit, "/organise/resources/")
    fill(visit, people="4", person_days="120", money="6 000 000", gaps_kk="Жоқ", gaps_ru="Нет")
    send(visit)
    visit.open(desk)
    if page.locator("form[action$='/freeze/']").count():  # not again where a preset's are frozen
        press(visit, "/freeze/")
    visit.open(desk)
    assert page.locator(".todo .open").count() == 0


@IN_BOTH
def test_an_organiser_holds_a_meeting(language: str, visitor: Visitor) -> None:
    """Planned, announced, begun, heard, ended, reported: one address before, during and after."""
    visit = visitor("organiser", scripts=False)
    page = visit.open(f"/{language}{PROCESS}workshops/new/")
    begins = datetime.now() + timedelta(days=9)
    fill(
        visit,
        title_kk="Ұсталар күні",
        title_ru="День мастеров",
        summary_kk="Келіңіздер",
        summary_ru="Приходите",
        starts_at=begins.strftime("%d.%m.%Y 10:00"),
        ends_at=begins.strftime("%d.%m.%Y 12:00"),
        place="Технопарк",
        capacity="2",
    )
    page.locator("[name=territory]").select_option(index=1)
    send(visit)
    desk = visit.address
    public = desk.removesuffix("desk/")
    stranger = visitor()
    stranger.open(public)
    assert stranger.status == 404
    press(visit, "/announce/")
    stranger.open(public)
    assert stranger.status == 200

    follow(visit, "/invitations/")
    fill(visit, name="«Таза Қаратау» бірлестігі")
    page.locator("[name=helix]").select_option("civil_society")
    send(visit, "main form:has([name=helix])")
    assert page.locator("main tbody tr").count() == 1
    visit.open(desk)
    press(visit, "/begin/")
    follow(visit, "/check-in/")
    fill(visit, name="Сапар ұста")
    page.locator("[name=helix]").select_option("business")
    send(visit, "main form:has([name=is_first_time])")
    visit.open(f"{public}capture/")
    said = f"Бізге темір балқытатын пеш керек ({language})."
    fill(visit, text=said)
    page.locator("[name=kind]").select_option("need")
    visit.press(page.locator("main form button[type=submit]").first)
    assert visit.status == 422  # nobody has agreed to its publication
    assert page.locator("[name=text]").input_value() == said
    page.locator("[name=has_consent]").check()
    send(visit, "main form:has([name=has_consent])")
    visit.open(desk)
    press(visit, "/end/")
    follow(visit, "/report/")
    fill(visit, kk="Пеш керек екені айтылды.", ru="Говорили о том, что нужна печь.")
    send(visit)
    stranger.open(public)
    assert said in words_of(stranger)
    assert ("печь" if language == "ru" else "Пеш керек екені") in words_of(stranger)


def take_a_place(visit: Visit, language: str) -> None:
    visit.open(f"/{language}{AHEAD}")
    press(visit, "/register/")
    follow(visit, "/place/")
    assert visit.page.locator("svg.qr").count() == 1


def speak_in_the_hall(visit: Visit, language: str, code: str, said: str) -> None:
    visit.open(f"/{language}/edp/join/")
    visit.page.fill("[name=code]", code)
    visit.press("button[type=submit]")
    assert visit.address == f"/{language}/edp/join/{code}/"
    visit.page.fill("[name=text]", said)
    visit.page.locator("[name=kind]").select_option("offer")
    assert visit.page.locator("[name=helix]").input_value() == "business"
    visit.page.locator("[name=has_consent]").check()
    visit.press("form:has([name=text]) button")
    assert visit.page.locator(".done[role=status]").count() == 1


def write_an_idea(visit: Visit, language: str, said: str) -> str:
    """From a bare sector, which is sent back, to an idea that names its source; its address."""
    page = visit.open(f"/{language}{PROCESS}ideas/new/")
    sentence = {
        "capability": "Құрғақ гипс қоспаларын шығару",
        "technology": "Өз пешіміз бен университет зертханасы",
        "market": "Облыс құрылысшылары",
    }
    fill(visit, title=f"Жылу сақтайтын сылақ ({language})", **sentence | {"capability": "туризм"})
    visit.press("[name=act][value=go_on]")
    assert visit.status == 422
    assert page.locator("[name=market]").input_value() == sentence["market"]
    fill(visit, **sentence)
    visit.press("[name=act][value=go_on]")
    page.fill("main [name=q]", said)
    visit.press("main form.filters button")
    page.locator(".govuk-checkboxes__item", has_text=said).locator("input").check()
    fill(visit, why="Өзіміз айттық")
    send(visit)
    follow(visit, "/submit/")
    send(visit)
    return visit.address


@IN_BOTH
def test_a_business_speaks_proposes_and_pledges(language: str, visitor: Visitor) -> None:
    """From a place at a meeting to an idea with its own words as the source and its own money."""
    wall = visitor("organiser")
    wall.open(f"/{language}{RUNNING}screen/")
    code = re.sub(r"\D", "", wall.page.locator(".digits").inner_text())
    said = f"Пешіміз бар, екінші ауысымда бос тұрады: бөлісуге дайынбыз {language}."
    visit = visitor(f"firm-{language}", scripts=False)
    take_a_place(visit, language)
    speak_in_the_hall(visit, language, code, said)

    rapporteur = visitor("moderator", scripts=False)
    rapporteur.open(f"/{language}{RUNNING}capture/")
    waiting = rapporteur.page.locator("article.comment", has_text=said)
    rapporteur.press(waiting.locator("button[type=submit]").first)
    assert rapporteur.status == 200

    idea = write_an_idea(visit, language, said)
    assert said in words_of(visit)
    desk = visitor("organiser", scripts=False)
    desk.open(f"{idea}decide/")
    desk.page.locator("[name=verdict][value=admit]").check()
    send(desk)

    page = visit.open(idea)
    follow(visit, "/pledge/")
    page.locator("[name=kind][value=money]").check()
    fill(visit, text="Пешті жөндейміз")
    send_refused(visit, "text", "Пешті жөндейміз")  # money, and not said how much
    fill(visit, amount="4 500 000")
    send(visit)
    stranger = visitor()
    stranger.open(idea)
    assert "4\u00a0500\u00a0000" in stranger.page.locator("#pledges").inner_text()
    assert said in words_of(stranger)


def send_refused(visit: Visit, name: str, kept: str) -> None:
    """What is sent comes back with a message, and nothing that was typed is lost."""
    page = visit.page
    visit.press(page.locator(f"main form:has([name={name}]) button[type=submit]").first)
    assert visit.status == 422
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.locator(f"main [name={name}]").input_value() == kept


@IN_BOTH
def test_an_assessor_declares_scores_and_locks(language: str, visitor: Visitor) -> None:
    visit = visitor(f"judge-{language}", scripts=False)
    mine = f"/{language}{PROCESS}evaluation/mine/"
    page = visit.open(mine)
    visit.press(page.locator(".card:has(.warn) a").first)
    page.locator("[name=nature][value=none]").check()
    send(visit)
    scores = page.locator("select[name^='score-']")
    for number in range(scores.count()):
        scores.nth(number).select_option("5" if number == 0 else "4")
    visit.press("button[value=save]")
    # A five without its reasons: said beside it, with everything else kept.
    assert visit.status == 422
    assert scores.nth(1).input_value() == "4"
    why = page.locator("textarea[name^='why-']").first
    why.fill("Зертхана дайын: ол жұмыс істеп тұр.")
    visit.press("button[value=save]")
    assert visit.status == 200
    visit.open(mine)
    assert page.locator(".card .tag.ok").count() == 0  # saved, and still to be locked
    visit.press(page.locator(".card:has(.warn) a").first)
    assert why.input_value() == "Зертхана дайын: ол жұмыс істеп тұр."
    visit.press("button[value=lock]")
    assert visit.status == 200
    visit.open(mine)
    assert page.locator(".card .tag.ok").count() == 1
    stranger = visitor(f"firm-{language}")
    stranger.open(mine)
    assert stranger.status == 404


@IN_BOTH
def test_an_officer_enters_a_letter_and_answers_it(language: str, visitor: Visitor) -> None:
    """From the post to the page that everybody reads: reasons, and what changes."""
    visit = visitor("officer", scripts=False)
    page = visit.open(f"/{language}{PROCESS}consultation/")
    follow(visit, "/enter/")
    letter = f"Полигонға баратын жол туралы да жазыңыздар ({language})."
    fill(visit, text=letter, speaker="Қойгелді ауылының тұрғыны")
    page.locator("[name=channel][value=letter]").check()
    page.locator("[name=helix]").select_option("civil_society")
    send(visit, "main form:has([name=text])")

    visit.open(f"/{language}/answers/desk/?state=open")
    visit.press(page.locator("tr", has_text="EC-").locator("a[href*='/answers/desk/']").first)
    page.locator("[name=disposition][value=accepted]").check()
    for code in ("kk", "ru"):
        page.fill(f"[name=reasoning_{code}]", f"Дұрыс айтылған, мәтінге енгіземіз ({language}).")
    fill(visit, signed_name="М. Исаев", signed_post="Басқарма басшысы")
    visit.press("button[value=preview]")
    assert visit.status == 422  # accepted, and not said what changes
    fill(visit, change_reference="2-тармақ")
    visit.press("button[value=preview]")
    send(visit)
    reader = visitor()
    reader.open(visit.address)
    assert f"({language})" in words_of(reader)
    reader.open(f"/{language}{PROCESS}consultation/1/report/")
    assert reader.status == 200


@IN_BOTH
def test_a_citizen_speaks_and_votes(language: str, visitor: Visitor) -> None:
    visit = visitor("citizen" if language == "kk" else "voter", scripts=False)
    page = visit.open(f"/{language}{PROCESS}")
    visit.press(page.locator(".btn[href*='/consultation/']").first)
    assert "/consultation/" in visit.address
    visit.press(page.locator("a[href*='/passages/']").first)
    words = f"Ауылдарға су жеткізу де осында жазылуы керек ({language})."
    page.fill("[name=text]", words)
    visit.press(page.locator("form:has([name=text]) button[type=submit]").last)
    assert words in words_of(visit)
    visit.open(re.sub("passages/.*", "vote/", visit.address))
    agree = page.locator("main form button[value='1']")
    while agree.count():
        visit.press(agree)
    assert visit.address.endswith("/statements/")
    assert page.locator("main article table").count() >= 3
    # From a priority of the draft strategy back to what somebody said.
    visit.open(f"/{language}{PROCESS}strategy/")
    visit.press(page.locator(".trace a[href*='/ideas/']").first)
    visit.press(page.locator("main a[href*='/statements/']").first)
    assert page.locator("main blockquote").count() == 1
