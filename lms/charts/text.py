"""How wide words are, so that drawings can break lines and keep labels apart: SVG does neither by itself."""

from collections.abc import Sequence
from functools import lru_cache

# Advance widths of Source Sans 3 (which the page calls LT Sans), in thousandths of the type size: regular/bold.
# Read from the static TTFs in lms/pdf/fonts.
_TABLE = r"""
А544/573 Б580/600 В588/605 Г498/521 Д638/670 Ђ687/701 Е527/548 Ж830/875 З550/556 И658/678 Ј480/509 К579/614
Л630/657 Љ897/906 М727/762 Н652/674 Њ929/933 О664/684 П645/663 Р566/596 С571/582 Т536/556 Ћ696/718 У514/555
Ф732/764 Х513/567 Ц642/669 Ч598/630 Џ645/663 Ш877/914 а504/527 б544/561 в508/528 г411/432 д533/584 ђ560/576
е496/518 ж688/763 з456/476 и565/583 ј247/278 к495/548 л531/573 љ735/780 м633/660 н562/582 њ758/788 о542/555
п553/574 р555/573 с456/467 т460/492 ћ544/571 у467/521 ф734/779 х446/514 ц558/596 ч512/550 џ558/578 ш749/803
!289/340 "426/537 #497/528 $497/528 %824/857 &609/667 '249/300 (303/344 )303/344 *418/457 +497/528 ,249/300
-311/332 .249/300 /350/339 0497/528 1497/528 2497/528 3497/528 4497/528 5497/528 6497/528 7497/528 8497/528
9497/528 :249/300 ;249/300 <497/528 =497/528 >497/528 ?425/463 @847/902 A543/573 B588/605 C571/582 D615/635
E527/548 F494/524 G617/638 H652/674 I263/301 J479/509 K579/614 L486/518 M727/762 N647/665 O664/684 P566/596
Q664/684 R569/613 S534/556 T536/556 U645/665 V515/556 W786/813 X513/567 Y476/525 Z539/541 [303/344 \350/339
]303/344 ^497/528 _500/500 `542/555 a504/527 b553/573 c456/468 d555/573 e496/518 f292/341 g504/534 h544/571
i246/276 j247/278 k495/548 l255/286 m829/857 n547/572 o542/555 p555/573 q555/573 r347/398 s419/443 t338/383
u544/568 v467/523 w719/776 x446/514 y467/521 z425/460 {303/344 |241/268 }303/344 ~497/528 Č571/582 Ć571/582
Ž539/541 Š534/556 Đ635/655 č456/467 ć456/467 ž425/460 š419/443 đ562/573 §497/528 ©744/750 «429/480 »429/480
°331/365 ·249/300 ×497/528 –480/480 —800/800 ‘249/300 ’249/300 ‚249/300 “426/537 ”426/537 „426/537 …948/978
•304/345 ‹271/292 ›271/292 €497/528 №893/967 →619/617 ←619/617 ↑619/617 ↓619/617 −497/528 ≈497/528 ≥497/528
≤497/528
"""
_UNKNOWN = (650, 700)  # a letter of another alphabet: rather too wide than too narrow
_WIDTHS = {" ": (200, 200), "\u00a0": (200, 200)}
for _entry in _TABLE.split():
    _regular, _, _bold = _entry[1:].rpartition("/")
    _WIDTHS[_entry[0]] = (int(_regular), int(_bold))


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, bold: bool = False) -> float:
    """The width of `words` set in one line at `size`, in the unit of `size`. Kerning is left out (under 1 %)."""
    return sum(_WIDTHS.get(letter, _UNKNOWN)[bold] for letter in words) * size / 1000


def wrap(words: str, room: float, size: float, bold: bool = False) -> list[str]:
    """`words` broken into lines no wider than `room`. A word wider than the room is cut with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        joined = f"{line} {word}" if line else word
        if text_width(joined, size, bold) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, size, bold) > room and len(line) > 2:
            head = _longest_head(line, room, size, bold)
            lines.append(line[:head] + "-")
            line = line[head:]
    return [*lines, line] if line or not lines else lines


def _longest_head(word: str, room: float, size: float, bold: bool) -> int:
    head = len(word) - 1
    while head > 1 and text_width(word[:head] + "-", size, bold) > room:
        head -= 1
    return head


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as possible to `wanted` (least squares) so that things of `sizes` do not overlap within low…high.

    Keeps the order of `wanted`. When everything together is larger than the span, the things run over `high`.
    Method: pool adjacent violators on the positions with the sizes before them taken off.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    before = 0.0
    blocks: list[list[float]] = []  # [sum of targets, number of things]
    offsets: list[float] = []
    for index in order:
        offsets.append(before + sizes[index] / 2)
        blocks.append([wanted[index] - offsets[-1], 1])
        before += sizes[index]
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, number = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += number
    latest = max(low, high - before)
    starts = [min(max(total / number, low), latest) for total, number in blocks for _ in range(int(number))]
    centres = [0.0] * len(wanted)
    for index, start, offset in zip(order, starts, offsets, strict=True):
        centres[index] = start + offset
    return centres
