"""What a store raises that its callers tell apart."""


class StoreFullError(Exception):
    """What was to be kept would pass the store's bound, or the disk's."""
