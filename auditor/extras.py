"""What is installed only where it is wanted, and how a user gets it: packages by their own names, for the program
itself is in no registry, and without quotes, which the Windows prompt would hand on to pip."""

from __future__ import annotations

import sys

PACKAGES = {
    "office": "openpyxl python-docx xlrd",
    "pdf": "pdfplumber pypdfium2",
    "ocr": "onnxruntime opencv-python-headless pdfplumber pypdfium2 rapidocr",
    "season": "alembic rensa sqlalchemy",
    "postgres": "alembic pg8000 rensa sqlalchemy",
    "ray": "alembic ray rensa sqlalchemy",
}
"""By the names of the extras in pyproject.toml, which a test holds them to."""


def how_to_get(extra: str) -> str:
    """What to do to have the packages of an extra, in Chinese."""
    if getattr(sys, "frozen", False):
        return "这个单文件程序不带它，请改用装有 Python 的安装包"
    return f"请先安装：pip install {PACKAGES[extra]}"
