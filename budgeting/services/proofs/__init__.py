"""Ways to show who may vote. Every one ends in a line of the register and a Residence."""
