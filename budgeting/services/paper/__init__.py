"""Votes on paper: stations, the giving of ballots, papers keyed twice, protocols."""
