"""Kazakh and Russian for every word of ours: found in the code itself, without gettext's tools."""

import ast
import re
import string
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("accounts", "budgeting", "config", "councils", "edp", "participation")
LANGUAGES = ("kk", "ru")
FOLDERS = ("locale", "locale/libraries")
# How many of its first arguments a function takes as text, and whether a context comes first.
FUNCTIONS = {
    "_": (1, False),
    "gettext": (1, False),
    "ngettext": (2, False),
    "pgettext": (1, True),
    "npgettext": (2, True),
}
# The same in every language: names, signs and codes.
SAME = re.compile(r"^(KATO|ISO 3166-2|Kenes|SHA-256|CSV|JSON|OpenID Connect|[^A-Za-z]*)$")
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(((?:{_LITERAL}\s*,?\s*)+)")


class Text(NamedTuple):
    """One thing to translate, as a catalogue names it."""

    context: str | None
    singular: str
    plural: str = ""


def _as_text(function: str, words: list[str]) -> Text:
    number, has_context = FUNCTIONS[function]
    context = words.pop(0) if has_context else None
    return Text(context, words[0], words[1] if number == 2 else "")


class _Calls(ast.NodeVisitor):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[Text] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        name = name.removesuffix("_lazy").removesuffix("_noop")
        if name in FUNCTIONS:
            number, has_context = FUNCTIONS[name]
            arguments = node.args[: number + has_context]
            words = [a.value for a in arguments if isinstance(a, ast.Constant)]
            where = f"{self.path}:{node.lineno}: text that no translator can ever see"
            assert len(words) == number + has_context, where
            self.found.append(_as_text(name, [str(word) for word in words]))
        self.generic_visit(node)


def _in_python(path: Path) -> list[Text]:
    source = path.read_text(encoding="utf-8")
    calls = _Calls(path)
    if "translation" in source:
        calls.visit(ast.parse(source))
    return calls.found


def _in_template(source: str) -> Iterator[Text]:
    for function, arguments in _CALL.findall(templatize(source)):
        yield _as_text(
            function, [ast.literal_eval(text) for text in re.findall(_LITERAL, arguments)]
        )


def _sources() -> Iterator[tuple[Path, Iterable[Text]]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, _in_python(path)
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield path, _in_template(path.read_text(encoding="utf-8"))


@cache
def _said() -> dict[Text, str]:
    """Everything of ours that is to be translated, with the first place that says it."""
    said: dict[Text, str] = {}
    for path, texts in _sources():
        for text in texts:
            said.setdefault(text, str(path.relative_to(ROOT)))
    return said


def _catalogue(folder: str, language: str) -> polib.POFile:
    path = ROOT / folder / language / "LC_MESSAGES" / "django.po"
    assert path.is_file(), f"there is no {path.relative_to(ROOT)}"
    return polib.pofile(str(path))


def _text(entry: polib.POEntry | polib.MOEntry) -> Text:
    return Text(entry.msgctxt or None, entry.msgid, entry.msgid_plural)


def _listed(texts: Iterable[Text]) -> str:
    return "\n".join(sorted(f"{_said().get(text, '?')}: {text.singular!r}" for text in texts))


def test_words_are_found_in_code_and_templates() -> None:
    """The search itself: one text of each kind that is known to be there."""
    source = """{% load i18n %}{% translate "A 5 %" %}{% translate 'B' context "c" %}{{ _("D") }}
    {% blocktranslate count n=n with x=y trimmed %}
      {{ n }} {{ x }}{% plural %}many {{ n }}
    {% endblocktranslate %}"""
    assert set(_in_template(source)) == {
        Text(None, "A 5 %%"),
        Text("c", "B"),
        Text(None, "D"),
        Text(None, "%(n)s %(x)s", "many %(n)s"),
    }
    said = _said()
    assert Text(None, "Skip to the main content") in said
    assert (
        Text(None, "Choose at least %(number)s project.", "Choose at least %(number)s projects.")
        in said
    )
    assert Text("after a number, before a currency", "million") in said
    assert len(said) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_we_say_is_in_the_catalogue(language: str) -> None:
    known = {_text(entry) for entry in _catalogue("locale", language) if not entry.obsolete}
    # A text that is also said with a plural shares that entry.
    known |= {text._replace(plural="") for text in known}
    missing = _said().keys() - known
    assert not missing, f"not in locale/{language} (make messages):\n{_listed(missing)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_says_nothing_that_we_do_not(language: str) -> None:
    known = {_text(entry) for entry in _catalogue("locale", language) if not entry.obsolete}
    superfluous = known - _said().keys()
    assert not superfluous, f"nobody says this any more:\n{_listed(superfluous)}"


def _forms(entry: polib.POEntry) -> dict[int | None, str]:
    return dict(entry.msgstr_plural) if entry.msgid_plural else {None: entry.msgstr}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_entry_is_translated(folder: str, language: str) -> None:
    catalogue = _catalogue(folder, language)
    number = int(re.findall(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[0])
    wrong = []
    for entry in catalogue:
        forms = _forms(entry)
        is_complete = all(forms.values()) and (len(forms) == number or not entry.msgid_plural)
        if entry.fuzzy or not is_complete:
            wrong.append(_text(entry))
    assert not wrong, f"untranslated or fuzzy in {folder}/{language}:\n{_listed(wrong)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_the_english_text(language: str) -> None:
    english = [
        _text(entry)
        for entry in _catalogue("locale", language)
        if {entry.msgid, entry.msgid_plural} & set(_forms(entry).values())
        and not SAME.match(_without_placeholders(entry.msgid))
    ]
    assert not english, f"still English in locale/{language}:\n{_listed(english)}"


_PERCENT = re.compile(r"%(?:\(\w+\))?[-0-9.]*[sdrfi]|%%")


def _without_placeholders(text: str) -> str:
    return re.sub(r"\{\w*\}", "", _PERCENT.sub("", text))


def _placeholders(text: str) -> list[str]:
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError:  # a single brace that means itself
        parsed = []
    braces = [f"{{{name}}}" for _, name, _, _ in parsed if name is not None]
    return sorted({*_PERCENT.findall(text), *braces})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_placeholders_are_kept(folder: str, language: str) -> None:
    wrong = []
    for entry in _catalogue(folder, language):
        expected = [_placeholders(entry.msgid_plural or entry.msgid)]
        for form, said in _forms(entry).items():
            # «One project» needs no number, but only where its form is for one alone, which in
            # Russian it is not: 21, 31, …
            if form == 0 and (language == "kk" or folder == "locale/libraries"):
                expected.append(_placeholders(entry.msgid))
            if said and _placeholders(said) not in expected:
                wrong.append(f"{entry.msgid!r} → {said!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_compiled_catalogue_is_what_the_text_compiles_to(folder: str, language: str) -> None:
    catalogue = _catalogue(folder, language)
    path = Path(str(catalogue.fpath)).with_suffix(".mo")
    assert path.is_file(), f"there is no {path.relative_to(ROOT)}: make messages"
    compiled = {_text(entry): _forms(entry) for entry in polib.mofile(str(path))}
    written = {_text(e): _forms(e) for e in catalogue.translated_entries() if not e.obsolete}
    differing = [
        text for text in written.keys() | compiled if written.get(text) != compiled.get(text)
    ]
    assert not differing, (
        f"{path.relative_to(ROOT)} is stale (make messages):\n{_listed(differing)}"
    )
