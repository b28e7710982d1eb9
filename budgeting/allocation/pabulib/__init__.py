"""Reading and writing `.pb` files, the published format of participatory budgeting."""

from budgeting.allocation.pabulib.errors import PabulibError
from budgeting.allocation.pabulib.reader import parse_pabulib, read_pabulib
from budgeting.allocation.pabulib.writer import write_pabulib

__all__ = ["PabulibError", "parse_pabulib", "read_pabulib", "write_pabulib"]
