"""The handful of sign-ins that a newcomer is told of."""

PASSWORD = "spring-demo-2026!"  # noqa: S105  (made public on purpose: it opens fictional data only)

ACCOUNTS: list[tuple[str, str, str]] = [
    ("coordinator@spring.example", "Ruth Ashby", "Coordinator of the service"),
    ("amira.khan@spring.example", "Amira Khan", "Link worker, Northamptonshire Carers"),
    ("volunteer@spring.example", "Keith Lovell", "Volunteer, Age UK Northamptonshire"),
    ("nhs@spring.example", "Gareth Pryce", "NHS link worker at two primary care networks"),
    ("partner@spring.example", "Helen Tibbs", "Partner manager, Northamptonshire Carers"),
    ("manager@spring.example", "David Okafor", "Service manager"),
    ("commissioner@spring.example", "Priya Raman", "Commissioner: published reports only"),
    ("administrator@spring.example", "Joan Whitlock", "Administrator: accounts, no people"),
]
"""(e-mail address, name, what they are); all of them sign in with `PASSWORD`."""
