"""The limits of uploads, as /parameters tells them and as /files/upload holds to them."""

MEGABYTE = 1024 * 1024
IMAGE_EXTENSIONS = {"jpg", "jpeg", "png", "webp", "gif", "svg"}
AUDIO_EXTENSIONS = {"mp3", "m4a", "wav", "amr", "mpga"}
VIDEO_EXTENSIONS = {"mp4", "mov", "mpeg", "webm"}

# In megabytes, but for the last one, which is a number of files.
SYSTEM_PARAMETERS = {
    "image_file_size_limit": 10,
    "video_file_size_limit": 100,
    "audio_file_size_limit": 50,
    "file_size_limit": 15,
    "workflow_file_upload_limit": 10,
}


def size_limit(extension: str) -> int:
    """Give the largest size of a file with this extension, in bytes."""
    return SYSTEM_PARAMETERS[_limit_name(extension)] * MEGABYTE


def _limit_name(extension: str) -> str:
    if extension in IMAGE_EXTENSIONS:
        return "image_file_size_limit"
    if extension in VIDEO_EXTENSIONS:
        return "video_file_size_limit"
    if extension in AUDIO_EXTENSIONS:
        return "audio_file_size_limit"
    return "file_size_limit"
