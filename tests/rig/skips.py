"""What a machine lacks is skipped aloud; where nothing may lack (CELLULE_TEST_FULL=1), a skip fails."""

import os
from collections import Counter
from collections.abc import Iterable
from typing import NoReturn

import pytest


def skip_or_fail(reason: str) -> NoReturn:
    """Give up this test for want of `reason`: a program or a service that the machine does not have."""
    if nothing_may_be_skipped():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def fail_when_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip that came by another way (a mark, `importorskip`) into a failure as well."""
    expected_failure = hasattr(report, "wasxfail")  # pytest reports these as skipped too
    if report.skipped and not expected_failure and nothing_may_be_skipped():
        report.outcome = "failed"
        report.longrepr = f"Skipped, while CELLULE_TEST_FULL=1 forbids it: {report.longrepr}"


def not_tested(skipped: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """Return one line for each reason to skip, with the number of tests."""
    reasons = Counter(report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple))
    return [f"NOT TESTED ({times}): {reason.removeprefix('Skipped: ')}" for reason, times in reasons.items()]


def nothing_may_be_skipped() -> bool:
    return os.environ.get("CELLULE_TEST_FULL") == "1"
