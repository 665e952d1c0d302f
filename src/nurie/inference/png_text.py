"""A text inside a PNG, in a chunk of its own (iTXt): the picture carries what it was made from."""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = 33  # signature, and the chunk IHDR, which comes first
_COMPRESSED = b"\0\1\0\0\0"  # end of the keyword; compressed, by zlib; no language, no translated keyword


def insert_text(png: bytes, keyword: str, text: str) -> bytes:
    """The PNG with a text under `keyword` (Latin-1, 1 to 79 characters)."""
    body = b"iTXt" + keyword.encode("latin-1") + _COMPRESSED + zlib.compress(text.encode(), 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:_HEADER_END] + chunk + png[_HEADER_END:]


def find_text(png: bytes, keyword: str) -> str | None:
    """The first text that `insert_text` put under `keyword`; None if there is none, or it is no sound PNG."""
    start = keyword.encode("latin-1") + _COMPRESSED
    try:
        for kind, data in _chunks(png):
            if kind == b"iTXt" and data.startswith(start):
                return zlib.decompress(data[len(start) :]).decode()
    except (struct.error, zlib.error, UnicodeDecodeError):
        return None
    return None


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE) if png.startswith(SIGNATURE) else len(png)
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        yield kind, png[place + 8 : place + 8 + length]
        place += 12 + length
