"""Products of matrices do not wait for each other."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info

from kb.adapters.one_thread import use_one_thread_a_product


def test_a_product_uses_one_thread_and_comes_out_the_same() -> None:
    left, right = np.random.default_rng(0).random((300, 200)), np.random.default_rng(1).random((200, 100))
    before = left @ right
    use_one_thread_a_product()

    libraries = [library for library in threadpool_info() if library["user_api"] == "blas"]
    assert libraries
    assert {library["num_threads"] for library in libraries} == {1}
    assert np.allclose(left @ right, before)
