"""What `import toc` and starting the command line cost, as whole processes."""

from __future__ import annotations

from timing import python, report

BARE = ("the bare interpreter", python("pass"))

report("import toc", python("import toc"), BARE, goal=1.1, rounds=21)
report("starting the command line", python("import toc.cli"), BARE, rounds=15)
