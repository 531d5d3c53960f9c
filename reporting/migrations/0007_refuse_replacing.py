"""Refuse also the ways around UPDATE and DELETE: TRUNCATE on PostgreSQL, and REPLACE on SQLite."""

from django.db import migrations

GUARDS = [
    ("submission", "reporting_submission", ["number", "idempotency_key", "report_id = NEW.report_id AND revision"]),
    ("signature", "reporting_ownersignature", ["report_id = NEW.report_id AND digest = NEW.digest AND revision"]),
]


def guard(apps, schema_editor):
    for name, table, keys in GUARDS:
        if schema_editor.connection.vendor == "sqlite":
            taken = " OR ".join(f"({key} = NEW.{key.rpartition(' ')[2]})" for key in ["id", *keys])
            schema_editor.execute(
                f"CREATE TRIGGER {name}_refuse_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name}_refuse_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_refuse()"
            )


def unguard(apps, schema_editor):
    for name, table, _ in GUARDS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_refuse_replace")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_refuse_truncate ON {table}")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_muted_notices")]
    operations = [migrations.RunPython(guard, unguard)]
