"""One thread for each product of matrices.

The products of a question are small, or as fast as memory already. Split between cores they wait for each other, and the waiting
burns both: on 2 cores a question among 100,000 passages took 170 ms of processor time, and 81 ms with one thread a product (other
work on the machine, the same in turn, twice; 2026-11-22). Many people asking keep all cores busy anyway.
"""

from __future__ import annotations


def use_one_thread_a_product() -> None:
    """Hold the library behind numpy's products to one thread, in this process. Models and FAISS have threads of their own."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
