"""What a pull request changes in its theories of change: a drawing of each in a folder, and a page in Markdown.

The action of this repository (`action.yml`) runs it in a checkout that holds both versions:

    python scripts/pull_request.py BASE FOLDER PATTERN...

BASE is the commit that is compared with, a PATTERN such as `theories/*.yaml` names the theories, FOLDER gets the drawings and `changes.md`, in which the drawings stand as Mermaid
too. It needs git, and nothing besides the library. Its status is 0 whatever changed; mistakes are told by `toc check`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import toc

MOST_MERMAID = 50_000  # characters: with more, GitHub draws nothing
FENCE = "~~~~~~~~"  # longer than any that a text may hold after escaping


def git(*arguments: str) -> bytes | None:
    """What git prints; None where it fails."""
    found = subprocess.run(["git", *arguments], capture_output=True, check=False)
    return found.stdout if found.returncode == 0 else None


def changed_files(base: str, patterns: list[str]) -> list[str]:
    """The files that are not as they were at a commit, those that are gone too."""
    found = git(
        "diff", "-z", "--name-only", "--no-renames", "--relative", base, "--", *map(":(glob){}".format, patterns)
    )
    if found is None:
        raise SystemExit(f"git knows no commit {base}")
    return [name.decode("utf-8", "surrogateescape") for name in found.split(b"\0") if name]


def theory_in(data: bytes, file: str) -> toc.TheoryOfChange | str:
    """The theory in a file, or what is wrong with it."""
    try:
        return toc.loads(data, format="json" if file.endswith(".json") else "yaml", source=file)
    except toc.TocError as error:
        return str(error)


def told(file: str, before: bytes | None, after: bytes | None, picture: Path) -> str:
    """What changed in one file, as Markdown; the drawing of it goes to `picture`. "" where nothing that counts did."""
    if after is None:
        return "The file is gone.\n"
    new = theory_in(after, file)
    if isinstance(new, str):
        return f"The file has mistakes, so that nothing can be compared:\n\n{fenced(new)}"
    old = theory_in(before, file) if before is not None else None
    if old is None:
        new.draw(picture)
        return f"A new theory.\n\n{mermaid(new.to_mermaid())}"
    if isinstance(old, str):
        new.draw(picture)
        return f"The file had mistakes before, so that nothing can be compared.\n\n{mermaid(new.to_mermaid())}"
    found = old.compare(new)
    if not found:
        return ""
    found.draw(picture)
    return f"{found.to_markdown()}\n{mermaid(found.to_mermaid())}"


def mermaid(drawing: str) -> str:
    """A drawing that GitHub draws, or a sentence where it is too long for that."""
    if len(drawing) > MOST_MERMAID:
        return "The drawing is too long to stand here; it is among the files of this run."
    return fenced(drawing, "mermaid")


def fenced(text: str, language: str = "text") -> str:
    """A text between fences that nothing in it can close."""
    fence = FENCE
    while fence in text:
        fence += "~"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"


def main(base: str, folder: Path, patterns: list[str]) -> None:
    """Write the page and the drawings."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: list[str] = []
    for file in changed_files(base, patterns):
        path = Path(file)
        after = path.read_bytes() if path.is_file() else None
        picture = folder / f"{len(parts) + 1}-{path.stem}.svg"
        if words := told(file, git("show", f"{base}:./{file}"), after, picture):
            parts.append(f"# `{file.replace('`', '')}`\n\n{words}")
    (folder / "changes.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
