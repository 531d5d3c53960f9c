"""What takes long to build is built once in a process; for the next test its rows are set in as they were."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, models

_made: dict[str, dict[type[models.Model], tuple[set, list[tuple]]]] = {}


def remembered(name: str, build: Callable[[], object]) -> None:
    """Let `build` add rows, which it must do the same way each time; it changes none that are there.

    Where the tables are not as they were the first time, it is called again.
    """
    made = _made.get(name)
    if made and all(_keys(model) == there for model, (there, _) in made.items()):
        for model, (_, rows) in made.items():
            _set_in(model, rows)
        return
    before = {model: _keys(model) for model in apps.get_models(include_auto_created=True) if _is_stored(model)}
    build()
    if made is None:
        added = {model: (there, _rows(model, there)) for model, there in before.items()}
        _made[name] = {model: (there, rows) for model, (there, rows) in added.items() if rows}


def _is_stored(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _keys(model: type[models.Model]) -> set:
    return set(model._base_manager.values_list("pk", flat=True))


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if not field.generated]


def _quoted(names: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))


def _rows(model: type[models.Model], there: set) -> list[tuple]:
    """The rows as the database holds them, but for those that were there."""
    keys = [key for key in model._base_manager.values_list("pk", flat=True) if key not in there]
    if not keys:
        return []
    columns, table = _columns(model), connection.ops.quote_name(model._meta.db_table)
    place = columns.index(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_quoted(columns)} FROM {table}")
        return [row for row in cursor.fetchall() if row[place] not in there]


def _set_in(model: type[models.Model], rows: list[tuple]) -> None:
    columns, table = _columns(model), connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({_quoted(columns)}) VALUES ({marks})", rows)
