"""Pages of a council's money: sums for everybody, claims for those whom they concern."""
