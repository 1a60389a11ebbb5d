"""An app's language is spoken by the nearest voice that espeak-ng has."""

import pytest

from completion_server.speech.voices import find_voice, parse_voices

# Lines as espeak-ng 1.51 prints them, and one of a voice that needs MBROLA.
LISTING = """\
Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn  (zh-cmn 5)(zh 5)
 5  de              --/M      German             gmw/de
 5  en-029          --/M      English_(Caribbean) gmw/en-029           (en 10)
 2  en-gb           --/M      English_(Great_Britain) gmw/en           (en 2)
 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 1  fr              --/M      french-mbrola-1    mb/mb-fr1            (fr-fr 1)
 5  pt              --/M      Portuguese_(Portugal) roa/pt               (pt-pt 5)
 5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)

 5  nb
"""


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en-US", "en-us"),
        ("EN-us", "en-us"),
        ("en-029", "en-029"),
        ("en", "en-gb"),
        ("en-ZA", "en-gb"),
        ("de-AT", "de"),
        ("de-CH-1901", "de"),
        ("zh-Hans-CN", "cmn"),
        ("pt", "pt"),
        ("pt-PT", "pt"),
        ("pt-BR", "pt-br"),
        ("fr-FR", "en-gb"),  # only MBROLA has it
        ("nb", "en-gb"),  # a line cut off
        ("tlh", "en-gb"),
        ("", "en-gb"),
    ],
)
def test_the_nearest_voice(language: str, voice: str) -> None:
    assert voice == find_voice(language, parse_voices(LISTING))


def test_english_is_asked_for_even_where_it_is_not_listed() -> None:
    assert find_voice("de", parse_voices("")) == "en"
