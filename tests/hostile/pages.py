"""html and mhtml: depth, spans, encodings, comments that do not end."""

from __future__ import annotations

from tests.hostile.parts import Cases


def _page(inner: bytes) -> bytes:
    return b"<html><body>" + inner + b"</body></html>"


def _charset(name: bytes) -> bytes:
    return b'<html><head><meta charset="' + name + b'"></head><body>' + b"PASS " * 2000 + b"</body></html>"


CASES: Cases = {
    "套五万层": lambda: _page(b"<div>" * 50_000 + "支出".encode() + b"</div>" * 50_000),
    "表套表一万层": lambda: _page(b"<table><tr><td>" * 10_000 + b"x"),
    "跨行跨列极大": lambda: b"<html><table>" + b"<tr><td rowspan=99999 colspan=99999>1</td><td>2</td></tr>" * 500 + b"</table>",
    "跨列写上标数字": lambda: _page("<table><tr><td colspan='²'>1</td><td>2</td></tr></table>".encode()),
    "跨列写阿拉伯数字": lambda: _page("<table><tr><td colspan='٣'>1</td><td>2</td></tr></table>".encode()),
    "四十万格": lambda: _page(b"<table>" + (b"<tr>" + b"<td>1" * 40 + b"</tr>") * 10_000 + b"</table>"),
    "注释没有结尾": lambda: _page(b"<!--" * 100_000),
    "标签没有结尾": lambda: _page(b"<a " * 200_000),
    "声明没有结尾": lambda: b"<html><![" * 100_000,
    "属性一百万个": lambda: _page(b"<p " + b"a=1 " * 1_000_000 + b">1</p>"),
    "脚本没有结尾": lambda: _page(b"<script>" + b"<" * 500_000),
    "实体极长": lambda: _page(b"&#" + b"9" * 200_000 + b";"),
    "编码 zip": lambda: _charset(b"zip"),
    "编码 bz2": lambda: _charset(b"bz2_codec"),
    "编码 rot13": lambda: _charset(b"rot13"),
    "编码 unicode_escape": lambda: _charset(b"unicode_escape"),
    "编码 idna": lambda: _charset(b"idna"),
    "编码 punycode": lambda: _charset(b"punycode"),
    "编码不存在": lambda: _charset(b"utf-99"),
    "信封套信封": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + b"--a\nContent-Type: multipart/related; boundary=a\n\n" * 3000,
    "信封编码压缩": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html; charset=zip\n\n<html>1</html>\n--a--",
    "信封里的炸弹": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + b"PHA+" * 3_000_000 + b"\n--a--",
    "表单嵌链接十万": lambda: _page(b"<a href=x><b><i>" * 60_000),
    "标题行两万列": lambda: _page(b"<table><tr>" + "<th>全年执行数</th><th>年初预算数</th>".encode() * 8000 + b"</tr><tr>" + b"<td>1</td>" * 16_000 + b"</tr></table>"),
    "跨行写满": lambda: _page(b"<table>" + b"<tr><td rowspan=5000>1</td></tr>" * 5000 + b"</table>"),
    "样式十万条": lambda: b"<html><style>" + b".a{display:none}" * 100_000 + b"</style><body>1</body></html>",
    "网页套网页": lambda: _page(b"<html><body>" * 30_000),
    "空字符": lambda: _page(b"<p>\x00\x00</p>" * 50_000),
    "模板标签": lambda: _page(b"<template><table><svg><math>" * 20_000),
    "文字方向": lambda: _page("<p dir=rtl>\u202e支出95万元\u202c</p>".encode() * 5000),
}  # fmt: skip
