"""How long the busiest pages take, as ratios to an empty signed-in page."""
