"""Files made to break a reader: refused with one clear reason, or read; within the time and the memory
that an office PC has, nothing fetched, the other files still audited."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as new_docx

from auditor.document import Document, UnreadableFile, read_all, read_bytes
from tests.hostile import containers, layouts, pictures, prints, sheets, texts, unkind, word
from tests.hostile.parts import packed
from tests.samples import ROOT

FILES = ROOT / "tests" / "files"


def encrypted_office() -> bytes:
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + name + bytes(1000)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (containers.CASES["零字节炸弹"], "压缩炸弹"), (containers.CASES["六千个文件"], "超过上限"),
        (containers.CASES["压缩包套三层"], "套了"), (word.CASES["实体膨胀"], "XML 声明"),
        (word.CASES["UTF-16 实体膨胀"], "XML 声明"), (word.CASES["空白七千万"], "体积异常"),
        (sheets.CASES["合并整张表"], "合并单元格"), (prints.CASES["流膨胀四百兆"], "体积异常"),
        (pictures.CASES["像素三十六亿"], "图片太大"), (layouts.CASES["实体膨胀"], "XML 声明"), (encrypted_office, "有密码"),
        (texts.CASES["数字一行一个"], "超过上限 100000 行"), (unkind.PICTURES["PNG 一像素高"], "没有识别出文字"),
    ],
)  # fmt: skip
def test_the_reason_is_said(made: Callable[[], bytes], said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_bytes(made(), "怪文件")


@pytest.mark.parametrize(
    "name", ["form.docx", "form.xlsx", "form.xls", "form.pdf", "form.ofd", "page.png", "forms.zip"]
)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_cut_short(name: str, share: float) -> None:
    """Half a download: an error that names the file, or what is there; never another exception."""
    data = (FILES / name).read_bytes()
    data = data[: int(len(data) * share)]
    if name == "page.png":
        with pytest.raises(UnreadableFile, match="图片"):
            read_bytes(data, name)
        return
    (found,) = read_all_bytes(data, name)
    assert found.path == name


@pytest.mark.parametrize("name", ["form.docx", "form.xlsx", "form.xls", "form.pdf", "form.ofd", "form.html"])
def test_bytes_changed_at_random(name: str) -> None:
    import random

    dice = random.Random(name)
    whole = (FILES / name).read_bytes()
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        for found in read_all_bytes(bytes(data), name):
            assert isinstance(found, Document | UnreadableFile)


def read_all_bytes(data: bytes, name: str) -> list[Document | UnreadableFile]:
    try:
        return [read_bytes(data, name)]
    except UnreadableFile as error:
        return [error]


def test_linked_pictures_are_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: calls.append(address))
    made = new_docx()
    made.add_paragraph("支出 95 万元。")
    made.part.relate_to(
        "http://example.invalid/a.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    stream = io.BytesIO()
    made.save(stream)
    assert read_bytes(stream.getvalue(), "a.docx").text == "支出 95 万元。\n"
    assert not calls


def test_the_other_files_are_still_read(tmp_path: Path) -> None:
    path = tmp_path / "一批.zip"
    path.write_bytes(
        packed(
            {"坏.docx": b"PK\x03\x04" + bytes(99), "好.txt": "某项目绩效自评报告\n支出 95 万元。".encode()}
        )
    )
    bad, good = read_all(path)
    assert isinstance(bad, UnreadableFile)
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    ("made", "kept"),
    [(unkind.XLSX["小数一万位"], "12345.678"), (unkind.DOCX["插入自己三十层"], "支出 95 万元。")],
)
def test_one_bad_part_does_not_refuse_the_file(made: Callable[[], bytes], kept: str) -> None:
    assert kept in read_bytes(made(), "怪文件").text
