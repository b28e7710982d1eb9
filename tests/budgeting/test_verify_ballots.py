"""The checker that anyone runs: right on what is published, and no tampering passes it."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from budgeting.ballots import canonical, commitment
from budgeting.models import Election
from budgeting.services import sealing
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.paper.protocols import declare_papers
from budgeting.services.sealing import seal_finished_epochs
from budgeting.services.voting import cast_ballot
from tests.budgeting.ballot_box import cast_all, make_voters
from tests.budgeting.papers import EMPTY, TORN, open_desk, paper
from tests.budgeting.registers import LETTER_RULES, import_register, table
from tests.conftest import RULES, pass_deadline

SCRIPT = Path(settings.BASE_DIR) / "budgeting" / "verify_ballots.py"


@dataclass(frozen=True)
class Published:
    """The three files, as anyone gets them, with a head and a commitment noted beforehand."""

    log: str
    openings: str
    ballots: str
    head: str
    receipt: str
    replaced: str

    @property
    def rows(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.log)))

    @property
    def opened(self) -> list[dict]:
        return [json.loads(line) for line in self.openings.splitlines()]

    def with_rows(self, rows: list[list[str]]) -> "Published":
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return replace(self, log=out.getvalue())

    def with_opened(self, opened: list[dict]) -> "Published":
        lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in opened]
        return replace(self, openings="".join(lines))

    def check(self, folder: Path, *, with_head: bool = True) -> subprocess.CompletedProcess:
        names = {"log.csv": self.log, "openings.jsonl": self.openings, "ballots.pb": self.ballots}
        for name, text in names.items():
            (folder / name).write_text(text, "utf-8", newline="")
        options = ["--receipt", self.receipt, *(["--head", self.head] if with_head else [])]
        return subprocess.run(
            [sys.executable, "-I", "-S", str(SCRIPT), *names, *options],
            cwd=folder,
            env={},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )


def _fetch(election: Election, name: str) -> str:
    path = reverse(
        f"budgeting:{name}", args=[election.envelope.cycle.slug, election.envelope.number]
    )
    response = Client().get(path)
    assert response.status_code == 200, (name, response.status_code)
    return response.getvalue().decode()


def _publish(election: Election, bob) -> None:
    advance_election(pass_deadline(election))
    election.refresh_from_db()
    publish_results(by=bob, election=election)
    election.refresh_from_db()


def _published(election: Election, receipt: str, replaced: str) -> Published:
    return Published(
        log=_fetch(election, "log-csv"),
        openings=_fetch(election, "openings-jsonl"),
        ballots=_fetch(election, "ballots-pb"),
        head=election.epochs.last().head,
        receipt=receipt,
        replaced=replaced,
    )


@pytest.fixture
def published(election, bob, monkeypatch) -> Published:
    """24 voters, two of whom changed their vote, in two epochs."""
    monkeypatch.setattr(sealing, "SMALLEST_EPOCH", 20)
    voters = make_voters(election, 24)
    told = cast_all(election, voters)
    seal_finished_epochs(election)
    for voter in voters[:2]:
        cast_ballot(voter=voter, election=election, choices=["3"], request="changed")
    _publish(election, bob)
    assert election.epochs.count() == 2
    return _published(election, told[voters[5].pk], told[voters[0].pk])


pytestmark = pytest.mark.django_db


def test_what_is_published_is_correct(published, tmp_path) -> None:
    result = published.check(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.splitlines()[-1] == "CORRECT"
    assert published.head in result.stdout
    assert len(published.opened) == 25
    assert published.check(tmp_path, with_head=False).returncode == 0


def test_ballots_on_paper_are_checked_as_all_others(make_cycle, alice, bob, tmp_path) -> None:
    cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(25)))
    election = freeze_election(by=bob, election=cycle.envelopes.get().election)
    told = cast_all(election, make_voters(election, 5))
    desk = open_desk(cycle, bob)
    desk.give(*range(25))
    closed = desk.end_the_vote()
    desk.closed_pile([paper("1", "2"), EMPTY, TORN, *[paper("3")] * 22])
    declare_papers(by=bob, station=desk.station, election=closed, in_box=25)
    advance_election(closed)
    closed.refresh_from_db()
    publish_results(by=bob, election=closed)
    published = _published(closed, next(iter(told.values())), "")
    result = published.check(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(published.opened) == 1 + 5 + 23  # the first line names the vote


def test_a_vote_with_points_is_correct_too(make_cycle, bob, alice, tmp_path) -> None:
    from budgeting.services.elections import freeze_election

    rules = RULES | {"ballot": "cumulative", "points": 5, "count": {"method": "greedy"}}
    cycle = make_cycle("points-2027", rules=rules)
    election = freeze_election(by=bob, election=cycle.envelopes.get().election)
    ballots = [{"1": 3, "2": 2}, {"4": 5}, {"3": 1, "4": 1, "1": 1}]
    receipts = [
        cast_ballot(voter=voter, election=election, choices=ballots[n % 3], request="form")
        for n, voter in enumerate(make_voters(election, 21))
    ]
    _publish(election, bob)
    result = _published(election, receipts[0].commitment, "").check(tmp_path)
    assert result.stdout.splitlines()[-1] == "CORRECT", result.stdout + result.stderr


def _other(choices: list[str]) -> list[str]:
    """What nobody votes here, so that writing it is a change whichever ballot stands first."""
    assert choices != ["1", "3"]
    return ["1", "3"]


def choice_changed(p: Published) -> Published:
    header, first, *rest = p.opened
    return p.with_opened([header, first | {"choices": _other(first["choices"])}, *rest])


def choice_changed_in_both_files(p: Published) -> Published:
    header, first, *rest = p.opened
    old = f"{first['commitment']};" + ",".join(first["choices"])
    choices = _other(first["choices"])
    new = f"{first['commitment']};" + ",".join(choices)
    assert old in p.ballots
    changed = p.with_opened([header, first | {"choices": choices}, *rest])
    return replace(changed, ballots=p.ballots.replace(old, new))


def nonce_changed(p: Published) -> Published:
    header, first, *rest = p.opened
    return p.with_opened([header, first | {"nonce": "00" * 32}, *rest])


def ballot_removed(p: Published) -> Published:
    return p.with_opened(p.opened[:-1])


def ballot_removed_everywhere(p: Published) -> Published:
    gone = p.opened[-1]["commitment"]
    lines = [line for line in p.ballots.splitlines(keepends=True) if not line.startswith(gone)]
    rows = [row for row in p.rows if row[1] != gone]
    return replace(p.with_opened(p.opened[:-1]).with_rows(rows), ballots="".join(lines))


def ballot_duplicated(p: Published) -> Published:
    return p.with_opened([*p.opened, p.opened[-1]])


def ballot_added_everywhere(p: Published) -> Published:
    """A stuffed ballot, right in itself, in all three files."""
    election, nonce, choices = p.opened[0]["election"], b"\7" * 32, ["1"]
    added = commitment(election, nonce, choices)
    opening = {"commitment": added, "nonce": nonce.hex(), "choices": choices}
    row = [p.rows[-1][0], added, ""]
    stuffed = p.with_opened([*p.opened, opening]).with_rows([*p.rows, row])
    return replace(stuffed, ballots=p.ballots.rstrip("\n") + f"\n{added};1\n")


def replaced_ballot_opened(p: Published) -> Published:
    opening = {"commitment": p.replaced, "nonce": "00" * 32, "choices": ["1"]}
    return p.with_opened([*p.opened, opening])


def leaf_removed(p: Published) -> Published:
    return p.with_rows(p.rows[:-1])


def leaf_altered(p: Published) -> Published:
    rows = p.rows
    rows[3][1] = "ab" * 32
    return p.with_rows(rows)


def leaf_repeated(p: Published) -> Published:
    return p.with_rows([*p.rows, p.rows[-1]])


def epochs_exchanged(p: Published) -> Published:
    header, *rows = p.rows
    return p.with_rows([header, *([str(1 - int(row[0])), *row[1:]] for row in rows)])


def leaf_moved_to_another_epoch(p: Published) -> Published:
    rows = p.rows
    rows[1][0] = "1"
    return p.with_rows(rows)


def last_epoch_dropped(p: Published) -> Published:
    return p.with_rows([row for row in p.rows if row[0] != "1"])


def replacement_dropped(p: Published) -> Published:
    return p.with_rows([[*row[:2], ""] if n else row for n, row in enumerate(p.rows)])


def replacement_invented(p: Published) -> Published:
    rows = p.rows
    rows[-1][2] = next(row[1] for row in rows[1:] if row[1] != rows[-1][2])
    return p.with_rows(rows)


def counted_choice_changed(p: Published) -> Published:
    first = p.opened[1]
    old = f"{first['commitment']};" + ",".join(first["choices"])
    assert old in p.ballots
    new = f"{first['commitment']};" + ",".join(_other(first["choices"]))
    return replace(p, ballots=p.ballots.replace(old, new))


def counted_ballot_removed(p: Published) -> Published:
    return replace(p, ballots="\n".join(p.ballots.rstrip("\n").split("\n")[:-1]) + "\n")


def counted_ballot_added(p: Published) -> Published:
    return replace(p, ballots=p.ballots.rstrip("\n") + "\n" + "cd" * 32 + ";1\n")


def another_head(p: Published) -> Published:
    return replace(p, head="ef" * 32)


def receipt_of_a_vote_left_out(p: Published) -> Published:
    return replace(p, receipt="ba" * 32)


def receipt_of_a_vote_replaced(p: Published) -> Published:
    return replace(p, receipt=p.replaced)


def openings_of_another_election(p: Published) -> Published:
    header, *rest = p.opened
    return p.with_opened([{"election": header["election"] + 1}, *rest])


TAMPERINGS: list[Callable[[Published], Published]] = [
    choice_changed,
    choice_changed_in_both_files,
    nonce_changed,
    ballot_removed,
    ballot_removed_everywhere,
    ballot_duplicated,
    ballot_added_everywhere,
    replaced_ballot_opened,
    leaf_removed,
    leaf_altered,
    leaf_repeated,
    epochs_exchanged,
    leaf_moved_to_another_epoch,
    last_epoch_dropped,
    replacement_dropped,
    replacement_invented,
    counted_choice_changed,
    counted_ballot_removed,
    counted_ballot_added,
    another_head,
    receipt_of_a_vote_left_out,
    receipt_of_a_vote_replaced,
    openings_of_another_election,
]


def test_every_tampering_is_found(published, tmp_path) -> None:
    passed = []
    for tamper in TAMPERINGS:
        result = tamper(published).check(tmp_path)
        assert not result.stderr, (tamper.__name__, result.stderr)
        if result.returncode != 1 or "CORRECT" in result.stdout:
            passed.append(tamper.__name__)
    assert passed == []


def test_a_small_vote_is_counted_and_not_listed(election, bob, client) -> None:
    cast_all(election, make_voters(election, 19))
    _publish(election, bob)
    address = [election.envelope.cycle.slug, 1]
    assert client.get(reverse("budgeting:log-csv", args=address)).status_code == 200
    for name in ("openings-jsonl", "ballots-pb"):
        assert client.get(reverse(f"budgeting:{name}", args=address)).status_code == 404


def test_nothing_is_listed_before_the_results_are_public(election, client) -> None:
    cast_all(election, make_voters(election, 21))
    advance_election(pass_deadline(election))
    address = [election.envelope.cycle.slug, 1]
    for name in ("openings-jsonl", "ballots-pb", "tally-json", "tally-csv"):
        assert client.get(reverse(f"budgeting:{name}", args=address)).status_code == 404


def test_the_script_is_short_and_of_the_standard_library() -> None:
    lines = SCRIPT.read_text("utf-8").splitlines()
    assert len([line for line in lines if line.strip()]) <= 100
    imported = [line.split()[1] for line in lines if line.startswith(("import ", "from "))]
    imports = {name.split(".")[0] for name in imported}
    assert imports <= sys.stdlib_module_names


def test_canonical_json_survives_the_way_through_the_counted_file(published) -> None:
    for opening in published.opened[1:]:
        nonce = bytes.fromhex(opening["nonce"])
        election = published.opened[0]["election"]
        assert commitment(election, nonce, opening["choices"]) == opening["commitment"]
        assert canonical(sorted(opening["choices"])) == canonical(opening["choices"])
