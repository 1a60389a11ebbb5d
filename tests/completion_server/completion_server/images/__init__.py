"""Gets the images that come with a prompt; knows nothing of apps, models' work or requests."""

from completion_server.images.kind import image_type
from completion_server.images.remote import ImageError, fetch_image

__all__ = ["ImageError", "fetch_image", "image_type"]
