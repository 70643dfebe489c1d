"""The lines of a WhatsApp export: what begins a message, and what the app itself wrote into one.

Android: `31.12.23, 23:59 - Name: text`; iOS: `[31.12.23, 23:59:59] Name: text`; dates, hours and words follow
the phone's settings. On iOS what the app wrote begins with U+200E, in every language.
"""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from second_me.app.importers.whatsapp_dates import WrittenDate

_MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_EDGES = _MARKS + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_NO_MARKS = str.maketrans("", "", _MARKS)
_AT = r"(?:(?:at|um|om|alle|à|às|a las|kl\.)\s)?"
_BEFORE_NOON = "上午|午前|오전"
_AFTER_NOON = "下午|午後|오후"
_HEADER = re.compile(
    rf"[{_MARKS}]*(\[)?(\d{{1,4}})([./-])\s?(\d{{1,2}})\3\s?(\d{{1,4}})\.?[,،]?\s{_AT}"
    rf"(?:({_BEFORE_NOON}|{_AFTER_NOON})\s?)?(\d{{1,2}})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([ap])\.?\s?m\.?)?"
    r"(?(1)\]|(?:\s[-–]|:))\s(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SENDER = re.compile(r"([^:]{1,100}):(?:\s(.*))?\Z", re.DOTALL)
_EDITED = re.compile(
    r"""(?:this\ message\ was\ edited|diese\ nachricht\ wurde\ bearbeitet|se\ edit[oó]\ este\ mensaje
    |(?:esta\ )?mensagem\ (?:foi\ )?editada|ce\ message\ a\ [ée]t[ée]\ modifi[ée]
    |questo\ messaggio\ [èe]\ stato\ modificato|dit\ bericht\ is\ bewerkt)\.?>""",
    re.IGNORECASE | re.VERBOSE,
)
_LEFT_OUT = re.compile(
    r"""<(?: media\ omitted | medien\ ausgeschlossen | (?:multimedia|archivo)\ omitido
          | m[íi]dia\ (?:oculta|omitida) | ficheiro\ n[ãa]o\ revelado
          | (?:m[ée]dias?|fichiers?)\ omis | media\ weggelaten | media\ omess[io]
          | medier?\ utel[äa]mn?at[s]? | pomini[ęe]to\ multimedia | medya\ dahil\ edilmedi | без\ медиафайлов
          | media\ tidak\ disertakan | 省略多媒体文件 | 已省略多媒體檔 | メディアなし
          | 미디어\ 파일을\ 제외했습니다
          | video\ (?:message|note)\ omitted )>
      | (?:image|photo|video|audio|gif|sticker|document|contact\ card)\ omitted
      | (?:bild|video|audio|gif|sticker|dokument|kontaktkarte)\ weggelassen
      | (?:imagen|imagem|v[íi]deo|[áa]udio|gif|sticker|figurinha|documento)\ (?:omitid|ocult)[oa]
      | (?:image|vid[ée]o|audio|gif|sticker|document)\ (?:absente?|omise?)
      | (?:immagine|video|audio|gif|sticker|documento)\ omess[oa]
      | (?:afbeelding|video|audio|gif|sticker|document)\ weggelaten
      | <(?:attached|anhang|adjunto|anexado|pi[èe]ce\ jointe|allegato|bijgevoegd)\s?:[^<>]*>
      | \S[^\n]*\.\w{2,5}\ \((?:file\ attached|datei\ angeh[äa]ngt|archivo\ adjunto|arquivo\ anexado|fichier
          \ joint|file\ allegato|bestand\ bijgevoegd)\)
      | (?:this\ message\ was\ deleted|you\ deleted\ this\ message|diese\ nachricht\ wurde\ gel[öo]scht
          |du\ hast\ diese\ nachricht\ gel[öo]scht|(?:se\ elimin[óo]|eliminaste)\ este\ mensaje
          |(?:esta\ mensagem\ foi\ apagada|mensagem\ apagada)|ce\ message\ a\ [ée]t[ée]\ supprim[ée]
          |questo\ messaggio\ [èe]\ stato\ eliminato|dit\ bericht\ is\ verwijderd)\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_FILE_NAME = re.compile(r"[^\n]{1,200}\.\w{2,5}")


class Header(NamedTuple):
    """The first line of a message. `sender` is None where the app itself speaks; `time` when it cannot be."""

    date: WrittenDate
    time: time | None
    sender: str | None
    text: str


def header(line: str) -> Header | None:
    """The line as the beginning of a message, None when it continues one."""
    found = _HEADER.fullmatch(line)
    if found is None:
        return None
    _, first, separator, second, third, asian, hour, minute, seconds, half, rest = found.groups()
    after_noon = asian in _AFTER_NOON.split("|") if asian else (half.lower() == "p" if half else None)
    numbers = (int(first), int(second), int(third))
    sender, text = _said(rest)
    return Header(
        WrittenDate(numbers, separator, half is not None),
        _time(int(hour), int(minute), int(seconds or 0), after_noon),
        sender,
        text,
    )


def said_text(text: str) -> str:
    """What was said in a message of one or more lines; "" when the app wrote it in place of media."""
    text = _without_edit_note(text)
    first, _, caption = text.partition("\n")
    if not first.startswith("\u200e") and not _LEFT_OUT.fullmatch(_unmarked(first)):
        return _trimmed(text)
    caption = _trimmed(caption)
    return "" if _FILE_NAME.fullmatch(caption) else caption


def _said(rest: str) -> tuple[str | None, str]:
    found = _SENDER.match(rest)
    sender = _unmarked(found.group(1)).removeprefix("~").strip() if found else ""
    # A quotation mark without its partner: the colon stands in a quoted title of a notice.
    quoted = sender.count('"') % 2 or sender.count("“") != sender.count("”")
    if found is None or not sender or quoted:
        return None, ""
    return sender, found.group(2) or ""


def _time(hour: int, minute: int, second: int, after_noon: bool | None) -> time | None:
    if after_noon is not None and hour <= 12:
        hour = hour % 12 + (12 if after_noon else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _without_edit_note(text: str) -> str:
    body, _, note = text.rstrip().rpartition("<")
    return body if _EDITED.fullmatch(note) else text


def _unmarked(text: str) -> str:
    return text.translate(_NO_MARKS).strip()


def _trimmed(text: str) -> str:
    """Without space and marks around it. Marks inside are the person's: an Arabic name in an English line."""
    return text.strip(_EDGES)
