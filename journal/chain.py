"""The hash chain that ties audit events together."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from journal.models import AuditEvent

GENESIS = "0" * 64


def digest(event: AuditEvent) -> str:
    """SHA-256 over an event's content and the hash before it, as 64 hexadecimal characters."""
    content = {
        "stream": event.stream,
        "seq": event.seq,
        "at": event.at.timestamp(),
        "actor_id": event.actor_id,
        "request_id": event.request_id,
        "action": event.action,
        "object": [event.object_type, event.object_id],
        "data": event.data,
        "previous": event.previous_hash,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()
