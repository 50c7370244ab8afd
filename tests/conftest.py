"""What several tests need: settings of hypothesis, and programs that may be missing."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable

import pytest
from hypothesis import settings

CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# Timing never fails a test. In CI every run tries the same cases, so that a failure is the change's own.
settings.register_profile("people", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if CI else "people")

# A run that was started in the background is deaf to Ctrl-C, and would hand that on to the programs whose end is tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

RequireTool = Callable[..., str]


@pytest.fixture(scope="session")
def require_tool() -> RequireTool:
    """The path of the first of some programs; without one the test is skipped, and in CI it fails."""

    def path_of(*names: str) -> str:
        for name in names:
            if found := shutil.which(name):
                return found
        reason = f"needs {' or '.join(names)} on the PATH"
        if CI:
            pytest.fail(reason)
        pytest.skip(reason)

    return path_of


@pytest.fixture(scope="session")
def chromium(require_tool: RequireTool) -> str:
    """The path of a browser that can be run without a screen."""
    return require_tool("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def pdftotext(require_tool: RequireTool) -> str:
    """The path of the program that reads the text back out of a PDF."""
    return require_tool("pdftotext")
