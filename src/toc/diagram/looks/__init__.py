"""How a drawing looks: themes, contrast, legend, marks and the page it stands on."""
