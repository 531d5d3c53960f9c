"""The five kinds of rows in the record: which model, who writes it, and which columns it has."""

from dataclasses import dataclass

from projects.roles import Access
from reporting.grants.models import Entry, GrantAccount, GrantCondition, GrantPayment, GrantPromise, OtherFunding


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row. `key` is its name in events and addresses."""

    key: str
    model: type[Entry]
    access: Access
    columns: tuple[str, ...]


KINDS = {
    kind.key: kind
    for kind in (
        Kind("promise", GrantPromise, Access.PAY, ("amount", "promised_on", "reference")),
        Kind("condition", GrantCondition, Access.PAY, ("text", "due_on")),
        Kind("payment", GrantPayment, Access.PAY, ("amount", "paid_on", "reference")),
        Kind("funding", OtherFunding, Access.WRITE, ("source", "amount", "reference")),
        Kind("account", GrantAccount, Access.WRITE, ("year", "spent", "reference")),
    )
}


def kind_of(entry: Entry) -> Kind:
    """The kind a row is of."""
    return next(kind for kind in KINDS.values() if isinstance(entry, kind.model))
