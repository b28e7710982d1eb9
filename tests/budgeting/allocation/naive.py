"""Equal Shares written down as in the definition, voter by voter, in fractions: slow."""

from __future__ import annotations

from fractions import Fraction

from budgeting.allocation import Election


def voters_of(election: Election) -> list[dict[int, int]]:
    """Every voter's points (1 for approval) by project number."""
    ballots = election.ballots
    found: list[dict[int, int]] = []
    for number, many in enumerate(ballots.multiplicity.tolist()):
        span = slice(int(ballots.starts[number]), int(ballots.starts[number + 1]))
        listed = ballots.projects[span].tolist()
        points = [1] * len(listed) if ballots.points is None else ballots.points[span].tolist()
        found.extend([dict(zip(listed, points, strict=True))] * many)
    return found


def price(cost: int, purses: list[tuple[Fraction, int]]) -> Fraction | None:
    """Lowest x with Σ min(balance, x·points) = cost."""
    if sum(balance for balance, _ in purses) < cost:
        return None
    purses = sorted(purses, key=lambda purse: purse[0] / purse[1])
    missing, units = Fraction(cost), sum(points for _, points in purses)
    for balance, points in purses:
        if missing / units <= balance / points:
            return missing / units
        missing -= balance
        units -= points
    raise AssertionError("the supporters have the cost together")


def equal_shares(
    election: Election, satisfaction: str, share: Fraction
) -> list[tuple[int, Fraction]]:
    """Purchases (project number, price per point) in order; ties by list order."""
    voters = voters_of(election)
    balance = [share] * len(voters)
    by_cost = satisfaction == "cost" and election.is_approval
    bought: list[tuple[int, Fraction]] = []
    while True:
        offers = []
        for number, project in enumerate(election.projects):
            points = {i: v[number] for i, v in enumerate(voters) if v.get(number, 0) > 0}
            utility = project.cost if by_cost else 1
            done = {p for p, _ in bought}
            is_done = number in done or any(
                number in group and group & done for group in election.conflicts
            )
            if is_done or not points or not utility or project.cost > election.budget:
                continue
            x = price(project.cost, [(balance[i], s) for i, s in points.items()])
            if x is not None:
                offers.append((x / utility, number, x, points))
        if not offers:
            return bought
        _, number, x, points = min(offers, key=lambda offer: offer[:2])
        for i, s in points.items():
            balance[i] -= min(balance[i], x * s)
        bought.append((number, x))
