"""Gets the images that come with a prompt; knows nothing of apps, models' work or requests."""

from completion_server.images.remote import ImageError, fetch_image
from completion_server.models.image_kind import image_type

__all__ = ["ImageError", "fetch_image", "image_type"]
