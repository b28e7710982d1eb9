"""What is kept back of votes, the map of opinions, and word-level changes of a text."""

from edp.consultation_rules import ConsultationRules
from edp.opinion_results import Rules, Vote, canonical, count, public_rows
from participation.text_changes import changes, compare
from tests.edp.examples import EXAMPLES

GROUPS = EXAMPLES["opinion_groups"]["votes_rows_participants_cols_statements"]
HELICES = ("government", "business", "academia", "civil_society")


def votes_of(times: int = 1) -> list[Vote]:
    """The fixture of twelve people and eight statements, so many times over."""
    return [
        Vote(f"{turn:02d}-{voter:02d}", number, HELICES[(voter + turn) % 4], value)
        for turn in range(times)
        for voter, row in enumerate(GROUPS)
        for number, value in enumerate(row, start=1)
    ]


STATEMENTS = list(range(1, 9))


def test_groups_of_opinion_need_thirty_people() -> None:
    assert count(votes_of(2), STATEMENTS, Rules())["opinions"] is None
    found = count(votes_of(3), STATEMENTS, Rules())["opinions"]
    assert found["people"] == 36
    assert found["k"] in {row["k"] for row in found["tried"]}
    assert all(size >= 5 for row in found["tried"] for size in row["sizes"])
    best = max(found["tried"], key=lambda row: float(row["silhouette"]))
    assert best["k"] == found["k"]
    assert sum(group["size"] for group in found["groups"]) == 36


def test_groups_of_opinion_need_five_members() -> None:
    same = [Vote(f"{n:02d}", s, "business", 1) for n in range(31) for s in (1, 2)]
    odd = [Vote("odd", s, "business", -1) for s in (1, 2)]
    assert count(same + odd, [1, 2], Rules())["opinions"] is None


def test_a_map_names_nobody() -> None:
    body, _ = canonical(count(votes_of(3), STATEMENTS, Rules()))
    assert "00-00" not in body


def test_the_order_of_the_votes_does_not_matter() -> None:
    votes = votes_of(3)
    assert canonical(count(votes, STATEMENTS, Rules())) == canonical(
        count(reversed(votes), STATEMENTS, Rules())
    )


def test_small_cells_are_kept_back_with_what_they_could_be_computed_from() -> None:
    votes = [Vote(f"b{n}", 1, "business", 1) for n in range(6)]
    votes += [Vote(f"g{n}", 1, "government", -1) for n in range(4)]
    (row,) = count(votes, [1], Rules())["statements"]
    assert row["helices"]["government"] is None
    assert row["helices"]["business"] == {"agree": 6, "disagree": 0, "pass": 0}
    assert (row["consensus"], row["agreement"]) == (None, None)
    assert [line[1] for line in public_rows(votes, Rules())[1:]] == ["business"] * 6


def test_no_ruleset_lowers_what_protects_people() -> None:
    low = {"consultation": {"min_votes": 1, "min_people": 3, "smallest_group": 1}}
    assert ConsultationRules.from_data(low).results == Rules()
    high = ConsultationRules.from_data({"consultation": {"min_votes": 10, "answer_days": 15}})
    assert (high.results.min_votes, high.answer_days, high.min_days) == (10, 15, 20)


def test_changes_are_marked_word_by_word() -> None:
    pieces = compare("Line opens in 2029.", "Line opens by 2030.")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "Line opens "),
        ("removed", "in"),
        ("added", "by"),
        ("same", " "),
        ("removed", "2029"),
        ("added", "2030"),
        ("same", "."),
    ]


def test_both_texts_can_be_read_from_the_changes() -> None:
    old, new = "Қазақстан: су, жер.", "Қазақстан — су мен жер!"
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    assert "".join(p.text for p in pieces if p.kind != "added") == old


def test_passages_may_come_and_go() -> None:
    found = changes({1: "a", 2: "b", 3: "c"}, {1: "a", 3: "d", 4: "e"})
    assert [(row.key, row.kind) for row in found] == [
        (1, "same"),
        (3, "changed"),
        (4, "added"),
        (2, "removed"),
    ]
