"""The models of the API's components."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from dify_completion._runtime.formats import Base64, DateTime, Decimal
from dify_completion._runtime.model import Model


class AppFeedbacksResponse(Model):
    data: list[FeedbackItem]
    """List of application feedback items."""


class AppInfoResponse(Model):
    name: str
    """Application name."""
    description: str
    """Application description."""
    tags: list[str]
    """Application tags."""
    mode: str
    """Kind of the app."""
    author_name: str | None = None
    """Who made the app. Sent by 1.14.2."""


class AppParametersResponse(Model):
    opening_statement: str | None
    """Opening statement."""
    suggested_questions: list[str]
    """List of suggested questions for the opening."""
    suggested_questions_after_answer: AppParametersResponseSuggestedQuestionsAfterAnswer
    speech_to_text: AppParametersResponseSpeechToText
    text_to_speech: AppParametersResponseTextToSpeech
    retriever_resource: AppParametersResponseRetrieverResource
    annotation_reply: AppParametersResponseAnnotationReply
    more_like_this: AppParametersResponseMoreLikeThis
    user_input_form: list[UserInputFormItem]
    """User input form configuration."""
    sensitive_word_avoidance: AppParametersResponseSensitiveWordAvoidance
    """Moderation."""
    file_upload: AppParametersResponseFileUpload
    """File upload configuration."""
    system_parameters: AppParametersResponseSystemParameters
    """System parameters."""


class AppParametersResponseAnnotationReply(Model):
    enabled: bool
    """Whether annotation reply is enabled."""


class AppParametersResponseFileUpload(Model):
    """File upload configuration."""

    image: AppParametersResponseFileUploadImage
    """Image settings. Currently only supports image types: png, jpg, jpeg, webp, gif."""
    allowed_file_extensions: list[str] | None = None
    """Extensions that are taken, for files of kind `custom`."""
    allowed_file_types: list[str] | None = None
    """Kinds of files that are taken."""
    allowed_file_upload_methods: list[str] | None = None
    """Transfer methods that are taken."""
    enabled: bool | None = None
    """Whether files are taken."""
    number_limits: int | None = None
    """How many files are taken at most."""


class AppParametersResponseFileUploadImage(Model):
    """Image settings. Currently only supports image types: png, jpg, jpeg, webp, gif."""

    enabled: bool
    """Whether image upload is enabled."""
    number_limits: int
    """How many images are taken at most; 3 unless the app says so."""
    detail: str
    """How closely images are looked at: `high` or `low`."""
    transfer_methods: list[Literal["remote_url", "local_file"]]
    """List of transfer methods, must choose at least one if enabled."""


class AppParametersResponseMoreLikeThis(Model):
    enabled: bool
    """Whether a second answer can be asked for."""


class AppParametersResponseRetrieverResource(Model):
    enabled: bool
    """Whether citation and attribution (retriever resource) is enabled."""


class AppParametersResponseSensitiveWordAvoidance(Model):
    """Moderation."""

    enabled: bool
    """Whether texts are moderated."""
    type: str
    """Kind of moderation; may be empty."""
    config: dict[str, Any] | None = None
    """Set up of the moderation; its kind decides."""
    configs: list[dict[str, Any]] | None = None
    """Sent by 1.4.1 when off."""


class AppParametersResponseSpeechToText(Model):
    enabled: bool
    """Whether speech to text is enabled."""


class AppParametersResponseSuggestedQuestionsAfterAnswer(Model):
    enabled: bool
    """Whether suggesting questions after an answer is enabled."""


class AppParametersResponseSystemParameters(Model):
    """System parameters."""

    file_size_limit: int
    """Document upload size limit (MB)."""
    image_file_size_limit: int
    """Image file upload size limit (MB)."""
    audio_file_size_limit: int
    """Audio file upload size limit (MB)."""
    video_file_size_limit: int
    """Video file upload size limit (MB)."""
    workflow_file_upload_limit: int
    """Files in a workflow at most."""


class AppParametersResponseTextToSpeech(Model):
    enabled: bool
    """Whether answers can be spoken."""
    auto_play: Annotated[str | None, Field(alias="autoPlay")] = None
    """Whether streamed answers are spoken by themselves."""
    language: str | None = None
    """The voice's language, such as `en-US`."""
    voice: str | None = None
    """The app's voice."""


class CheckboxControlWrapper(Model):
    checkbox: OtherControl
    """A control that exists but was not recorded, so nothing is sure."""


class CompletionMetadata(Model):
    """What the answer cost and rests on."""

    usage: Usage
    """Model usage information."""
    annotation_reply: dict[str, Any] | None = None
    """The annotation that answered instead of the model. Sent by 1.14.2."""
    retriever_resources: list[RetrieverResource] | None = None
    """Citation and attribution. May be left out when there is none."""


class CompletionRequest(Model):
    inputs: CompletionRequestInputs
    """The values of the app's form, by variable; GET /parameters describes the form in `user_input_form`. Unknown variables are ignored."""
    user: Annotated[str, Field(min_length=1)]
    """User identifier, used to define the identity of the end-user for retrieval and statistics. Should be uniquely defined by the developer within the application."""
    files: list[InputFileObject] | None = None
    """Files to look at beside the text. An app whose model has no vision ignores them."""
    response_mode: Literal["streaming", "blocking"] = "blocking"
    """
    The mode of response return.
    - `streaming`: Streaming mode (recommended), implements a typewriter-like output through SSE ([Server-Sent Events](https://developer.mozilla.org/en-US/docs/Web/API/Server-sent_events/Using_server-sent_events)).
    - `blocking`: Blocking mode, returns result after execution is complete. (Requests may be interrupted if the process is long). *Due to Cloudflare restrictions, the request will be interrupted without a return after 100 seconds in blocking mode for long processes.*
    """


class CompletionRequestInputs(Model):
    """The values of the app's form, by variable; GET /parameters describes the form in `user_input_form`. Unknown variables are ignored."""

    query: str | None = None
    """The text to work on, in an app whose form has this variable."""


class CompletionResponse(Model):
    """Response object for blocking mode completion."""

    event: Literal["message"]
    """Always `message`."""
    task_id: str
    """ID of the task that made the answer."""
    id: str
    """The same as `message_id`."""
    message_id: str
    """Unique message ID."""
    mode: Literal["completion"]
    """Always `completion`."""
    answer: str
    """Complete response content."""
    metadata: CompletionMetadata
    """What the answer cost and rests on."""
    created_at: int
    """Message creation timestamp (Unix epoch)."""


class ErrorResponse(Model):
    """What every error answer in JSON looks like. New codes may come with any server."""

    code: str
    """What went wrong, for a program. The list is open."""
    message: str
    """What went wrong, for a person. May be empty or have several lines."""
    params: str | None = None
    """The argument at fault. Sent by some servers only."""
    status: int | None = None
    """HTTP status code. Some errors leave it out."""


class ExternalDataToolControlWrapper(Model):
    external_data_tool: OtherControl
    """A control that exists but was not recorded, so nothing is sure."""


class FeedbackItem(Model):
    id: str
    app_id: str
    conversation_id: str
    message_id: str
    rating: Literal["like", "dislike"] | None
    content: str | None
    from_source: str
    from_end_user_id: str | None
    from_account_id: str | None
    created_at: DateTime
    """Without an offset; UTC on the servers that were seen."""
    updated_at: DateTime
    """Without an offset; UTC on the servers that were seen."""


class FileControlWrapper(Model):
    file: OtherControl
    """A control that exists but was not recorded, so nothing is sure."""


class FileListControlWrapper(Model):
    file_list: Annotated[OtherControl, Field(alias="file-list")]
    """A control that exists but was not recorded, so nothing is sure."""


class FileUploadResponse(Model):
    id: str
    """ID of the uploaded file."""
    name: str
    """File name."""
    size: int
    """File size (bytes)."""
    extension: str
    """File extension, without the dot; may be empty."""
    mime_type: str
    """File mime-type."""
    created_by: str
    """End-user ID who uploaded the file."""
    created_at: int
    """Creation timestamp (Unix epoch)."""
    preview_url: str | None
    """Null so far."""
    conversation_id: str | None = None
    """Sent by 1.14.2."""
    file_key: str | None = None
    """Sent by 1.14.2."""
    original_url: str | None = None
    """Sent by 1.14.2."""
    source_url: str | None = None
    """Signed address. Sent by 1.14.2."""
    tenant_id: str | None = None
    """Sent by 1.14.2."""
    user_id: str | None = None
    """Sent by 1.14.2."""


class InputFileObject(Model):
    type: Literal["image", "document", "audio", "video", "custom"]
    """Kind of the file. The app decides which kinds it takes."""
    transfer_method: Literal["remote_url", "local_file"]
    """`remote_url` for a file on the web, `local_file` for an uploaded one."""
    upload_file_id: str | None = None
    """`id` of an uploaded file. Needed with `local_file`."""
    url: str | None = None
    """Where the file is. Needed with `remote_url`."""


class JsonObjectControlWrapper(Model):
    json_object: OtherControl
    """A control that exists but was not recorded, so nothing is sure."""


class MessageFeedbackRequest(Model):
    user: Annotated[str, Field(min_length=1)]
    """The user who asked for the message."""
    rating: Literal["like", "dislike"] | None
    """`like`, `dislike`, or null to revoke. To revoke feedback that does not exist is an error."""
    content: str | None = None
    """What the user says about it. Left out, an earlier text is lost."""


class NumberControl(Model):
    """Number input control."""

    label: str
    """Variable display label name."""
    variable: str
    """Variable ID."""
    required: bool
    """Whether it is required."""
    default: str | float | None = None
    """Default value; an empty string for none."""


class NumberControlWrapper(Model):
    number: NumberControl
    """Number input control."""


class OtherControl(Model):
    """A control that exists but was not recorded, so nothing is sure."""

    label: str | None = None
    """Variable display label name."""
    required: bool | None = None
    """Whether it is required."""
    variable: str | None = None
    """Variable ID."""


class ParagraphControl(Model):
    """Paragraph text input control."""

    label: str
    """Variable display label name."""
    variable: str
    """Variable ID."""
    required: bool
    """Whether it is required."""
    default: str | None = None
    """Default value."""
    max_length: int | None = None
    """How many characters are taken at most."""


class ParagraphControlWrapper(Model):
    paragraph: ParagraphControl
    """Paragraph text input control."""


class PostMessageFeedbackResponse(Model):
    result: Literal["success"]


class RetrieverResource(Model):
    """Citation and Attribution information for a resource."""

    content: str | None = None
    """Content snippet from the resource."""
    data_source_type: str | None = None
    """Kind of the data source."""
    dataset_id: str | None = None
    """ID of the knowledge base."""
    dataset_name: str | None = None
    """Name of the knowledge base."""
    doc_metadata: dict[str, Any] | None = None
    """What the document says of itself."""
    document_id: str | None = None
    """ID of the retrieved document."""
    document_name: str | None = None
    """Name of the document."""
    files: list[dict[str, Any]] | None = None
    """Files that belong to the segment."""
    hit_count: int | None = None
    """How often the segment was found."""
    index_node_hash: str | None = None
    """Hash of the segment in the index."""
    page: int | None = None
    """Page of the document."""
    position: int | None = None
    """Place in the list, from 1."""
    retriever_from: str | None = None
    """What asked for the resource."""
    score: float | None = None
    """Relevance score of the resource."""
    segment_id: str | None = None
    """ID of the specific segment within the document."""
    segment_position: int | None = None
    """Place in the document."""
    summary: str | None = None
    """Summary of the segment."""
    title: str | None = None
    """Title of the resource."""
    word_count: int | None = None
    """Words in the segment."""


class SelectControl(Model):
    """Dropdown control."""

    label: str
    """Variable display label name."""
    variable: str
    """Variable ID."""
    required: bool
    """Whether it is required."""
    options: list[str]
    """Option values."""
    default: str | None = None
    """Default value."""


class SelectControlWrapper(Model):
    select: SelectControl
    """Dropdown control."""


class StopGenerateRequest(Model):
    user: Annotated[str, Field(min_length=1)]
    """User identifier, used to define the identity of the end-user, must be consistent with the user passed in the send message interface."""


class StopGenerateResponse(Model):
    result: Literal["success"]


class StreamEventError(Model):
    """The model failed after the stream had begun. No `message_end` follows. The HTTP status was 200; `status` is what a blocking request would have got."""

    event: Literal["error"]
    message_id: str
    created_at: int
    """Unix time of the message."""
    code: str
    """What went wrong, for a program. The list is open."""
    status: int
    """HTTP status code."""
    message: str
    """What went wrong, for a person."""


class StreamEventMessage(Model):
    """A piece of the answer, often a word, sometimes an empty string."""

    event: Literal["message"]
    task_id: str
    """The task; stopGenerate takes it."""
    id: str
    """The same as `message_id`."""
    message_id: str
    created_at: int
    """Unix time of the message."""
    answer: str
    """The next piece of the answer."""
    from_variable_selector: list[str] | None
    """Where in a workflow the piece comes from; null in a completion app."""


class StreamEventMessageEnd(Model):
    """The answer is complete. With automatic speech, audio may still follow."""

    event: Literal["message_end"]
    task_id: str
    id: str
    """The same as `message_id`."""
    message_id: str
    created_at: int
    """Unix time of the message."""
    metadata: CompletionMetadata
    """What the answer cost and rests on."""
    files: list[dict[str, Any]] | None
    """Files that the model made; null in a completion app."""


class StreamEventMessageReplace(Model):
    """Moderation found fault with the answer: forget all of it and show this one. Comes just before `message_end`."""

    event: Literal["message_replace"]
    task_id: str
    message_id: str
    created_at: int
    """Unix time of the message."""
    answer: str
    """The whole answer that stands now."""
    reason: str
    """Why; empty so far."""


class StreamEventTtsMessage(Model):
    """A piece of the spoken answer, MP3. Sent by apps that speak automatically."""

    event: Literal["tts_message"]
    task_id: str
    message_id: str
    created_at: int
    """Unix time of the message."""
    audio: Base64
    """The next piece of the audio, in base64."""


class StreamEventTtsMessageEnd(Model):
    """The spoken answer is complete. Comes after `message_end`."""

    event: Literal["tts_message_end"]
    task_id: str
    message_id: str
    created_at: int
    """Unix time of the message."""
    audio: Literal[""]
    """Always empty."""


ChunkCompletionEvent = TypeAliasType(
    "ChunkCompletionEvent",
    Annotated[
        StreamEventMessage
        | StreamEventMessageEnd
        | StreamEventTtsMessage
        | StreamEventTtsMessageEnd
        | StreamEventMessageReplace
        | StreamEventError,
        Field(discriminator="event"),
    ],
)
"""The data of one event of a stream; `event` says which."""


class TextInputControl(Model):
    """Text input control."""

    label: str
    """Variable display label name."""
    variable: str
    """Variable ID."""
    required: bool
    """Whether it is required."""
    default: str | None = None
    """Default value."""
    max_length: int | None = None
    """How many characters are taken at most."""


class TextInputControlWrapper(Model):
    text_input: Annotated[TextInputControl, Field(alias="text-input")]
    """Text input control."""


class TextToAudioRequest(Model):
    """What to speak, `message_id` or `text`."""

    message_id: str | None = None
    """A message of this app. It wins over `text`."""
    streaming: bool | None = None
    """Accepted; the answer is streamed in any case."""
    text: str | None = None
    """What to speak. Not looked at when `message_id` is given."""
    user: str | None = None
    """The user identifier, defined by the developer, must ensure uniqueness within the app."""
    voice: str | None = None
    """Name of a voice; left out or unknown, the app's."""


class UploadFileRequest(Model):
    file: bytes
    """The file. Its part must say a Content-Type and a file name."""
    user: str | None = None
    """Whose file it is. Left out, a user of the server's making."""


class Usage(Model):
    """Model usage information."""

    prompt_tokens: int
    prompt_unit_price: Decimal
    prompt_price_unit: Decimal
    prompt_price: Decimal
    completion_tokens: int
    completion_unit_price: Decimal
    completion_price_unit: Decimal
    completion_price: Decimal
    total_tokens: int
    total_price: Decimal
    currency: str
    latency: float
    """Seconds."""
    time_to_first_token: float | None = None
    """Seconds. Sent by 1.14.2."""
    time_to_generate: float | None = None
    """Seconds. Sent by 1.14.2."""


UserInputFormItem = TypeAliasType(
    "UserInputFormItem",
    TextInputControlWrapper
    | ParagraphControlWrapper
    | SelectControlWrapper
    | NumberControlWrapper
    | FileControlWrapper
    | FileListControlWrapper
    | CheckboxControlWrapper
    | JsonObjectControlWrapper
    | ExternalDataToolControlWrapper,
)
"""Represents a single item in the user input form. It will have one of the specific control type keys."""


class WebAppSettingsResponse(Model):
    title: str
    """WebApp name."""
    chat_color_theme: str | None
    """Chat color theme, in hex format (e.g., #RRGGBB)."""
    chat_color_theme_inverted: bool
    """Whether the chat color theme is inverted."""
    icon_type: Literal["emoji", "image"]
    """Icon type."""
    icon: str
    """Icon. If it's `emoji` type, it's an emoji symbol; if it's `image` type, it's an image URL."""
    icon_background: str
    """Background color in hex format (e.g., #RRGGBB)."""
    icon_url: str | None
    """Icon URL (likely refers to image type if `icon` field is just a name/id)."""
    description: str | None
    """Description."""
    copyright: str | None
    """Copyright information."""
    privacy_policy: str | None
    """Privacy policy link."""
    custom_disclaimer: str
    """Custom disclaimer."""
    default_language: str
    """Default language (e.g., en-US)."""
    show_workflow_steps: bool
    """Whether to show workflow details."""
    use_icon_as_answer_icon: bool
    """Whether to replace 🤖 in chat with the WebApp icon."""
