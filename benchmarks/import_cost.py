"""What `import toc` and the first use of the model cost, as whole processes."""

from __future__ import annotations

from timing import python, report

BARE = ("the bare interpreter", python("pass"))
PYDANTIC = ("`from pydantic import BaseModel`", python("from pydantic import BaseModel"))

report("import toc", python("import toc"), BARE, goal=1.1, rounds=21)
report("first use of the model", python("import toc; toc.TheoryOfChange"), PYDANTIC, goal=1.7, rounds=15)
report("starting the command line", python("import toc.cli"), BARE, rounds=15)
