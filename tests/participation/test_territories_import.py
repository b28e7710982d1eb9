"""manage.py import_territories: layouts, encodings, what is refused, and how much it takes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from participation.models import Territory
from participation.services.territories import (
    ClassifierInvalid,
    import_territories,
    load_territories,
)
from participation.territories import KatoRow, our_places, read_kato

pytestmark = pytest.mark.django_db

ROWS = [
    ("310000000", "Жамбыл облысы", "Жамбылская область"),
    ("311000000", "Тараз қ.ә.", "Тараз г.а."),
    ("311010000", "Тараз қ.", "г.Тараз"),
    ("311011100", "Бір ауданы", "Первый район"),
    ("315600000", "Мойынқұм ауданы", "Мойынкумский район"),
    ("315630000", "Бірлік а.о.", "Бирликский с.о."),
    ("315630100", "Бірлік а.", "с.Бирлик"),
    ("315630200", "Ақсүйек а.", "с.Аксуек"),
    ("316620000", "Шу қ.ә.", "Шуская г.а."),
    ("316620100", "Әлия қ.", "г.Алия"),
    ("710000000", "Астана қ.", "г.Астана"),
    ("711210000", "Есіл ауданы", "район Есиль"),
]
KINDS = "region city city city_district district rural_okrug settlement settlement rural_okrug"
KINDS += " town national_city city_district"


def official(rows: list = ROWS, *, delimiter: str = ",", names=("kaz_name", "rus_name")) -> str:
    lines = [delimiter.join(["te", "ab", "cd", "ef", "hij", "k", *names, "nn"])]
    for code, kk, ru in rows:
        parts = [code, code[:2], code[2:4], code[4:6], code[6:], "0", kk, ru, ""]
        lines.append(delimiter.join(parts))
    return "\r\n".join(lines) + "\r\n"


def without_te(rows: list = ROWS) -> str:
    """As a spreadsheet saves it: parts are numbers, leading zeros are gone."""
    lines = ["AB;CD;EF;HIJ;K;NAME_KAZ;NAME_RUS"]
    for code, kk, ru in rows:
        parts = [str(int(part)) for part in (code[:2], code[2:4], code[4:6], code[6:])]
        lines.append(";".join([*parts, "0", kk, ru]))
    return "\n".join(lines)


def simple(rows: list = ROWS, header: str = "") -> str:
    return header + "\n".join(";".join(row) for row in rows)


LAYOUTS = {
    "comma": official(),
    "semicolon": official(delimiter=";", names=("name_kaz", "name_rus")),
    "tab": official(delimiter="\t"),
    "parts only": without_te(),
    "simple": simple(),
    "simple with header": simple(header="code;name_kk;name_ru\n"),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(text: str):
    report = import_territories(content=text.encode())
    assert report.created == 7
    stored = dict(Territory.objects.exclude(kato="").values_list("kato", "kind"))
    assert [stored[code] for code, _, _ in ROWS] == KINDS.split()


@pytest.mark.parametrize(
    "content",
    [
        official().encode("utf-8-sig"),
        official(delimiter="\t").encode("utf-16"),
        official().encode("kz1048"),
    ],
    ids=["utf-8 with mark", "utf-16", "kz-1048"],
)
def test_encodings(content: bytes):
    import_territories(content=content)
    assert Territory.objects.get(kato="315630200").name_kk == "Ақсүйек а."


def test_windows_1251_when_no_kazakh_letter_is_needed():
    rows = [("315630000", "Талды а.", "с.Ёлкино")]
    import_territories(content=simple(rows).encode("cp1251"))
    assert Territory.objects.get(kato="315630000").name_ru == "с.Ёлкино"


def test_tree_and_slugs():
    import_territories(content=official().encode())
    found = {
        territory.kato: (territory.slug, territory.parent.slug)
        for territory in Territory.objects.select_related("parent").exclude(parent=None)
    }
    assert found["311000000"] == ("taraz", "zhambyl")
    assert found["311010000"] == ("taraz-taraz", "taraz")
    assert found["311011100"] == ("bir", "taraz-taraz")
    assert found["315630000"] == ("birlik-okrug", "moiynkum")
    assert found["315630100"] == ("birlik", "birlik-okrug")
    assert found["316620100"] == ("aliya", "shu-okrug")
    assert found["316620000"] == ("shu-okrug", "shu-district")
    assert found["711210000"] == ("astana-esil", "astana")


def test_our_own_places_keep_names_and_take_a_missing_code():
    load_territories()
    before = Territory.objects.get(slug="moiynkum")
    import_territories(content=official().encode())
    after = Territory.objects.get(slug="moiynkum")
    assert (after.pk, after.kato, after.name_en) == (before.pk, "315600000", before.name_en)
    assert Territory.objects.get(slug="taraz").name_kk == "Тараз қаласы"
    load_territories()
    after.refresh_from_db()
    assert after.kato == "315600000"


def test_importing_again_changes_only_what_changed():
    import_territories(content=official().encode())
    again = import_territories(content=official().encode())
    assert (again.created, again.updated, again.unchanged) == (0, 0, len(ROWS))
    rows = [(code, "Жаңа атау а." if code == "315630200" else kk, ru) for code, kk, ru in ROWS]
    renamed = import_territories(content=official(rows).encode())
    assert (renamed.created, renamed.updated) == (0, 1)
    renamed_row = Territory.objects.get(kato="315630200")
    assert (renamed_row.slug, renamed_row.name_kk) == ("aksuiek", "Жаңа атау а.")


def test_places_that_the_file_lacks_are_counted_and_stay():
    import_territories(content=official().encode())
    report = import_territories(content=official(ROWS[:-1]).encode())
    assert report.not_in_file > 0
    assert Territory.objects.filter(kato="711210000").exists()


BAD = {
    "31560000;Аз;Мало": (2, "'31560000' is not a KATO code"),
    "005600000;Нөл;Ноль": (2, "'005600000' is not a KATO code"),
    "315600000;;": (2, "no name"),
    "315600000;Мойын??м;Мойынкум": (2, "letters are lost"),
    "315600000;" + "а" * 201 + ";б": (2, "longer than 200"),
    "315600000;а;б\n\n315600000;в;г": (4, "already stands on line 2"),
    "995600000;Жоқ;Нет": (2, "the region 99 of 995600000 is not known"),
}


@pytest.mark.parametrize(("text", "expected"), BAD.items())
def test_bad_lines(text: str, expected: tuple[int, str]):
    with pytest.raises(ClassifierInvalid) as caught:
        import_territories(content=f"code;name_kk;name_ru\n{text}\n".encode())
    problem = caught.value.problems[0]
    assert (problem.line, expected[1] in problem.message) == (expected[0], True)
    assert not Territory.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no rows"),
        (b"\n\n", "no rows"),
        (b"code;name_kk;name_ru\n", "no rows"),
        (b"PK\x03\x04xlsx", "Excel workbook"),
        (b"a;b;c\n", "columns not recognised"),
        (b"te,ab,cd,ef,hij\n310000000,31,0,0,0\n", "columns not recognised"),
        (b'code;name_kk;name_ru\n310000000;"' + b"x" * 140_000, "not CSV"),
    ],
)
def test_files_that_are_not_the_classifier(content: bytes, message: str):
    _, problems = read_kato(content)
    assert message in problems[0].message


def test_te_must_agree_with_its_parts():
    text = official().replace("315630200,31,56", "315630200,31,57")
    with pytest.raises(ClassifierInvalid) as caught:
        import_territories(content=text.encode())
    assert [problem.line for problem in caught.value.problems] == [9]


def test_the_country_s_own_row_is_passed_over():
    rows, problems = read_kato(simple([("000000000", "Қазақстан", "Казахстан"), *ROWS]).encode())
    assert (len(rows), problems) == (len(ROWS), [])


def test_a_settlement_stands_under_its_okrug_and_not_under_the_central_village():
    row = KatoRow(1, "101033102", "Ақшабай", "Акшабай")
    assert row.parents == ["101033000", "101000000", "100000000"]


def run(path: Path, *args: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_territories", str(path), *args, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_command_counts(tmp_path: Path):
    path = tmp_path / "kato.csv"
    path.write_text(official())
    code, out, _ = run(path)
    assert code == 0
    assert "      1 rural_okrug" not in out
    assert "      2 rural_okrug" in out
    assert "7 new, 1 changed, 4 as before" in out


def test_command_dry_run_writes_nothing(tmp_path: Path):
    path = tmp_path / "kato.csv"
    path.write_text(official())
    code, out, _ = run(path, "--dry-run")
    assert code == 0
    assert "7 new" in out
    assert "nothing was written" in out
    assert not Territory.objects.exists()


def test_command_names_every_bad_line_and_writes_nothing(tmp_path: Path):
    path = tmp_path / "kato.csv"
    path.write_text(official() + "12,1,2,3,4,0,а,б,\n315630300,31,56,30,300,0,,,\n")
    code, _, err = run(path)
    assert code == 2
    assert f"{path}:14: '12' is not a KATO code" in err
    assert f"{path}:15: no name" in err
    assert not Territory.objects.exists()


def test_command_without_a_file(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file") as caught:
        run(tmp_path / "none.csv")
    assert caught.value.returncode == 2


def test_20_000_rows_take_a_bounded_number_of_queries(django_assert_max_num_queries):
    rows = []
    for district in range(20, 60):
        rows.append((f"31{district}00000", f"Аудан {district} ауданы", f"Район {district} район"))
        for okrug in range(30, 55):
            rows.append((f"31{district}{okrug}000", "Бірлік а.о.", "Бирликский с.о."))
            rows.extend(
                (f"31{district}{okrug}{village}00", "Ақжар а.", "с.Акжар")
                for village in range(1, 10)
            )
            rows.extend(
                (f"31{district}{okrug}{village}", "Жаңа а.", "с.Жана")
                for village in range(101, 111)
            )
    rows = [row for row in rows if row[0] not in {place.kato for place in our_places()}]
    assert len(rows) > 20_000
    content = official(rows).encode()
    with django_assert_max_num_queries(60):
        report = import_territories(content=content)
    assert report.created == len(rows)
    with django_assert_max_num_queries(20):
        assert import_territories(content=content).unchanged == len(rows)
