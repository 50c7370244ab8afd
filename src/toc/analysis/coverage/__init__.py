"""What is measured where: pillars, levels of measurement and target groups."""
