"""Where a place lies: the projection and back, what is inside, squares of a drawing."""

import pytest

from participation.outlines import WIDTH, Frame, area_of, project, unproject

ASTANA, ALMATY, TARAZ, MOSCOW = (51.17, 71.43), (43.24, 76.91), (42.90, 71.37), (55.75, 37.62)


@pytest.mark.parametrize("place", [ASTANA, ALMATY, TARAZ])
def test_there_and_back(place: tuple[float, float]) -> None:
    assert unproject(*project(*place)) == pytest.approx(place, abs=1e-6)


@pytest.mark.parametrize(
    ("iso_code", "inside"),
    [("KZ-71", ASTANA), ("KZ-75", ALMATY), ("KZ-31", TARAZ)],
)
def test_a_city_lies_in_its_own_outline_alone(iso_code: str, inside: tuple[float, float]) -> None:
    area = area_of(iso_code)
    assert area is not None
    found = [place for place in (ASTANA, ALMATY, TARAZ, MOSCOW) if area.contains(*place)]
    assert found == [inside]


def test_a_town_is_a_circle_around_its_centre() -> None:
    area = area_of("", "taraz")
    assert area is not None
    assert area.contains(*TARAZ)
    assert area.contains(43.00, 71.37)
    assert not area.contains(43.20, 71.37)
    assert not area.contains(71.37, 42.90)


def test_nobody_draws_what_nobody_knows() -> None:
    assert area_of("", "nowhere") is None
    assert area_of("FR-1", "") is None


def test_squares_and_places_meet() -> None:
    area = area_of("KZ-71")
    assert area is not None
    frame = Frame.around(area)
    middle = frame.square("d3")
    assert middle is not None
    x, y = frame.place(*middle)
    assert int(x // (WIDTH / 8)) == 3
    assert int(y // (frame.height / frame.rows)) == 2
    for wrong in ("", "I1", "A0", f"A{frame.rows + 1}", "A1B", "11"):
        assert frame.square(wrong) is None


def test_a_place_is_in_the_square_whose_middle_it_is() -> None:
    area = area_of("", "taraz")
    assert area is not None
    frame = Frame.around(area)
    for name in ("A1", "H1", "D3", f"H{frame.rows}"):
        middle = frame.square(name)
        assert middle is not None
        assert frame.name_of(*middle) == name
    assert frame.name_of(*MOSCOW) == frame.name_of(42.9, 75.0) == ""
