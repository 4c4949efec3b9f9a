"""A bureau's own template: its look and letterhead stay, its placeholders are filled once, bad files are named."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from auditor.api import audit
from auditor.memo import WRITERS, Material, Memo, default_template
from tests.conftest import Cli
from tests.memo.office import needs_office, pages, to_pdf
from tests.samples import ROOT

NATIONAL = ROOT / "examples" / "01-national.txt"
SEVERAL = ROOT / "tests/layouts/29_multi_broken.txt"


@pytest.fixture(scope="module")
def memo() -> Memo:
    return audit(NATIONAL)


def written(memo: Memo, template: Path | None, said: list[str] | None = None) -> Document:
    content = WRITERS["docx"](
        Material(
            memo, template=template, with_working_paper=True, say=(said if said is not None else []).append
        )
    )
    assert isinstance(content, bytes)
    return docx.Document(BytesIO(content))


def saved(document: Document, folder: Path) -> Path:
    path = folder / "模板.docx"
    document.save(str(path))
    return path


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


class TestDefault:
    def test_the_file_a_bureau_gets_does_the_same(self, memo: Memo, tmp_path: Path) -> None:
        path = tmp_path / "模板.docx"
        path.write_bytes(default_template())
        assert written(memo, path).element.xml == written(memo, None).element.xml

    def test_command_writes_it_and_never_over_an_edited_one(self, cli: Cli) -> None:
        assert cli("template", "-o", "局模板.docx").status == 0
        again = cli("template", "-o", "局模板.docx")
        assert (again.status, again.err) == (2, "错误：已有文件 局模板.docx，为免覆盖改好的模板，未写入\n")
        done = cli("audit", NATIONAL, "--format", "letter", "--template", "局模板.docx", "-o", "函.docx")
        assert done.status == 1
        assert docx.Document("函.docx").tables


class TestFolder:
    def test_one_opinion_for_each_file_and_the_template_is_kept(self, cli: Cli, tmp_path: Path) -> None:
        own = docx.Document(BytesIO(default_template()))
        own.paragraphs[0].insert_paragraph_before("禾财绩")
        (tmp_path / "出").mkdir()
        kept = tmp_path / "出" / "01-national.docx"
        own.save(str(kept))
        content = kept.read_bytes()
        answer = cli("audit", NATIONAL, SEVERAL, "--format", "docx", "--template", kept, "--out", "出")
        assert answer.status == 1
        assert kept.read_bytes() == content
        made = sorted(path.name for path in (tmp_path / "出").iterdir())
        assert made == [
            "01-national-2-工作底稿.docx",
            "01-national-2.docx",
            "01-national.docx",
            "29_multi_broken-工作底稿.docx",
            "29_multi_broken.docx",
            "汇总.md",
        ]
        told = texts(docx.Document(str(tmp_path / "出" / "29_multi_broken.docx")))
        assert told[0] == "3份绩效自评报告审核情况一览"  # the sheet on top; the letterhead opens each opinion
        assert told.count("禾财绩") == 3


class TestOwn:
    def test_letterhead_styles_and_page_stay(self, memo: Memo, tmp_path: Path) -> None:
        own = docx.Document(BytesIO(default_template()))
        own.sections[0].header.paragraphs[0].text = "禾川县财政局 {{文种}}"
        own.sections[0].left_margin = Mm(30)
        own.styles["公文正文"].element.rPr.find(qn("w:sz")).set(qn("w:val"), "28")
        own.paragraphs[0].insert_paragraph_before("禾财绩〔　　〕　号")
        result = written(memo, saved(own, tmp_path))
        assert texts(result)[:2] == [
            "禾财绩〔　　〕　号",
            "关于农村饮水安全巩固提升项目2023年度\n绩效自评的审核意见",
        ]
        assert result.sections[0].header.paragraphs[0].text == "禾川县财政局 审核意见"
        assert round(result.sections[0].left_margin.mm) == 30  # type: ignore[union-attr]
        assert result.styles["公文正文"].element.rPr.find(qn("w:sz")).get(qn("w:val")) == "28"

    def test_a_placeholder_cut_into_runs_in_a_table(self, memo: Memo, tmp_path: Path) -> None:
        own = docx.Document()
        cell = own.add_table(1, 2).rows[0].cells
        paragraph = cell[0].paragraphs[0]
        for piece in ("自评{", "{自评", "分}}分，核算", "{{ 核算分 }}", "分"):
            paragraph.add_run(piece).font.size = Pt(20)
        cell[1].paragraphs[0].text = "{{正文}}"
        own.add_paragraph("完")
        result = written(memo, saved(own, tmp_path))
        cells = result.tables[0].rows[0].cells
        assert cells[0].text == "自评99.55分，核算98.24分"
        assert cells[1].text.startswith("经审核，")
        assert texts(result).count("完") == 1

    def test_without_placeholders_everything_follows_its_text(self, memo: Memo, tmp_path: Path) -> None:
        own = docx.Document()
        own.add_paragraph("内部资料")
        told = texts(written(memo, saved(own, tmp_path)))
        assert told[:4] == [
            "内部资料", "关于农村饮水安全巩固提升项目2023年度\n绩效自评的审核意见", "禾川县农村供水服务中心：",
            told[3],
        ]  # fmt: skip
        assert "工作底稿" in told

    def test_unknown_placeholders_stay_and_are_said_once(self, memo: Memo, tmp_path: Path) -> None:
        own = docx.Document()
        own.add_paragraph("{{正文}}")
        own.add_paragraph("{{局长}} {{局长}}")
        said: list[str] = []
        result = written(memo, saved(own, tmp_path), said)
        assert "{{局长}} {{局长}}" in texts(result)
        assert [line for line in said if "局长" in line] == ["模板里的占位“{{局长}}”不认识，原样保留"]

    def test_what_follows_the_annex_stands_upright_again(self, memo: Memo, tmp_path: Path) -> None:
        own = docx.Document(BytesIO(default_template()))
        own.add_paragraph("抄送：{{单位}}")
        result = written(memo, saved(own, tmp_path))
        assert texts(result)[-1] == "抄送：禾川县农村供水服务中心"
        widths = [round(section.page_width.mm) for section in result.sections if section.page_width]
        assert widths == [210, 297, 210]

    def test_a_header_that_reports_do_not_share_is_left_blank(self, tmp_path: Path) -> None:
        own = docx.Document(BytesIO(default_template()))
        own.sections[0].header.paragraphs[0].text = "{{文种}}：{{项目}}"
        result = written(audit(SEVERAL), saved(own, tmp_path))
        assert result.sections[0].header.paragraphs[0].text == "审核意见："

    @needs_office
    def test_libreoffice_opens_it(self, tmp_path: Path) -> None:
        own = docx.Document(BytesIO(default_template()))
        for header in (own.sections[0].header, own.sections[0].even_page_header):
            header.paragraphs[0].text = "禾川县财政局"
        result = written(audit(SEVERAL), saved(own, tmp_path))
        result.save(str(tmp_path / "意见.docx"))
        told = pages(to_pdf(tmp_path / "意见.docx"))
        assert sum("—1—" in page for page in told) == 4  # the sheet on top and three opinions
        assert {page.count("禾川县财政局") for page in told} == {1}


def package(**entries: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def encrypted() -> bytes:
    content = bytearray(default_template())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


BAD = {
    "text": (b"\xe5\xb1\x80\xe6\xa8\xa1\xe6\x9d\xbf", "不是 Word 文件（.docx）"),
    "empty": (b"", "不是 Word 文件（.docx）"),
    "other package": (package(xl__workbook_xml=b"<a/>"), "不是 Word 文件（.docx）"),
    "broken inside": (package(word__document_xml=b"<a"), "不是能用的 Word 模板（.docx）"),
    "password or .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "模板加了密码，或者是旧的 .doc 格式，请另存为不加密的 .docx"),
    "encrypted entry": (encrypted(), "模板加了密码，请另存为不加密的 .docx"),
    "bomb": (package(word__document_xml=b"\0" * (101 << 20)), "模板展开后过大，未打开"),
    "large": (b"PK" + b"\0" * (11 << 20), "模板超过 10 MB"),
}  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize("what", BAD)
    def test_bad_template(self, cli: Cli, tmp_path: Path, what: str) -> None:
        content, reason = BAD[what]
        (tmp_path / "t.docx").write_bytes(content)
        answer = cli("audit", NATIONAL, "--format", "docx", "--template", "t.docx", "-o", "o.docx")
        assert (answer.status, answer.err) == (2, f"错误：--template t.docx：{reason}\n")
        assert not (tmp_path / "o.docx").exists()

    def test_missing_or_a_folder(self, cli: Cli) -> None:
        for name, reason in (("无.docx", "找不到这个文件"), (".", "打不开这个文件")):
            answer = cli("audit", NATIONAL, "--format", "docx", "--template", name, "-o", "o.docx")
            assert (answer.status, answer.err) == (2, f"错误：--template {name}：{reason}\n")

    def test_other_formats_take_none(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "t.docx").write_bytes(default_template())
        answer = cli("audit", NATIONAL, "--template", "t.docx")
        assert (answer.status, answer.out) == (2, "")
        assert answer.err == "错误：--template t.docx：只有 docx、paper、letter 格式使用模板\n"

    def test_the_output_must_not_be_the_template(self, cli: Cli, tmp_path: Path) -> None:
        content = default_template()
        (tmp_path / "t.docx").write_bytes(content)
        answer = cli("audit", NATIONAL, "--format", "docx", "--template", "t.docx", "-o", "t.docx")
        assert (answer.status, answer.err) == (2, "错误：-o t.docx 就是模板，为免覆盖模板，未写入\n")
        assert (tmp_path / "t.docx").read_bytes() == content
