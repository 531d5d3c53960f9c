"""Refuse UPDATE and DELETE of submitted plans and decisions on them in the database itself."""

from django.db import migrations

TABLES = ("benefits_planversion", "benefits_plandecision", "benefits_initiativereview")


def guard(apps, schema_editor):
    for table in TABLES:
        for operation in ("UPDATE", "DELETE"):
            trigger = f"{table}_refuse_{operation.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
                )


def unguard(apps, schema_editor):
    for table in TABLES:
        for operation in ("UPDATE", "DELETE"):
            trigger = f"{table}_refuse_{operation.lower()}"
            on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0012_benefits_and_plans")]
    operations = [migrations.RunPython(guard, unguard)]
