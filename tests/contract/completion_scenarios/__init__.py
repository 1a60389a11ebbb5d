"""What is true of any server of the Completion App API beside its document, by its client."""

from .apart import APART
from .completions import COMPLETION
from .examples import ANY_ORDER
from .feedback import FEEDBACK, FEEDBACK_ITEMS
from .listing import BOUNDED, LISTING
from .speech import SPEECH
from .stops import STOPS
from .streams import STREAM, STREAMED_TEXT
from .uploads import UPLOADS

SCENARIOS = (
    COMPLETION,
    STREAM,
    STREAMED_TEXT,
    UPLOADS,
    FEEDBACK,
    FEEDBACK_ITEMS,
    LISTING,
    BOUNDED,
    SPEECH,
    *APART,
    *STOPS,
    ANY_ORDER,
)
