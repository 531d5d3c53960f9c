"""What happened and what must still happen: installation, audit events, outbox, scheduled slots, heartbeats."""
