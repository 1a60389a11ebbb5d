"""Run by itself: datamodel-code-generator alone on a document as it is, without a formatter."""

from __future__ import annotations

import sys
from pathlib import Path

from datamodel_code_generator import generate
from datamodel_code_generator.enums import DataModelType, InputFileType

if __name__ == "__main__":
    generate(
        Path(sys.argv[1]),
        input_file_type=InputFileType.OpenAPI,
        output=Path(sys.argv[2]),
        output_model_type=DataModelType.PydanticV2BaseModel,
        formatters=[],
    )
