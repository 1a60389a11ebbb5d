"""The ids that a server gives to what has no id of its own, the same in every run."""

import uuid

TENANT_ID = str(uuid.uuid5(uuid.NAMESPACE_OID, "tenant"))
