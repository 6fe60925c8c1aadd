"""Zips that mean harm, by kind: each kind a function that gives several of them. Made by hand where a library would refuse to lie."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lms.content.files import read_folder
from tests.builders import CASE, COURSE

FILES = {path: text.encode() for path, text in read_folder(COURSE).items()}
PAGE = "pages/m1.sr.md"
FIGURE = "figures/steps.sr.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100"{}>{}</svg>'
Kind = Callable[[], Iterator[bytes]]
KINDS: dict[str, Kind] = {}


@dataclass
class Piece:
    """One file of a hand-made zip; what is not given is told truly."""

    name: str | bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0x800
    mode: int = 0o100644
    crc: int | None = None
    size: int | None = None
    packed: int | None = None
    local_name: bytes | None = None
    at: int | None = None
    packed_data: bytes | None = None


def made(pieces: list[Piece], comment: bytes = b"", count: int | None = None, before: bytes = b"") -> bytes:
    """The zip of `pieces`."""
    out, listed = bytearray(before), bytearray()
    for piece in pieces:
        name = piece.name if isinstance(piece.name, bytes) else piece.name.encode()
        data = (
            piece.packed_data
            if piece.packed_data is not None
            else squeezed(piece.data)
            if piece.method == 8
            else piece.data
        )
        crc = zlib.crc32(piece.data) if piece.crc is None else piece.crc
        size = len(piece.data) if piece.size is None else piece.size
        packed = len(data) if piece.packed is None else piece.packed
        at = len(out) if piece.at is None else piece.at
        local = name if piece.local_name is None else piece.local_name
        head = (20, piece.flags, piece.method, 0, 0x21, crc, packed, size)
        if piece.at is None:
            out += struct.pack("<4s5H3L2H", b"PK\x03\x04", *head, len(local), 0) + local + data
        listed += (
            struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 0x314, *head, len(name), 0, 0, 0, 0, piece.mode << 16, at) + name
        )
    count = len(pieces) if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(listed), len(out), len(comment)
    )
    return bytes(out + listed) + end + comment


def squeezed(data: bytes) -> bytes:
    """`data` deflated."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(data) + press.flush()


def pack(changes: Mapping[str, bytes | str | None] | None = None, folder: str = "small/", method: int = 8) -> bytes:
    """The small course as an ordinary zip, with some files changed. Method 0: not packed tightly, so that the ratio says nothing."""
    files = FILES | {path: text.encode() if isinstance(text, str) else text for path, text in (changes or {}).items()}
    return made([Piece(folder + path, data, method) for path, data in files.items() if data is not None])


def with_also(*pieces: Piece) -> bytes:
    """The small course, in order, and something beside it."""
    return made([*(Piece(path, data) for path, data in FILES.items()), *pieces])


def replaced(path: str, old: str, new: str) -> bytes:
    """The small course with one place changed."""
    text = FILES[path].decode()
    assert old in text, f"{old!r} is not in {path}"
    return pack({path: text.replace(old, new, 1)}, method=0)


def typed(words: str) -> bytes:
    """The small course with `words` typed into a page by somebody."""
    return pack({PAGE: FILES[PAGE].decode() + f"\n{words}\n"}, method=0)


def kind(function: Kind) -> Kind:
    """Put a kind on the list."""
    KINDS[function.__name__.replace("_", " ")] = function
    return function


@kind
def files_that_unpack_to_much_more() -> Iterator[bytes]:
    for size in (2**20, 7 * 2**20, 50 * 2**20):
        yield with_also(Piece("pages/big.sr.md", b"a" * size))
    yield with_also(*(Piece(f"pages/b{n}.sr.md", b" " * 500_000) for n in range(16)))
    yield with_also(*(Piece(f"pages/b{n}.sr.md", b"a" * 400_000) for n in range(300)))
    for size in (300_000, 511 * 1024):
        yield with_also(Piece("pages/big.sr.md", b"\n" * size))


@kind
def sizes_that_lie() -> Iterator[bytes]:
    zeros = squeezed(b"0" * 60 * 2**20)
    for size in (0, 1, 10, 5000, len(zeros), 500_000):
        yield with_also(Piece("pages/lie.sr.md", b"", packed_data=zeros, size=size))
    text = FILES[PAGE]
    for wrong in (len(text) - 1, len(text) + 1, 0):
        yield made([Piece(path, data, size=wrong if path == PAGE else None) for path, data in FILES.items()])
    yield with_also(Piece("pages/lie.sr.md", text, packed=2**31))
    yield with_also(Piece("pages/lie.sr.md", text, packed=3))
    yield with_also(Piece("pages/lie.sr.md", text, method=0, size=5))


@kind
def files_over_one_another() -> Iterator[bytes]:
    text = squeezed(b"a" * 200_000)
    kernel = Piece("pages/k.sr.md", b"a" * 200_000)
    yield made([kernel, *(Piece(f"pages/k{n}.sr.md", b"a" * 200_000, at=0) for n in range(200))])
    yield made([kernel, *(Piece("pages/k.sr.md", b"a" * 200_000, at=0) for n in range(50))])
    yield made(
        [Piece("pages/k.sr.md", b"a" * 200_000, packed_data=text + b"\x00" * 90), Piece("pages/q.sr.md", b"", at=20)]
    )
    for count in (5, 30, 200):
        yield quoted(count)


def quoted(count: int) -> bytes:
    """A bomb whose every file holds the heads of all files behind it (Fifield 2019): nothing repeats, everything overlaps."""
    body = squeezed(b"a" * 300_000)
    heads, pieces, out = [f"pages/q{n}.sr.md".encode() for n in range(count)], [], b""
    tail, size, crc = body, 300_000, zlib.crc32(b"a" * 300_000)
    for name in reversed(heads):
        head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, crc, len(tail), size, len(name), 0) + name
        out = head + tail
        pieces.append((name, crc, len(tail), size, len(out)))
        quote = b"\x00" + struct.pack("<2H", len(head), len(head) ^ 0xFFFF) + head
        tail, size, crc = quote + tail, size + len(head), 0
    whole = len(out)
    return made(
        [Piece(name, flags=0, crc=crc, packed=packed, size=size, at=whole - length) for name, crc, packed, size, length in pieces],
        before=out,
    )  # fmt: skip


@kind
def too_many_files() -> Iterator[bytes]:
    for count in (401, 1001, 2500, 40_000):
        yield with_also(*(Piece(f"pages/p{n}.sr.md", b"---\n", method=0) for n in range(count)))
    yield made([Piece(f"d{n}/", mode=0o040755) for n in range(3000)])
    yield made([Piece(f"pages/p{n}.sr.md", b"a", method=0) for n in range(2500)], count=10)
    yield made([Piece(path, data) for path, data in FILES.items()], count=3)
    yield made([Piece(path, data) for path, data in FILES.items()], count=90)


@kind
def too_much_in_all() -> Iterator[bytes]:
    dice = random.Random(16)
    line = [f"{dice.randrange(10**9)} word\n".encode() for _ in range(4000)]
    block = b"".join(dice.choice(line) for _ in range(30_000))[:500_000]
    yield with_also(*(Piece(f"pages/b{n}.sr.md", block) for n in range(20)))
    yield with_also(*(Piece(f"pages/b{n}.sr.md", block[:400_000]) for n in range(60)))
    yield with_also(Piece("pages/b.sr.md", block * 25))
    yield with_also(Piece("pages/b.sr.md", dice.randbytes(11 * 2**20), method=0))
    yield with_also(Piece(PAGE.replace("m1", "m9"), (block * 2)[: 512 * 1024 + 1]))


@kind
def archives_in_the_archive() -> Iterator[bytes]:
    inner = pack()
    for name in ("course.zip", "a.tar.gz", "a.RAR"):
        yield with_also(Piece(name, inner))
    for path in (PAGE, FIGURE, "surveys/more.yaml"):
        yield with_also(Piece(path.replace("m1", "m8").replace("steps", "more"), inner))
    for _ in range(3):
        inner = made([Piece("deeper.zip", inner)])
    yield inner


@kind
def links_and_devices() -> Iterator[bytes]:
    for target in (
        b"/etc/passwd",
        b"../../../instance/keys",
        b"course.yaml",
    ):
        yield with_also(Piece("pages/link.sr.md", target, mode=0o120777, method=0))
    for mode in (0o020666, 0o010644, 0o040755):
        yield with_also(Piece("pages/odd.sr.md", b"", mode=mode))


@kind
def ways_out_of_the_folder() -> Iterator[bytes]:
    for name in (
        "../evil.yaml", "../../wsgi.py", "pages/../../evil.sr.md", "/etc/cron.d/evil", "//server/share/evil", "./course.yaml", "pages/./m1.sr.md", "C:/evil.yaml", "pages\\..\\..\\evil.yaml", "..\\evil.yaml", "pages//m1.sr.md", "pages/m1.sr.md:stream",
        "%2e%2e/evil.yaml", "..%5cevil.yaml", "..%c0%afevil.yaml", "..;/evil.yaml", "．．/evil.yaml", "‥/evil.yaml", "pages/m1.sr.md ", "pages/m1.sr.md.", "~/evil.yaml", "pages/\u202egnp.sr.md",
    ):  # fmt: skip
        yield with_also(Piece(name, b"key: evil\n"))
    for raw in (
        b"\xc0\xae\xc0\xae/evil.yaml",
        b"..\xc0\xafevil.yaml",
        b"pages/m7.sr.md\x00.txt",
        b"course.yaml\x00",
        b"\xff\xfe.\x00.\x00",
    ):
        yield with_also(Piece(raw, b"key: evil\n"))
    yield with_also(Piece("../", mode=0o040755))
    yield made([Piece("course.yaml", FILES["course.yaml"], local_name=b"../../evil.yaml")])


@kind
def names_that_clash() -> Iterator[bytes]:
    for name in (
        "Course.yaml",
        "course.yaml",
        "pages/M1.sr.md",
        "Pages/m1.sr.md",
        PAGE,
        "pages/m1.sr.md/",
    ):
        yield with_also(Piece(name, b"key: other\n"))


@kind
def drawings_that_are_too_large() -> Iterator[bytes]:
    large = 'width="50000" height="50000"'
    yield pack({FIGURE: SVG.replace("0 0 100 100", "0 0 50000 50000").format(f" {large}", "<title>x</title>")})
    yield pack({FIGURE: SVG.replace("0 0 100 100", "0 0 99999999 1").format("", "<title>x</title>")})
    yield pack({FIGURE: SVG.replace("0 0 100 100", "0 0 0 0").format("", "<title>x</title>")})
    yield pack({FIGURE: SVG.format("", '<rect width="1" height="1"/>' * 2500)}, method=0)
    yield pack({FIGURE: SVG.format("", "<g>" * 30_000 + "</g>" * 30_000)}, method=0)


@kind
def drawings_that_act() -> Iterator[bytes]:
    for inside in (
        "<script>alert(1)</script>", '<rect onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>', '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "<style>*{fill:url(//x)}</style>",
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<handler xmlns="http://www.w3.org/2001/xml-events" type="text/javascript"/>',
    ):  # fmt: skip
        yield pack({FIGURE: SVG.format("", inside)})
    yield pack({FIGURE: SVG.format(' onload="alert(1)"', "")})


@kind
def drawings_that_reach_out() -> Iterator[bytes]:
    for inside in (
        '<image href="https://evil.example/x.png"/>', '<use href="https://evil.example/x.svg#a"/>',
        '<use xlink:href="//evil.example/x.svg#a"/>', '<rect fill="url(https://evil.example/#a)"/>',
        '<rect fill="u\\72l(//evil.example)"/>',
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
    ):  # fmt: skip
        yield pack({FIGURE: SVG.format("", inside)})
    yield pack({FIGURE: '<?xml-stylesheet href="https://evil.example/x.css"?>' + SVG.format("", "")})
    yield pack({FIGURE: '<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">' + SVG.format("", "")})


@kind
def drawings_that_grow() -> Iterator[bytes]:
    laughs = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield pack({FIGURE: f"<!DOCTYPE svg [{laughs}]>" + SVG.format("", "<text>&i;</text>")})
    yield pack(
        {FIGURE: '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("", "<text>&a;</text>")}
    )
    yield pack({FIGURE: '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://evil.example/x">%a;]>' + SVG.format("", "")})
    yield pack(
        {
            FIGURE: f'<!DOCTYPE svg [<!ENTITY a "{"x" * 200_000}">]>'
            + SVG.format("", "<text>" + "&a;" * 5000 + "</text>")
        },
        method=0,
    )


@kind
def yaml_that_makes_things() -> Iterator[bytes]:
    for tag in (
        "!!python/object/apply:os.system [id]", "!!python/object/new:type [x]", "!include /etc/passwd", "!<tag:yaml.org,2002:python/module:os> ''",
    ):  # fmt: skip
        yield replaced("course.yaml", "licence: ", f"licence: {tag} # ")
    yield pack({"course.yaml": "%TAG ! tag:x,2026:\n---\n" + FILES["course.yaml"].decode() + "extra: !x y\n"})
    yield pack({"certificate.yaml": FILES["certificate.yaml"].decode() + "---\nkey: second\n"})


@kind
def yaml_that_grows() -> Iterator[bytes]:
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for path in ("course.yaml", "surveys/knowledge.yaml", "sources.yaml"):
        yield pack({path: laughs + FILES[path].decode() if path != "sources.yaml" else laughs})
    yield pack({"course.yaml": FILES["course.yaml"].decode() + "merge: &m {a: 1}\nagain:\n  <<: *m\n"})
    yield pack({"course.yaml": "loop: &l [*l]\n" + FILES["course.yaml"].decode()})
    yield pack({PAGE: FILES[PAGE].decode().replace("---\n", "---\nbase: &b x\nmore: *b\n", 1)})


@kind
def nests_without_end() -> Iterator[bytes]:
    for opening, closing in (("[", "]"), ("{a: ", "}")):
        for depth in (50, 100_000):
            yield pack({"course.yaml": f"key: {opening * depth}{closing * depth}\n"}, method=0)
    yield pack({"course.yaml": "\n".join(" " * n + f"k{n}:" for n in range(900)) + "\n"})
    for sign in (">", "[", "*a "):
        yield pack({PAGE: FILES[PAGE].decode() + "\n## Bottomless\n\n" + sign * 60_000 + " x <b>\n"}, method=0)


@kind
def endless_lines() -> Iterator[bytes]:
    long = "ш" * 200_000
    yield replaced("course.yaml", "licence: ", f"licence: [{long}] # ")
    yield pack({"course.yaml": f"{long}: x\n"}, method=0)
    yield pack({"course.yaml": "? " + "x" * 500_000 + "\n: y\n"}, method=0)
    yield pack({"surveys/knowledge.yaml": f'"{"a" * 500_000}'}, method=0)
    yield replaced("course.yaml", "licence: ", f"licence: {'9' * 300_000}\nteaching_hours: ")
    for line in ("[x](" * 60_000, "`" * 200_000 + "<b>", "1 " * 100_000 + "a@b.rs"):
        yield typed(line)


@kind
def not_the_letters_of_a_text() -> Iterator[bytes]:
    whole = FILES[PAGE]
    for broken in (
        whole + b"\xff\xfe", whole + b"\xc0\xaf", whole + b"\xed\xa0\x80", whole + b"\xf4\x90\x80\x80", whole[:-1] + b"\xd0", b"\xef\xbb\xbf" + whole,
        whole.decode().encode("utf-16"), whole.decode().encode("cp1251", "replace"),
    ):  # fmt: skip
        yield pack({PAGE: broken})


@kind
def signs_that_nobody_sees() -> Iterator[bytes]:
    for sign in (
        "\x00",
        "\x1b[31m",
        "\u200b",
        "\u202e",
        "\r",
    ):
        yield typed(f"word{sign}word")


@kind
def cut_off_on_the_way() -> Iterator[bytes]:
    whole = pack()
    for part in (0.01, 0.5, 0.99):
        yield whole[: int(len(whole) * part)]
    yield whole[:-1]
    yield whole[10:]
    yield whole + b"\x00" * 70_000


@kind
def sums_that_are_wrong() -> Iterator[bytes]:
    yield made([Piece(path, data, crc=0 if path == PAGE else None) for path, data in FILES.items()])
    yield made([Piece(path, data, crc=1) for path, data in FILES.items()])
    whole = bytearray(pack())
    for at in (60, len(whole) // 3, len(whole) // 2):
        bent = bytearray(whole)
        bent[at : at + 4] = bytes(255 - byte for byte in bent[at : at + 4])
        yield bytes(bent)
    garbage = squeezed(FILES[PAGE])[:-20] + b"\xff" * 20
    yield made([Piece(path, data, packed_data=garbage if path == PAGE else None) for path, data in FILES.items()])


@kind
def tricks_with_the_list_of_contents() -> Iterator[bytes]:
    whole = pack()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("course.yaml", "w", force_zip64=True) as file:
        file.write(b"key: x\n")
    yield buffer.getvalue()
    end = whole.rindex(b"PK\x05\x06")
    for change in (
        (8, b"\xff\xff\xff\xff"),
        (12, b"\xff" * 4),
        (16, b"\xff" * 4),
        (4, b"\x01\x00"),
        (16, b"\x00" * 4),
        (20, b"\x05\x00"),
        (8, b"\x00" * 4),
    ):
        bent = bytearray(whole)
        bent[end + change[0] : end + change[0] + len(change[1])] = change[1]
        yield bytes(bent)
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**60, 2**60, 2**60, 0) + struct.pack(
        "<4sLQL", b"PK\x06\x07", 0, end, 1
    )
    yield whole[:end] + far + whole[end:]
    yield b"#!/bin/sh\nrm -rf /\n" + whole
    yield whole[:-2] + struct.pack("<H", 22) + made([])
    yield whole + whole
    yield made([])
    yield made([Piece(path, data, at=2**32 - 2 if path == PAGE else None) for path, data in FILES.items()])


@kind
def locked_or_packed_in_another_way() -> Iterator[bytes]:
    for flags in (0x1, 0x41, 0x2000):
        yield made([Piece(path, data, flags=flags) for path, data in FILES.items()])
    for method in (1, 9, 12, 14, 93, 99):
        yield with_also(Piece("pages/odd.sr.md", b"text", method=method, packed_data=b"text"))


@kind
def people_who_could_be_found() -> Iterator[bytes]:
    for words in (
        "0101990710008",
        "ЈМБГ 0101990710008",
        "064/123-45-67",
        "+381 64 1234567",
        "ana.anic@example.rs",
        "BG-123-AB",
        "БГ 123-АБ",
    ):
        yield typed(f"Зове се Ана и има {words} у бележници.")
    yield replaced("course.yaml", "Чланови и чланице", "0101990710008 Чланови и чланице")
    head = FILES["course.yaml"].decode() + "cases:\n  - small\n"
    for words in ("0101990710008", "064 123 45 67", "ana@example.rs"):
        yield pack(
            {
                "cases/small.yaml": CASE.read_text().replace("Двоје на послу", f"Двоје на послу {words}", 1),
                "course.yaml": head,
            }
        )
    yield replaced(FIGURE, "Сумња", "0101990710008")


@kind
def pages_that_act() -> Iterator[bytes]:
    for words in (
        '<p hx-get="/staff" hx-trigger="load">x</p>', '<div hx-on:click="alert(1)"></div>', '<body data-hx-post="/sign-out">', "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">', "<style>*{display:none}</style>", "<!-- x -->",
        "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "[x](data:text/html,x)",
        "https://evil.example/",
    ):  # fmt: skip
        yield typed(words)
    yield typed('```html\n<p hx-get="/">x</p>\n```')
    yield typed("```check\nkey: x\nquestion: <b>x</b>\noptions: []\n```")


@kind
def files_that_are_no_part_of_a_course() -> Iterator[bytes]:
    for name in (
        "evil.py", "templates/x.html", ".git/config", ".htaccess", "figures/x.png",
    ):  # fmt: skip
        yield with_also(Piece(name, b"x"))
    yield pack(folder="a/b/")
    yield made([Piece("one/course.yaml", FILES["course.yaml"]), Piece("two/course.yaml", FILES["course.yaml"])])
    yield made([Piece(path, data) for path, data in FILES.items() if path != "course.yaml"])


@kind
def no_zip_at_all() -> Iterator[bytes]:
    dice = random.Random(61)
    yield from (b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 17, b"<html>", b"%PDF-1.7", b"key: x\n")
    yield from (dice.randbytes(2**20), b"PK\x05\x06" * 20_000, b"PK\x01\x02" * 200_000)
