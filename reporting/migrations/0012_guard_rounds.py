"""Let go of what was reported in a test round, and of nothing else; a round never changes from one to the other.

On SQLite a later migration that makes `reporting_round` anew takes its trigger along, and must put it back with
`guard_round` (a test fails otherwise). `test_round` of what is submitted was added without making its tables anew.
"""

from django.db import migrations

GUARDED = [("submission", "reporting_submission"), ("signature", "reporting_ownersignature")]


def replace_delete_guard(schema_editor, only_real):
    for name, table in GUARDED:
        trigger = f"{name}_refuse_delete"
        when = "WHEN (OLD.test_round_id IS NULL) " if only_real else ""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE DELETE ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {table}")
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE DELETE ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}_refuse()"
            )


def guard_round(schema_editor):
    of = "BEFORE UPDATE OF is_test ON reporting_round FOR EACH ROW WHEN (OLD.is_test <> NEW.is_test)"
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS round_refuse_change")
        schema_editor.execute(
            f"CREATE TRIGGER round_refuse_change {of} BEGIN SELECT RAISE(ABORT, 'a round stays a test or real'); END"
        )
    else:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION round_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a round stays a test or real'; END $$"
        )
        schema_editor.execute(f"CREATE TRIGGER round_refuse_change {of} EXECUTE FUNCTION round_refuse_change()")


def guard(apps, schema_editor):
    replace_delete_guard(schema_editor, only_real=True)
    guard_round(schema_editor)


def unguard(apps, schema_editor):
    replace_delete_guard(schema_editor, only_real=False)
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON reporting_round"
    schema_editor.execute(f"DROP TRIGGER IF EXISTS round_refuse_change{on}")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0011_test_rounds")]
    operations = [migrations.RunPython(guard, unguard)]
