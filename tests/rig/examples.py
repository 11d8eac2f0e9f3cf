"""How many examples a property is tried with: few in the usual run, for its cost; many by `make soak`."""

import os

MANY = 20


def examples(few: int) -> int:
    return few * MANY if os.environ.get("CELLULE_TEST_SOAK") else few
