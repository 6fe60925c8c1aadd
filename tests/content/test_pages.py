"""Pages as they are printed."""

import re

import pytest
from markupsafe import Markup

from lms.content.build import build
from lms.content.files import read_folder
from lms.content.markdown import block_html, inline_html, sections
from lms.content.pack import read_pack
from lms.content.render import RenderedPage, render_page
from tests.content.packs import SMALL
from tests.content.test_schemas import PACKS

SMALL_COURSE = build(read_pack(SMALL))


def html_of(page: RenderedPage) -> str:
    return "\n".join(section.html for section in page.sections)


def with_page(body: str, notes: str = "") -> RenderedPage:
    """The page m1 with another text in both languages."""
    header = SMALL["pages/m1.sr.md"].split("---\n")[1]
    files = SMALL | dict.fromkeys(("pages/m1.sr.md", "pages/m1.en.md"), f"---\n{header}---\n## Део\n\n{body}\n")
    return render_page(build(read_pack(files)), "m1", "sr")


def test_a_page_has_its_sections_with_the_same_addresses_in_every_language(app):
    pages = {locale: render_page(SMALL_COURSE, "m1", locale) for locale in ("sr", "sr_Latn", "en")}
    assert [title for _id, title in pages["sr"].toc] == ["Зашто заједно", "Шта примећујемо", "Провера", "Шта носимо"]
    assert [title for _id, title in pages["sr_Latn"].toc][0:2] == ["Zašto zajedno", "Šta primećujemo"]
    assert [address for address, _title in pages["en"].toc] == [
        "s-why-together",
        "s-what-we-notice",
        "s-check",
        "s-what-we-keep",
    ]
    assert len({tuple(address for address, _title in page.toc) for page in pages.values()}) == 1
    assert [section.kind for section in pages["sr"].sections] == ["figure", "text", "check", "takeaways"]
    assert (pages["sr_Latn"].title, pages["en"].title) == ("Prva sumnja", "First suspicion")


def test_citations_are_numbered_in_order_and_lead_to_the_sources(app):
    page = render_page(SMALL_COURSE, "m1", "sr")
    assert [(source.number, source.id) for source in page.sources] == [(1, "source-S1"), (2, "source-K-practice")]
    assert '<sup class="cite"><a href="#source-S1" aria-label="Извор 1">1</a></sup>' in html_of(page)
    assert "доказ<sup" in html_of(page)


def test_uncertain_claims_say_so_in_words(app):
    page = render_page(SMALL_COURSE, "m1", "sr")
    assert page.uncertain
    for words in ("(проверите пре примене)", "(стање 2023.)", "(извори се не слажу)"):
        assert f'<small class="uncertain">{words}</small>' in html_of(page)
    english = html_of(render_page(SMALL_COURSE, "m1", "en"))
    assert "(check before use)" in english
    assert "(as of 2023)" in english
    assert "(sources differ)" in english
    assert not render_page(SMALL_COURSE, "glossary", "sr").uncertain


def test_latin_is_derived_and_leaves_no_cyrillic_behind(app):
    for key in ("m1", "m2", "glossary"):
        page = render_page(SMALL_COURSE, key, "sr_Latn")
        assert not re.search("[Ѐ-ӿ]", html_of(page) + page.title + page.summary + page.notice)
    latin = html_of(render_page(SMALL_COURSE, "m1", "sr_Latn"))
    assert 'aria-label="Dva okvira spojena linijom: levo sumnja, desno Centar."' in latin
    assert ">Sumnja</text>" in latin


def test_a_figure_is_an_image_with_words(app):
    html = html_of(render_page(SMALL_COURSE, "m1", "sr"))
    assert '<svg class="fig" viewBox="0 0 360 120" role="img" aria-label="Два оквира' in html
    assert "<figcaption>Пут од сумње до Центра.</figcaption>" in html


def test_a_check_opens_its_answers_without_a_script(app):
    html = html_of(render_page(SMALL_COURSE, "m1", "sr"))
    assert html.count("<details") == 2
    assert 'role="group" aria-labelledby="check-m1-first-q"' in html
    assert 'aria-label="Добар одговор"' in html
    assert "<form" not in html
    assert "<input" not in html


def test_a_flow_has_both_lanes_and_cards_name_their_sector(app):
    html = html_of(render_page(SMALL_COURSE, "m2", "sr"))
    assert '<p class="flow__p"><span>„Питају ме насамо.”</span></p>' in html
    assert '<p class="yes"><b>Опасност је непосредна</b>' in html
    assert "Полиција</span></h3>" in html
    assert '<ul class="avoids' in html


def test_tables_become_cards_on_a_phone(app):
    html = html_of(render_page(SMALL_COURSE, "m2", "sr"))
    assert '<th scope="col">Служба</th>' in html
    assert '<td data-label="Шта ради"><span>штити<sup' in html
    corner = html_of(with_page("| | А |\n|---|---|\n| Ред | б [@S1|dated:2020] |"))
    assert '<th scope="row">Ред</th>' in corner
    assert "(стање 2020.)" in corner


def test_serbian_words_on_an_english_page_are_marked(app):
    files = SMALL | {
        "pages/glossary.en.md": SMALL["pages/glossary.en.md"].replace("**Centre**", "**Centre** (Центар за заштиту)")
    }
    html = html_of(render_page(build(read_pack(files)), "glossary", "en"))
    assert '(<span lang="sr-Cyrl">Центар за заштиту</span>)' in html


def test_links_lead_to_pages_beside_this_one(app):
    assert '<a href="glossary">речнику</a>' in html_of(render_page(SMALL_COURSE, "m1", "sr"))


def test_an_unknown_page_is_a_lookup_error(app):
    with pytest.raises(LookupError):
        render_page(SMALL_COURSE, "m9", "sr")


def test_markdown_is_printed_once(app):
    assert render_page(SMALL_COURSE, "m1", "en") is render_page(SMALL_COURSE, "m1", "en")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,x)", "[a](//evil.example)", "[a](https://evil.example)", "![a](https://evil.example/a.png)",
        "[a](page:x\" onclick=\"1)", "<div hx-get='/x'>", "`<b>`<svg/onload=1>", "&lt;script&gt;", "[@S1|dated:<b>x</b>]",
        "[a](vbscript:1)", "<https://evil.example>", "{{ 7*7 }}", "[a][b]\n\n[b]: javascript:1", "a\n: b{onclick=1}",
    ],
)  # fmt: skip
def test_hostile_text_prints_as_text(hostile):
    def cite(citation):
        return Markup("<sup class='cite'>{}</sup>").format(citation.when)

    for html in (
        inline_html(hostile, {"cite": cite}),
        block_html(sections(f"## A\n\n{hostile}")[0].tokens, {"cite": cite}),
    ):
        tags = re.findall(r"<[^>]*>", html)
        assert all(
            re.fullmatch(r"</?(p|a|em|strong|code|sup|br|small)( class=\"cite\")?( href=\"[a-z0-9-]+\")?>", tag)
            for tag in tags
        ), html
        assert "{{ 7*7 }}" in html or "7*7" not in hostile


def test_fences_print_hostile_text_as_text(app):
    page = with_page('```takeaways\n- "<script>1</script> [a](javascript:1) **да**"\n```\n')
    assert "<script" not in html_of(page)
    assert "<strong>да</strong>" in html_of(page)
    page = with_page('```callout\nkind: info\ntitle: "<img src=x onerror=1>"\ntext: a\n```\n')
    assert "<img" not in html_of(page)


@pytest.mark.parametrize("folder", PACKS, ids=lambda pack: pack.name)
def test_every_shipped_page_prints_in_every_language(app, folder):
    pack = read_pack(read_folder(folder))
    course = build(pack)
    for key in pack.page_keys:
        for locale in ("sr", "sr_Latn", "en"):
            page = render_page(course, key, locale)
            html = html_of(page)
            assert "[@" not in html
            assert " style=" not in html
            ids = re.findall(r' id="([^"]+)"', html) + [section.id for section in page.sections]
            assert len(ids) == len(set(ids))
            assert set(re.findall(r'href="#([^"]+)"', html)) <= {source.id for source in page.sources} | set(ids)
            if locale == "sr_Latn":
                assert not re.search("[Ѐ-ӿ]", html)
