"""No view reads people's rows without saying for whom (S-4)."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
SENSITIVE = {
    model.__name__
    for app in ("participants", "linkworkers", "referrals", "reports")
    for model in apps.get_app_config(app).get_models()
} - {"Target"}
SCOPED = {"visible_to", "present_to", "who_may_take"}
# What a row already found by `visible_to` leads to.
FOLLOWS = {("participants/views/plan.py", "Plan")}


def views() -> list[Path]:
    """Every file that answers a request."""
    found = [*ROOT.glob("*/views.py"), *ROOT.glob("*/views/*.py"), *ROOT.glob("spring/*/views.py")]
    return sorted({*found, ROOT / "spring" / "who_looked.py"})


def unscoped(source: str) -> list[str]:
    """Sensitive managers that are asked for anything before `visible_to`, and ways around them."""
    tree = ast.parse(source)
    scoped = set()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in SCOPED:
            scoped.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in ("_base_manager", "_default_manager", "raw", "cursor"):
            found.append(node.attr)
        model = node.value.id if isinstance(node.value, ast.Name) else ""
        if node.attr == "objects" and model in SENSITIVE and id(node) not in scoped:
            found.append(model)
    return found


@pytest.mark.parametrize("path", views(), ids=lambda path: str(path.relative_to(ROOT)))
def test_views_ask_only_for_what_the_reader_may_see(path):
    name = str(path.relative_to(ROOT))
    found = [model for model in unscoped(path.read_text()) if (name, model) not in FOLLOWS]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "def v(r): return Participant.objects.all()",
        "def v(r): return get_object_or_404(Journey.objects, pk=1)",
        "def v(r): return Referral._base_manager.all()",
        "def v(r): return Session.objects.raw('SELECT 1')",
        "def v(r): return connection.cursor()",
    ],
)
def test_a_planted_shortcut_is_found(planted):
    """The negative control."""
    assert unscoped(planted)


def test_the_lint_knows_the_models_and_the_views():
    assert {"Participant", "Journey", "Session", "Referral", "Report"} <= SENSITIVE
    assert len(views()) >= 12
    assert not unscoped("def v(r): return Participant.objects.visible_to(r.user)")
