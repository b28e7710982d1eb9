"""What the commands of analysts print: files in the documented forms, pure modules, results.

The forms are in docs/formats.md.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from edp import agreement, consensus, delphi, scoring
from edp.datasets import Dataset
from edp.specialisation import herfindahl_index, krugman_index, specialisations
from participation.csv_files import BadFile, whole_number, whole_rows

RECUSED = "COI"
VOTES = {"agree": 1, "1": 1, "+1": 1, "disagree": -1, "-1": -1, "pass": 0, "0": 0}


def specialisation_report(
    dataset: Dataset,
    *,
    region: str,
    nation: str = "KZ",
    indicator: str = "employment",
    first: int | None = None,
    last: int | None = None,
) -> dict[str, Any]:
    """Raises BadFile where the table does not have what is asked for."""
    for code in (region, nation):
        if code not in dataset.regions:
            raise BadFile(f"no region is called {code}; there are {', '.join(dataset.regions)}")
    years = dataset.years_in_both(indicator, region, nation)
    if not years:
        raise BadFile(f"{indicator} is not given for {region} and {nation} in the same year")
    first, last = first or years[0], last or years[-1]
    if missing := {first, last} - set(years):
        raise BadFile(f"no {indicator} for {min(missing)}; there are {', '.join(map(str, years))}")
    here = [dataset.table(indicator, year, region) for year in (first, last)]
    there = [dataset.table(indicator, year, nation) for year in (first, last)]
    # One year alone has no growth: there is nothing before it.
    before = (here[0], there[0]) if first != last else ({}, {})
    rows = specialisations(region=(before[0], here[1]), nation=(before[1], there[1]))
    return {
        "region": region,
        "nation": nation,
        "indicator": indicator,
        "years": [first, last],
        "rows": [
            {
                "activity": row.activity,
                "name": dataset.names[row.activity],
                "value": row.value,
                "share": row.share,
                "lq": row.quotient,
                "lq_before": row.quotient_before,
                "growth": row.growth,
                "national_growth": row.national_growth,
                "shift_share": row.shift
                and {
                    "national": row.shift.national,
                    "industry": row.shift.industry,
                    "regional": row.shift.regional,
                },
                "signal": row.signal,
            }
            for row in rows
        ],
        "krugman": krugman_index(here[1], there[1]),
        "hhi": herfindahl_index(here[1]),
        "missing": dataset.missing,
        "warnings": [str(warning) for warning in dataset.warnings],
    }


def ranking_report(text: str) -> dict[str, Any]:
    """Raises BadFile for a file that is no evaluation."""
    given = _object(text)
    weights = [_fraction(weight) for weight in _list(given, "weights")]
    scale = _list(given, "scale") if "scale" in given else [0, 5]
    if len(scale) != 2 or not all(_iswhole_number(end) for end in scale) or scale[0] >= scale[1]:
        raise BadFile("scale must be two whole numbers, the lower one first")
    sheets = _sheets(given, len(weights), scale)
    rules = scoring.Rules(
        min_coverage=_fraction(given.get("min_coverage", "0.8")),
        min_assessors=int(_fraction(given.get("min_assessors", 3))),
        top=scale[1],
    )
    scores = scoring.all_scores(weights, sheets, rules)
    places = {idea: place for place, idea in scoring.ranking(scores)}
    rows = [
        {
            "place": places.get(idea),
            "idea": idea,
            "score": score.score,
            "percent": score.percent,
            "coverage": score.coverage,
            "assessors": score.assessors,
            "publishable": score.publishable,
            "means": score.means,
        }
        for idea, score in scores.items()
    ]
    rows.sort(key=lambda row: (row["place"] is None, row["place"] or 0))
    alpha = _alpha(sheets)
    return {
        "criteria": given.get("criteria", [str(n + 1) for n in range(len(weights))]),
        "ranking": rows,
        "deciding_assessors": scoring.deciding_assessors(weights, sheets, rules),
        "leave_one_out": {
            left: {idea: score.score for idea, score in without.items()}
            for left, without in scoring.leave_one_out(weights, sheets, rules).items()
        },
        "sensitivity": [
            {"criterion": v.criterion + 1, "factor": v.factor, "first": v.first, "lead": v.lead}
            for v in scoring.weight_sensitivity(weights, sheets, rules)
        ],
        "alpha": alpha,
        "alpha_reading": agreement.reading(alpha),
        "kendall_w": _concordance(weights, sheets),
    }


def _sheets(given: dict[str, Any], criteria: int, scale: list[int]) -> scoring.Sheets:
    """`scores`: idea → assessor → a list of scores, or "COI" for one who is recused."""
    ideas = given.get("scores", given.get("input"))
    if not isinstance(ideas, dict) or not ideas:
        raise BadFile("scores must name at least one idea")
    sheets: dict[str, dict[str, scoring.Scores]] = {}
    for idea, sheet in ideas.items():
        if not isinstance(sheet, dict):
            raise BadFile(f"{idea}: scores are by assessor")
        sheets[idea] = {}
        for assessor, row in sheet.items():
            if row == RECUSED:
                continue
            if not isinstance(row, list) or len(row) != criteria:
                raise BadFile(
                    f"{idea}, {assessor}: there must be {criteria} scores, or {RECUSED!r}"
                )
            wrong = [s for s in row if s is not None and not _on_scale(s, scale)]
            if wrong:
                raise BadFile(
                    f"{idea}, {assessor}: {json.dumps(wrong[0])} is not a whole number "
                    f"from {scale[0]} to {scale[1]}, or null"
                )
            sheets[idea][assessor] = row
    return sheets


def _alpha(sheets: scoring.Sheets) -> Fraction | None:
    """Interval alpha of the assessors, each idea and criterion being a unit."""
    assessors = list(dict.fromkeys(name for sheet in sheets.values() for name in sheet))
    criteria = max((len(row) for sheet in sheets.values() for row in sheet.values()), default=0)
    rows = [
        [score for sheet in sheets.values() for score in sheet.get(name, [None] * criteria)]
        for name in assessors
    ]
    return agreement.krippendorff_alpha(rows) if rows else None


def _concordance(weights: list[Fraction], sheets: scoring.Sheets) -> Fraction | None:
    """Kendall's W over the ideas that every assessor scored in full; None with fewer than two."""
    assessors = list(dict.fromkeys(name for sheet in sheets.values() for name in sheet))
    complete = [
        [sheet[name] for name in assessors]
        for sheet in sheets.values()
        if all(None not in sheet.get(name, [None]) for name in assessors)
    ]
    totals = [
        [sum(w * (s or 0) for w, s in zip(weights, row, strict=True)) for row in of_assessor]
        for of_assessor in zip(*complete, strict=True)
    ]
    found = agreement.kendall_w(totals)
    return found.w if found else None


def delphi_report(text: str, parameters: delphi.Parameters) -> dict[str, Any]:
    """Raises BadFile that names the line which is wrong."""
    studies: dict[str, dict[int, dict[str, int]]] = {}
    for line, row in _rows(text, ("round", "panellist", "rating")):
        number, rating = whole_number(row["round"], line), whole_number(row["rating"], line)
        if not parameters.low <= rating <= parameters.high:
            raise BadFile(f"line {line}: ratings go from {parameters.low} to {parameters.high}")
        ratings = studies.setdefault(row.get("statement") or "1", {}).setdefault(number, {})
        if row["panellist"] in ratings:
            raise BadFile(f"line {line}: {row['panellist']} has rated in round {number} before")
        ratings[row["panellist"]] = rating
    return {
        "statements": [
            {"statement": name, **_study([each for _, each in sorted(rounds.items())], parameters)}
            for name, rounds in studies.items()
        ]
    }


def _study(rounds: list[dict[str, int]], parameters: delphi.Parameters) -> dict[str, Any]:
    told = []
    for number, ratings in enumerate(rounds):
        found = delphi.summary(list(ratings.values()), parameters)
        moved = delphi.change(rounds[number - 1], ratings) if number else None
        told.append(
            {
                "round": number + 1,
                "n": found.number,
                "q1": found.q1,
                "median": found.median,
                "q3": found.q3,
                "iqr": found.spread,
                "mean": found.mean,
                "cv": found.variation,
                "agreement": found.agreement,
                "change": moved,
                "stable": delphi.is_stable(moved, parameters),
                "consensus": found.is_consensus,
                "polarised": found.is_polarised,
                "dissenters": found.dissenters,
                "histogram": found.histogram,
            }
        )
    return {"rounds": told, "stop": delphi.why_stop(rounds, parameters)}


def consensus_report(text: str, *, min_votes: int = 5) -> dict[str, Any]:
    """Counts by helix, or one vote a line. Raises BadFile that names the line."""
    header = text.partition("\n")[0]
    tables = _counts(text) if "agree" in header else _single_votes(text)
    every = list(dict.fromkeys(helix for table in tables.values() for helix in table))
    rows: list[dict[str, Any]] = []
    for statement, given in tables.items():
        votes = {helix: given.get(helix, consensus.Votes(0, 0, 0)) for helix in every}
        found = consensus.helix_consensus(votes, min_votes)
        rows.append(
            {
                "statement": statement,
                "gic": found.product,
                "geometric_mean": found.geometric_mean,
                "weakest": found.weakest,
                "agreement": found.agreement,
                "eligible": found.is_eligible,
                "helices": {
                    helix: {"agree": v.agree, "disagree": v.disagree, "pass": v.passed}
                    for helix, v in votes.items()
                },
            }
        )
    rows.sort(key=lambda row: (not row["eligible"], -row["gic"]))
    return {"min_votes": min_votes, "statements": rows}


def _counts(text: str) -> dict[str, dict[str, consensus.Votes]]:
    tables: dict[str, dict[str, consensus.Votes]] = {}
    for line, row in _rows(text, ("statement", "helix", "agree", "disagree", "pass")):
        table = tables.setdefault(row["statement"], {})
        if row["helix"] in table:
            raise BadFile(f"line {line}: {row['statement']} has votes of {row['helix']} already")
        numbers = [whole_number(row[name], line) for name in ("agree", "disagree", "pass")]
        table[row["helix"]] = consensus.Votes(*numbers)
    return tables


def _single_votes(text: str) -> dict[str, dict[str, consensus.Votes]]:
    counts: dict[str, dict[str, list[int]]] = {}
    seen: dict[tuple[str, str], int] = {}
    for line, row in _rows(text, ("participant", "helix", "statement", "vote")):
        key = row["participant"], row["statement"]
        if first := seen.get(key):
            raise BadFile(f"line {line}: the same voter and statement as line {first}")
        seen[key] = line
        vote = VOTES.get(row["vote"].lower())
        if vote is None:
            raise BadFile(f"line {line}: a vote is agree, disagree or pass")
        counts.setdefault(row["statement"], {}).setdefault(row["helix"], []).append(vote)
    return {
        statement: {
            helix: consensus.Votes(v.count(1), v.count(-1), v.count(0))
            for helix, v in given.items()
        }
        for statement, given in counts.items()
    }


def _rows(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Whole rows in which no needed cell is empty."""
    for line, cells in whole_rows(text, needed):
        if empty := [name for name in needed if not cells[name]]:
            raise BadFile(f"line {line}: {empty[0]} is empty")
        yield line, cells


def _object(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text, parse_float=str)
    except json.JSONDecodeError as error:
        raise BadFile(f"line {error.lineno}: {error.msg}") from None
    if not isinstance(given, dict):
        raise BadFile("the file must hold one object")
    return given


def _list(given: dict[str, Any], name: str) -> list[Any]:
    value = given.get(name)
    if not isinstance(value, list) or not value:
        raise BadFile(f"{name} must be a list")
    return value


def _fraction(value: Any) -> Fraction:
    """A number as it is written, so that 0.1 is a tenth."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadFile(f"{value!r} is not a number")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise BadFile(f"{value!r} is not a number") from None


def _iswhole_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _on_scale(value: Any, scale: list[int]) -> bool:
    return _iswhole_number(value) and scale[0] <= value <= scale[1]
