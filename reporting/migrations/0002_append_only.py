"""Refuse UPDATE and DELETE of submissions and signatures in the database itself."""

from django.db import migrations

GUARDS = [
    ("submission", "reporting_submission", ["UPDATE", "DELETE"]),
    ("signature", "reporting_ownersignature", ["UPDATE", "DELETE"]),
]


def guard(apps, schema_editor):
    for name, table, operations in GUARDS:
        for operation in operations:
            trigger = f"{name}_refuse_{operation.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()"
                )


def unguard(apps, schema_editor):
    for name, table, operations in GUARDS:
        for operation in operations:
            trigger = f"{name}_refuse_{operation.lower()}"
            on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
