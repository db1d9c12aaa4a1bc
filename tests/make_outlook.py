"""An Outlook message, written by hand: an OLE container with one sector chain for each stream, and nothing else."""

from __future__ import annotations

import struct

_SECTOR, _END, _FREE, _FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_LARGE = 4096  # smaller streams would go into a second, finer table
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def outlook_message(sender: str, subject: str, body: str, attachments: dict[str, bytes]) -> bytes:
    """The bytes of a .msg file; ``attachments`` maps names to contents of 4,096 bytes or more."""
    streams = {("0C1A001F",): _wide(sender), ("0037001F",): _wide(subject), ("1000001F",): _wide(body)}
    for number, (name, content) in enumerate(attachments.items()):
        place = f"__attach_version1.0_#{number:08X}"
        streams[place, "3707001F"] = _wide(name)
        streams[place, "37010102"] = content
    return _container({(*path[:-1], f"__substg1.0_{path[-1]}"): data for path, data in streams.items()})


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _container(streams: dict[tuple[str, ...], bytes]) -> bytes:
    folders = sorted({path[0] for path in streams if len(path) > 1})
    entries = [("Root Entry", _ROOT, None, b"")]
    entries += [(name, _STORAGE, None, b"") for name in folders]
    entries += [(path[-1], _STREAM, path[0] if len(path) > 1 else None, data) for path, data in streams.items()]
    chains, fat, body = [], [], b""
    for _, kind, _, data in entries:
        chains.append(len(fat) if kind == _STREAM else 0)
        if kind == _STREAM:
            padded = data.ljust(_LARGE, b"\0")
            padded += bytes(-len(padded) % _SECTOR)
            count = len(padded) // _SECTOR
            fat += [*range(len(fat) + 1, len(fat) + count), _END]
            body += padded
    directory = b"".join(_entry(number, entries, chains[number]) for number in range(len(entries)))
    directory += _empty_entry() * (-len(entries) % 4)
    first_directory = len(fat)
    count = len(directory) // _SECTOR
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    first_fat = len(fat)
    fat_sectors = -(-(len(fat) + len(fat) // 100 + 2) // 128)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    places = [first_fat + i for i in range(fat_sectors)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, first_directory, 0, _LARGE, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - len(places)))
    return header + body + directory + struct.pack(f"<{len(fat)}I", *fat)


def _entry(number: int, entries: list, start: int) -> bytes:
    name, kind, folder, data = entries[number]

    def inside(owner: str | None, skip: int) -> int:
        """The next entry after ``skip`` that lies in ``owner``: siblings are chained to the right."""
        at_top = owner is None
        for later in range(skip + 1, len(entries)):
            if entries[later][2] == owner and (at_top or entries[later][1] == _STREAM):
                return later
        return _FREE

    child = inside(None, 0) if kind == _ROOT else inside(name, 0) if kind == _STORAGE else _FREE
    right = _FREE if kind == _ROOT else inside(folder, number)
    raw = name.encode("utf-16-le") + b"\0\0"
    size = max(len(data), _LARGE) if kind == _STREAM else 0
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start if kind == _STREAM else (_END if kind == _ROOT else 0), size)
    )


def _empty_entry() -> bytes:
    return bytes(64) + struct.pack("<HBBIII", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48)
