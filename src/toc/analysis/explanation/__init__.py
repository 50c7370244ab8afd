"""How a node leads to the goals: the ways, their reasons, the strongest and the weakest."""
