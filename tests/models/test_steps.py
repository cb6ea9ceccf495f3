from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townclerk.models.steps import even_step


@given(st.integers(-500, 500), st.integers(-50, 50), st.integers(2, 12))
def test_numbers_at_equal_steps_have_that_step(first: int, step: int, count: int) -> None:
    assert even_step([(first + place * step) / 10 for place in range(count)]) == pytest.approx(step / 10)


def test_values_have_none() -> None:
    assert even_step([18.2, 19.4, 18.9]) == 0
    assert even_step([7.0]) == 0
