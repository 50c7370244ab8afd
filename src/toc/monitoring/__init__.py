"""How the year goes: what the readings of the KPIs say of the way from baseline to target, and what must not be shown."""
