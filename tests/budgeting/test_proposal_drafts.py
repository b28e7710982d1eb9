"""A draft is kept from the first keystroke: on any network, through signing in, on two devices."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from budgeting.models import Cycle, DraftPhoto, Proposal, ProposalDraft
from budgeting.services.proposals import Save, forget_old_drafts, save_draft, send_draft
from participation.models import Attachment
from tests.budgeting.ballot_box import at_once, errors_in
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.budgeting.proposing import WHAT, begin, propose, step, taking, where


@pytest.fixture
def open_cycle(cycle: Cycle) -> Cycle:
    return taking(cycle)


def autosave(client: Client, key: Any, **fields: Any) -> Any:
    sent = {"step": "what", "page": str(uuid4()), "turn": 1, "revision": 0, **fields}
    return client.post(page("draft-save", SLUG, key), sent)


def png() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    file.seek(0)
    file.name = "place.png"
    return file


def test_three_steps_make_a_public_proposal(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    answer = step(client, draft, "where", **where(open_cycle))
    assert answer["Location"] == page("draft-how", SLUG, draft.key, language="kk")
    answer = step(client, draft, "how", cost="1 500 000", act="send", photo=png())
    proposal = Proposal.objects.get(author=alice)
    assert answer["Location"] == page("proposal-detail", SLUG, proposal.number, language="kk")
    assert (proposal.cost, proposal.place) == (1_500_000, "Төле би к-сі")
    assert (proposal.latitude, proposal.longitude) == (42.9, 71.37)
    assert (proposal.dossier.texts.get().language, proposal.versions.get().number) == ("kk", 1)
    seen = body(Client().get(answer["Location"]))
    assert "<strong>Көп</strong>" in seen
    assert "place-mark" in seen
    assert Attachment.objects.get(dossier=proposal.dossier).is_image
    assert not DraftPhoto.objects.exists()


def test_sending_twice_is_one_proposal(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    step(client, draft, "where", **where(open_cycle))
    first, second = (step(client, draft, "how", cost="5", act="send") for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Proposal.objects.filter(author=alice).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_once_make_one_proposal(alice: User, make_cycle: Any) -> None:
    cycle = taking(make_cycle())
    draft = begin(signed_in(alice))

    def send() -> int:
        return send_draft(by=alice, draft=draft, submit=lambda _: propose(cycle, alice)).pk

    results = at_once(send, send)
    assert errors_in(results) == []
    assert results[0] == results[1]
    assert Proposal.objects.filter(author=alice).count() == 1


def test_a_guest_writes_signs_in_and_sends(alice: User, open_cycle: Cycle) -> None:
    client = Client()
    draft = begin(client)
    assert draft.person is None
    step(client, draft, "where", **where(open_cycle))
    answer = step(client, draft, "how", cost="700", act="send")
    assert "/login/" in answer["Location"]
    assert not Proposal.objects.filter(author=alice).exists()
    # The browser keeps its session when its owner signs in.
    client.login(username=alice.email, password="correct horse battery")
    here = page("draft-how", SLUG, draft.key, language="kk")
    seen = body(client.get(here))
    assert 'value="700"' in seen
    draft.refresh_from_db()
    assert draft.person == alice
    step(client, draft, "how", cost="700", act="send")
    assert Proposal.objects.get(author=alice).cost == 700


def test_a_draft_is_there_on_another_device(alice: User, open_cycle: Cycle) -> None:
    draft = begin(signed_in(alice))
    seen = body(signed_in(alice).get(page("draft-what", SLUG, draft.key)))
    assert WHAT["title"] in seen
    assert page("draft-what", SLUG, draft.key) in body(
        signed_in(alice).get(page("draft-list", SLUG))
    )


@pytest.mark.parametrize("name", ["what", "where", "how", "photo"])
def test_nobody_else_sees_a_draft(alice: User, charlie: User, open_cycle: Cycle, name: str) -> None:
    draft = begin(signed_in(alice))
    guests = begin(Client())
    for stranger in (Client(), signed_in(charlie)):
        for each in (draft, guests):
            assert stranger.get(page(f"draft-{name}", SLUG, each.key)).status_code == 404
            assert autosave(stranger, each.key, title="Stolen").status_code == 404
            assert stranger.post(page("draft-delete", SLUG, each.key)).status_code == 404
    assert {str(row) for row in ProposalDraft.objects.all()} == {WHAT["title"]}


# --- Saved by itself ----------------------------------------------------------------------------


def test_the_first_keystroke_is_kept_though_it_is_no_proposal_yet(open_cycle: Cycle) -> None:
    client, key = Client(), uuid4()
    answer = autosave(client, key, title="С", cost="көп")
    assert answer.status_code == 200
    assert answer.json()["message"].startswith("Saved at ")
    assert ProposalDraft.objects.get(key=key).values == {"title": "С", "cost": "көп"}
    assert 'value="С"' in body(client.get(page("draft-what", SLUG, key)))


def test_a_save_that_comes_late_or_twice_changes_nothing(alice: User, open_cycle: Cycle) -> None:
    client, key, shown = signed_in(alice), uuid4(), str(uuid4())
    autosave(client, key, page=shown, turn=5, title="New")
    assert autosave(client, key, page=shown, turn=4, title="Old").status_code == 200
    autosave(client, key, page=shown, turn=5, title="Old")
    draft = ProposalDraft.objects.get(key=key)
    assert (str(draft), draft.mark("what").revision) == ("New", 1)


def test_two_devices_do_not_overwrite_each_other_unseen(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    other = autosave(client, draft.key, revision=1, title="From the telephone")
    assert other.status_code == 200
    late = autosave(client, draft.key, revision=1, title="From the laptop")
    assert late.status_code == 409
    address = page("draft-what", SLUG, draft.key)
    sent = {**WHAT, "title": "From the laptop", "page": uuid4(), "revision": 1, "similar_seen": 1}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'value="From the laptop"' in body(answer)
    assert str(ProposalDraft.objects.get()) == "From the telephone"
    again = {**sent, "page": uuid4(), "revision": answer.context["revision"]}
    assert client.post(address, again).status_code == 302
    assert str(ProposalDraft.objects.get()) == "From the laptop"


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_once_are_one_draft(alice: User, make_cycle: Any) -> None:
    cycle, key, shown = taking(make_cycle()), uuid4(), uuid4()

    def save(turn: int) -> Any:
        return lambda: save_draft(
            key=key, cycle=cycle, person=alice, language="kk", fields={"title": f"T{turn}"},
            save=Save("what", shown, turn),
        )  # fmt: skip

    assert errors_in(at_once(save(1), save(2))) == []
    assert str(ProposalDraft.objects.get()) == "T2"


def test_what_is_too_long_is_refused_and_not_cut(open_cycle: Cycle) -> None:
    client, key = Client(), uuid4()
    assert autosave(client, key, title="x" * 10_001).status_code == 409
    assert not ProposalDraft.objects.exists()
    assert autosave(client, key, step="other").status_code == 400


def test_a_button_keeps_even_what_is_wrong(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    answer = step(client, draft, "how", cost="тегін")
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.values["cost"] == "тегін"


def test_old_drafts_are_forgotten(alice: User, open_cycle: Cycle) -> None:
    guests, hers = begin(Client()), begin(signed_in(alice))
    past = timezone.now() - timedelta(days=31)
    ProposalDraft.objects.update(saved_at=past)
    assert forget_old_drafts() == 1
    assert not ProposalDraft.objects.filter(pk=guests.pk).exists()
    assert ProposalDraft.objects.filter(pk=hers.pk).exists()


def test_deleting_a_draft(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    answer = client.post(page("draft-delete", SLUG, draft.key))
    assert answer["Location"] == page("draft-list", SLUG)
    assert not ProposalDraft.objects.exists()


# --- The photo ----------------------------------------------------------------------------------


def test_a_photo_waits_with_the_draft(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    step(client, draft, "how", cost="5", act="save", photo=png())
    answer = client.get(page("draft-photo", SLUG, draft.key))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    step(client, draft, "how", cost="5", act="remove_photo")
    assert client.get(page("draft-photo", SLUG, draft.key)).status_code == 404


def test_what_is_no_picture_is_refused_and_the_cost_is_kept(alice: User, open_cycle: Cycle) -> None:
    client = signed_in(alice)
    draft = begin(client)
    file = BytesIO(b"<svg onload=alert(1)>")
    file.name = "place.png"
    answer = step(client, draft, "how", cost="5", act="send", photo=file)
    assert answer.status_code == 422
    assert answer.context["photo"].errors.keys() == {"photo"}
    draft.refresh_from_db()
    assert draft.values["cost"] == "5"
