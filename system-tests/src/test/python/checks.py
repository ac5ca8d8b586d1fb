"""What the scripts here have in common: each runs its checks, prints one line for each, and exits with 1 if any did not hold."""

import sys
import traceback

import numpy as np

CHECKS = []


def check(function):
    """A function without arguments that raises where its name is not true."""
    CHECKS.append(function)
    return function


def run():
    failed = 0
    for function in CHECKS:
        name = function.__name__.replace("_", " ")
        try:
            function()
            print("ok    ", name, flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print("FAILED", name, flush=True)
            traceback.print_exc(file=sys.stdout)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} hold")
    sys.exit(1 if failed else 0)


def rows(count):
    """What the model adds takes: rows of three."""
    return np.arange(count * 3, dtype=np.float32).reshape(count, 3)


def equal(actual, expected):
    if isinstance(expected, np.ndarray):
        assert actual is not None and actual.shape == expected.shape, f"{actual} is not {expected}"
        assert actual.dtype == expected.dtype and np.array_equal(actual, expected), f"{actual} is not {expected}"
    else:
        assert actual == expected, f"{actual!r} is not {expected!r}"


def raises(kind, text, function):
    """The error, whose text has this in it."""
    try:
        function()
    except kind as error:
        assert text in str(error), f"{error} does not say {text!r}"
        return error
    raise AssertionError(f"no error that says {text!r}")
