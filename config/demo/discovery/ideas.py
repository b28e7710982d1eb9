"""Ideas of Zhambyl: four that were admitted, one that went into another, one that waits; who
pledges what; a need and an offer that met. Invented but for the places."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from accounts.multilingual import LANGUAGES
from config.demo.discovery.idea_texts import IDEAS, NEED, OFFER, REASON_OF_MERGE, Written
from config.demo.people import FIRM, UNIVERSITY, organisation_named
from edp.models import DiscoveryProcess, Idea, NeedMatch, SpecialisationResult, Statement
from edp.services.ideas import (
    IdeaWords,
    add_source,
    admit_idea,
    merge_ideas,
    start_idea,
    submit_idea,
    translate_idea,
)
from edp.services.ideas.sources import Thing
from edp.services.needs import confirm_match, suggest_matches
from edp.services.pledges import make_pledge
from edp.services.workshops.statements import capture_statement, translate_statement
from participation.services.comments import set_support

COOPERATIVE = (
    ("«Меркі жемісі» кооперативі", "Кооператив «Меркі жемісі»", "Merki Zhemisi cooperative"),
    Helix.BUSINESS,
)
INSTITUTE = (
    ("Биоқауіпсіздік зертханасы", "Лаборатория биобезопасности", "Biosafety laboratory"),
    Helix.ACADEMIA,
)
# Those of the proposers who need no login.
PROPOSERS = {
    "roza": ("Роза Ысқақова", "kk", COOPERATIVE),
    "maksat": ("Мақсат Ержанов", "kk", INSTITUTE),
    "igor": ("Игорь Ли", "ru", None),
    "saltanat": ("Салтанат Мырзабек", "kk", None),
}
CIRCULAR, COLD_CHAIN, BIOSAFETY, DATA_CENTRE, BLOCKS, RIDES = range(6)
WHY_SAID = (
    "Идея осы сөзден басталды.",
    "С этих слов идея началась.",
    "The idea began with these words.",
)
WHY_OWN = (
    "Алғаш рет осылай айтылды.",
    "Так она была сказана впервые.",
    "So it was first put into words.",
)
WHY_FIGURE = (
    "Облыс бұл қызметте елден озып келеді.",
    "В этом виде деятельности область сильнее страны или растёт быстрее.",
    "In this activity the region is stronger than the country or grows faster.",
)


@dataclass
class Scene:
    """Who plays in it; `said` are statements found or captured, by the place of their idea."""

    process: DiscoveryProcess
    organiser: User
    people: dict[str, User]
    bodies: dict[str, Organisation]
    said: dict[int, list[Statement]] = field(default_factory=dict)


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """This part of Zhambyl's process."""
    bodies = {"business": organisation_named(*FIRM), "assessor": organisation_named(*UNIVERSITY)}
    cast = {**people, **{login: _proposer(login, bodies) for login in PROPOSERS}}
    scene = Scene(process, people["organiser"], cast, bodies)
    need, offer = _met(scene)
    ideas = [_submit(scene, place, written) for place, written in enumerate(IDEAS)]
    for idea, written in zip(ideas[:BLOCKS], IDEAS, strict=False):
        admit_idea(by=scene.organiser, idea=idea, named_in_plan=written.plan)
    merge_ideas(
        by=scene.organiser, idea=ideas[BLOCKS], into=ideas[CIRCULAR], reasons=REASON_OF_MERGE
    )
    _pledge(scene, ideas)
    _support(scene, ideas)
    _match(scene, need, offer)


def _proposer(login: str, bodies: dict[str, Organisation]) -> User:
    name, language, named = PROPOSERS[login]
    person = User.objects.create(
        email=f"{login}@demo.example", name=name, language=language, password=make_password(None)
    )
    if named:
        bodies[login] = organisation_named(*named)
        Affiliation.objects.create(
            person=person, organisation=bodies[login], valid_from=timezone.localdate()
        )
    return person


def _met(scene: Scene) -> tuple[Statement, Statement]:
    """A need and an offer, as they were said in a workshop or else on the site."""
    need = _found(scene, Statement.Kind.NEED, "фосфогипс")
    offer = _found(scene, Statement.Kind.OFFER, "гипс")
    scene.said[CIRCULAR] = [
        need or _say(scene, NEED, Statement.Kind.NEED, Helix.BUSINESS),
        offer or _say(scene, OFFER, Statement.Kind.OFFER, Helix.ACADEMIA),
    ]
    return scene.said[CIRCULAR][0], scene.said[CIRCULAR][1]


def _found(scene: Scene, kind: str, word: str) -> Statement | None:
    rows = scene.process.statements.public().filter(kind=kind, erased_at=None)
    return next((row for row in rows if word in row.text.lower()), None)


def _say(
    scene: Scene, words: tuple[str, str, str], kind: str, helix: str, author: User | None = None
) -> Statement:
    """In Kazakh or Russian, whichever is the speaker's; the other two are translations."""
    language = author.language if author else "ru"
    by_language = dict(zip(LANGUAGES, words, strict=True))
    statement = capture_statement(
        by=scene.organiser,
        process=scene.process,
        workshop=None,
        kind=kind,
        language=language,
        text=by_language.pop(language),
        helix=helix,
        has_consent=True,
        author=author,
        is_named=author is not None,
        channel=Statement.Channel.ONLINE,
    )
    for other, text in by_language.items():
        translate_statement(by=scene.organiser, statement=statement, language=other, text=text)
    return statement


def _submit(scene: Scene, place: int, written: Written) -> Idea:
    proposer = scene.people[written.proposer]
    language = proposer.language
    idea = start_idea(by=proposer, process=scene.process, words=_words(scene, written, language))
    for thing, why in _sources(scene, place, written, proposer):
        add_source(idea=idea, thing=thing, why=why[LANGUAGES.index(language)])
    idea = submit_idea(by=proposer, idea=idea)
    for other in LANGUAGES:
        if other != language:
            words = _words(scene, written, other)
            translate_idea(
                by=scene.organiser,
                idea=idea,
                language=other,
                title=words.title,
                parts=words.parts,
                body=words.body,
            )
    return idea


def _words(scene: Scene, written: Written, language: str) -> IdeaWords:
    place = LANGUAGES.index(language)
    return IdeaWords(
        language=language,
        title=written.title[place],
        capability=written.capability[place],
        technology=written.technology[place],
        market=written.market[place],
        body=written.body[place],
        affected_groups=written.affected[place],
        activity_codes=list(written.codes),
        organisation=scene.bodies.get(written.proposer),
    )


def _sources(
    scene: Scene, place: int, written: Written, proposer: User
) -> list[tuple[Thing, tuple[str, str, str]]]:
    """What was said of it, the words of the proposer, and the figures of its activities."""
    said = scene.said.get(place, [])
    said += [row for row in _about(scene, written.words) if row not in said][:2]
    own = _say(scene, written.said, Statement.Kind.IDEA, _helix(scene, written), proposer)
    results = _results(scene, written.codes)
    return [
        *((statement, WHY_SAID) for statement in said),
        (own, WHY_OWN),
        *((result, WHY_FIGURE) for result in results),
    ]


def _helix(scene: Scene, written: Written) -> str:
    body = scene.bodies.get(written.proposer)
    return body.helix if body else Helix.CIVIL_SOCIETY


def _about(scene: Scene, words: tuple[str, ...]) -> list[Statement]:
    rows = scene.process.statements.public().filter(erased_at=None, workshop__isnull=False)
    return [row for row in rows if any(word in row.text.lower() for word in words)]


def _results(scene: Scene, codes: tuple[str, ...]) -> list[Thing]:
    found = SpecialisationResult.objects.filter(
        version__dataset__process=scene.process,
        version__published_at__isnull=False,
        territory=scene.process.dossier.territory,
        activity__in=codes,
    ).exclude(signal="")
    return list(found.order_by("activity"))


def _pledge(scene: Scene, ideas: list[Idea]) -> None:
    people, bodies = scene.people, scene.bodies
    make_pledge(
        by=people["business"],
        idea=ideas[CIRCULAR],
        kind="money",
        text="Тәжірибелік желіге өз қаражатымыз, несиесіз.",
        amount=1_200_000_000,
        organisation=bodies["business"],
    )
    make_pledge(
        by=people["business"],
        idea=ideas[CIRCULAR],
        kind="people",
        text="Екі технолог, жарты жыл бойы.",
        organisation=bodies["business"],
    )
    make_pledge(
        by=people["roza"],
        idea=ideas[COLD_CHAIN],
        kind="land",
        text="Меркідегі қойма орны, 300 шаршы метр.",
        amount=18_000_000,
        organisation=bodies["roza"],
    )
    make_pledge(
        by=people["maksat"],
        idea=ideas[BIOSAFETY],
        kind="equipment",
        text="Үшінші деңгейлі зертхана, аптасына бір күн.",
        organisation=bodies["maksat"],
    )


def _support(scene: Scene, ideas: list[Idea]) -> None:
    for place, backers in (
        (CIRCULAR, ("citizen", "moderator", "secretary")),
        (COLD_CHAIN, ("citizen", "business", "saltanat", "secretary")),
        (BIOSAFETY, ("roza",)),
    ):
        for backer in backers:
            set_support(
                by=scene.people[backer], dossier=ideas[place].dossier, comment=None, is_given=True
            )


def _match(scene: Scene, need: Statement, offer: Statement) -> None:
    suggest_matches(process=scene.process)
    if match := NeedMatch.objects.filter(need=need, offer=offer).first():
        confirm_match(by=scene.organiser, match=match, for_all=True)
