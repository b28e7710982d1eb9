"""Inner products that stay on one core."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from budgeting.allocation.ballots import Floats

#: From about 10,000 elements on a BLAS spreads a dot product over threads, which for
#: vectors of this size costs many times the product itself and makes timings erratic.
ONE_CORE = 8_192


def inner(weights: Floats, values: NDArray[Any]) -> float:
    """Σ weight × value; the rounding error is at most size × unit roundoff × Σ |terms|."""
    if weights.size < ONE_CORE:
        return float(weights.dot(values))
    return float(np.einsum("i,i->", weights, values, dtype=np.float64, casting="unsafe"))
