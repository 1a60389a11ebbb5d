"""What a store raises that its callers tell apart."""


class StoreFullError(Exception):
    """What was to be kept would pass the store's bound, or the disk's."""


class StoreTimeoutError(Exception):
    """The store didn't answer in time; what was asked of it may yet be done."""


class UncertainCommitError(Exception):
    """A commit failed, and nobody said whether it was done: what was to be kept may be kept."""
