"""The writers of benefits: each checks access, writes, records and bumps the revision in one transaction."""
