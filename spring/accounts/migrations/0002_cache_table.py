from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    """Limits on signing in are counted in it: without the table nobody could sign in."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop, elidable=False)]
