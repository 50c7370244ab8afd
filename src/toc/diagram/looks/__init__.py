"""How a drawing looks: themes, and the page it stands on with its legend."""
