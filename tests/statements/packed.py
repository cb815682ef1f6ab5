"""Archives as wallets, banks and enemies make them, byte by byte where no library would."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pyzipper


def plain(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An open archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def aes(files: Mapping[str, bytes], password: str) -> bytes:
    """An archive locked with AES, as Alipay and WeChat mail it."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def old_cipher(files: Mapping[str, bytes], password: str) -> bytes:
    """An archive locked with the cipher of old, with names in GBK and no word about it."""
    local, central = b"", b""
    for name, data in files.items():
        packed = _deflated(data)
        crc = zlib.crc32(data)
        locked = _ciphered(bytes(11) + bytes([crc >> 24]) + packed, password.encode())
        raw = name.encode("gb18030")
        fields = struct.pack(
            "<5H3I2H", 20, 1, 8, 0, 0x5A21, crc, len(locked), len(data), len(raw), 0
        )
        central += b"PK\x01\x02\x14\x00" + fields + struct.pack("<3H2I", 0, 0, 0, 0, len(local))
        central += raw
        local += b"PK\x03\x04" + fields + raw + locked
    count = len(files)
    end = struct.pack("<4H2IH", 0, 0, count, count, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _ciphered(data: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = zlib.crc32(bytes([byte]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in data:
        mixed = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (((mixed * (mixed ^ 1)) >> 8) & 0xFF))
        update(byte)
    return bytes(out)
