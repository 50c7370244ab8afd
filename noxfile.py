"""The tests in environments of their own: on each Python there is, and with the newest and the oldest versions we allow.

`nox --list` says what there is; what follows `--` goes to pytest, as in `nox -s lowest -- -k cycle`.
"""

from __future__ import annotations

import nox

nox.needs_version = ">=2025.11.12"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"  # the Pythons that are installed, no others
nox.options.sessions = ["tests"]

IATI = "pyIATI==0.4.1"  # its schema, rules, lists and test files; none of its requirements
PYTEST = ("python", "-m", "pytest", "-n", "auto", "--dist", "worksteal")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the tests on each Python that is installed, with the versions that `make test` installs."""
    session.install("--constraint", "constraints.txt", "--editable", ".[all,test,bench]")
    session.install("--no-deps", IATI)
    session.run(*PYTEST, *session.posargs)


@nox.session
def newest(session: nox.Session) -> None:
    """Run the tests with the newest version that pyproject.toml allows of everything."""
    session.install("--upgrade", "--editable", ".[all,test,bench]")
    session.install("--no-deps", IATI)
    session.run(*PYTEST, *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest version that pyproject.toml allows of everything it names."""
    session.install("--resolution", "lowest-direct", "--editable", ".[all,test,bench]")
    session.install("--no-deps", IATI)
    session.run(*PYTEST, *session.posargs)
