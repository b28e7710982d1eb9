"""The demo's ideas say what domain/edp.md 4.7 says of them."""

from config.demo.discovery import ideas as demo
from config.demo.people import create_people
from edp.facts.funnel import funnel_of
from edp.models import DiscoveryProcess, NeedMatch, Stage
from participation.models import Territory
from tests.edp.making import make_process
from tests.edp.making_ideas import make_result


def load(city: Territory) -> DiscoveryProcess:
    process = make_process(city, stage=Stage.DISCOVERY, territory=city)
    for code, signal in (("C20-21", "strength"), ("C23", "strength"), ("C10-12", "emerging")):
        make_result(process, activity=code, signal=signal)
    astana = Territory.objects.create(
        slug="astana", kind="city", parent=city.parent, name_kk="Астана", name_ru="Астана"
    )
    country = Territory.objects.get(slug="kazakhstan")
    places = {"taraz": city, "zhambyl": city.parent, "astana": astana, "kazakhstan": country}
    people = create_people({name: place for name, place in places.items() if place})
    demo.load(process=process, people=people)
    return process


def test_four_ideas_one_surprise_one_merged_one_waiting(city: Territory) -> None:
    process = load(city)
    ideas = list(process.ideas.order_by("number"))
    states = ["admitted"] * 4 + ["merged", "submitted"]
    assert [idea.state for idea in ideas] == states
    assert [idea.is_surprise for idea in ideas[:4]] == [False, False, True, False]
    assert (ideas[4].merged_into, ideas[0].credits.count()) == (ideas[0], 1)
    for idea in ideas:
        assert {text.language for text in idea.dossier.texts.all()} == {"kk", "ru", "en"}
        assert idea.sources.exists()
    assert funnel_of(process).surprises == 1


def test_the_need_for_phosphogypsum_meets_its_offer(city: Territory) -> None:
    load(city)
    match = NeedMatch.objects.get(state="confirmed")
    assert "фосфогипс" in match.need.text.lower()
    assert {match.need.kind, match.offer.kind} == {"need", "offer"}
