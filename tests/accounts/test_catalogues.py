"""Kazakh and Russian for everything the libraries say: complete, compiled, placeholders kept."""

import re
import string
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext, npgettext, pgettext

LIBRARIES = Path(settings.BASE_DIR) / "locale" / "libraries"
DJANGO = Path(django.__file__).parent
SHIPPED = {
    "allauth": Path(allauth.__file__).parent,
    "django": DJANGO / "conf",
    **{
        f"django.{name}": DJANGO / "contrib" / name
        for name in ("auth", "contenttypes", "humanize", "postgres", "sessions")
    },
}
# Names and signs that are the same in every language.
SAME = {"Headless", "WebAuthn", "IPv4", "IPv6", "URL", "…", ":", ", ", ":?.!"}
# The page Django shows before a project has any address of its own.
_DEVELOPERS = re.compile(
    r"install worked|release notes|seeing this page because|Django Documentation|"
    r"Topics, references|Polling App|Get started with|Django Community|Connect, get help"
)


def _shipped(folder: Path) -> Iterator[polib.POEntry]:
    for entry in polib.pofile(str(folder / "locale/en/LC_MESSAGES/django.po")):
        if not entry.obsolete and not _DEVELOPERS.search(entry.msgid):
            yield entry


def _said(entry: polib.POEntry) -> dict[str, str]:
    """What the entry says in the active language, for one and for many."""
    if entry.msgid_plural:
        forms = {}
        for count in (1, 2, 5):
            if entry.msgctxt:
                said = npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, count)
            else:
                said = ngettext(entry.msgid, entry.msgid_plural, count)
            forms[f"{count}"] = str(said)
        return forms
    said = pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)
    return {"": str(said)}


def _placeholders(text: str) -> list[str]:
    percent = re.findall(r"%(?:\(\w+\))?[-0-9.]*[sdr]", text)
    braces = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return sorted(percent + [f"{{{name}}}" for name in braces])


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("library", SHIPPED)
def test_everything_a_library_says_is_said(library: str, language: str) -> None:
    silent = []
    with translation.override(language):
        for entry in _shipped(SHIPPED[library]):
            english = {entry.msgid, entry.msgid_plural} - SAME
            if any(said in english for said in _said(entry).values()):
                silent.append(entry.msgid)
    assert [msgid for msgid in silent if not _is_language_neutral(msgid)] == []


def _is_language_neutral(msgid: str) -> bool:
    """Nothing but placeholders and signs, «%(truncated_text)s…» say."""
    return not re.search(r"[A-Za-z]", re.sub(r"%\(\w+\)[sdr]|\{\w*\}", "", msgid))


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("library", SHIPPED)
def test_placeholders_are_kept(library: str, language: str) -> None:
    wrong = []
    with translation.override(language):
        for entry in _shipped(SHIPPED[library]):
            allowed = [_placeholders(entry.msgid), _placeholders(entry.msgid_plural)]
            for count, said in _said(entry).items():
                # «an hour ago» needs no number where there is one of it.
                if _placeholders(said) not in allowed and not (count == "1" and not allowed[0]):
                    wrong.append((entry.msgid, said))
    assert wrong == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_catalogue_is_finished_and_compiled(language: str) -> None:
    folder = LIBRARIES / language / "LC_MESSAGES"
    catalogue = polib.pofile(str(folder / "django.po"))
    assert catalogue.fuzzy_entries() == []
    assert catalogue.untranslated_entries() == []
    compiled = polib.mofile(str(folder / "django.mo"))
    assert {_key(entry) for entry in compiled} == {_key(entry) for entry in catalogue}


def _key(entry: polib.MOEntry | polib.POEntry) -> tuple[str | None, str, str, str]:
    plural = str(sorted((entry.msgstr_plural or {}).items()))
    return entry.msgctxt or None, entry.msgid, entry.msgstr, plural


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_plural_rule_is_djangos(language: str) -> None:
    ours = polib.pofile(str(LIBRARIES / language / "LC_MESSAGES/django.po"))
    theirs = polib.pofile(str(DJANGO / f"conf/locale/{language}/LC_MESSAGES/django.po"))
    assert ours.metadata["Plural-Forms"] == theirs.metadata["Plural-Forms"]


def test_time_reads_naturally_in_kazakh() -> None:
    now = timezone.now()
    with translation.override("kk"):
        assert naturaltime(now - timedelta(hours=3)) == "3\xa0сағат бұрын"
        assert naturaltime(now - timedelta(days=2)) == "2\xa0күн бұрын"
        assert naturaltime(now + timedelta(days=2, minutes=1)) == "2\xa0күннен кейін"
        assert timesince(now - timedelta(weeks=2)) == "2\xa0апта"
        day = date(2026, 11, 22)
        assert date_format(day) == "2026 ж. 22 қараша"
