"""Draw the worked example for a screen, for slides and for print."""

from __future__ import annotations

import toc

theory = toc.example("rgs-newcastle")
for name in ("rgs.svg", "rgs.png", "rgs.pdf"):
    theory.draw(name)
