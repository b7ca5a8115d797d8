"""Settings: `base` is shared, `embedded` is the newcomer's default, `production` the real thing."""
