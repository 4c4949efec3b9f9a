"""Formats that only an office program reads well (.doc, .wps, .rtf, .odt, .ods, .xlsb, XML of Office
2003): LibreOffice, where it is installed, turns them into .docx or .xlsx on this machine.

Each run has a profile of its own, so runs side by side do not disturb each other; macros are off,
and nothing outside the file is opened.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from auditor.document.errors import UnreadableFile
from auditor.document.model import Document
from auditor.document.sniff import FileKind, kind
from auditor.document.word import read_docx
from auditor.document.workbook import read_xlsx
from auditor.isolation import extend, more_memory, started

_SECONDS = 90
_SUFFIXES = {
    FileKind.DOC: ".doc", FileKind.RTF: ".rtf", FileKind.ODT: ".odt", FileKind.WORD_XML: ".xml",
    FileKind.ODS: ".ods", FileKind.XLSB: ".xlsb", FileKind.EXCEL_XML: ".xml",
}  # fmt: skip
_SHEETS = {FileKind.ODS, FileKind.XLSB, FileKind.EXCEL_XML}
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""


def read_converted(data: bytes, path: str) -> Document:
    """Document of a file that LibreOffice converts. Raises `UnreadableFile`."""
    found = kind(data)
    program = office_program()
    if program is None:
        raise UnreadableFile(
            path, "读这种文件要用 LibreOffice，本机没有安装；请安装，或在 WPS、Word 里另存为 docx 或 xlsx"
        )
    sheet = found in _SHEETS
    made = _convert(program, data, _SUFFIXES[found], "xlsx" if sheet else "docx", path)
    document = read_xlsx(made, path) if sheet else read_docx(made, path)
    return replace(document, sha256=hashlib.sha256(data).hexdigest(), media_type=found.value)


def office_program() -> str | None:
    """Where LibreOffice is, if it is anywhere."""
    return (
        shutil.which("soffice") or shutil.which("libreoffice") or next(filter(os.path.exists, _PLACES), None)
    )


def _convert(program: str, data: bytes, suffix: str, target: str, path: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = place / f"report{suffix}"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", "--nologo", "--nolockcheck",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--convert-to", target, "--outdir", str(place), str(source),
        ]  # fmt: skip
        nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
        extend(_SECONDS)
        with more_memory():
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, **nowhere}, start_new_session=True,
            )  # fmt: skip
        started(process.pid)
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            raise UnreadableFile(path, f"LibreOffice 转换超过 {_SECONDS} 秒，已放弃") from None
        finally:
            _end(process)
        made = place / f"report.{target}"
        if not made.exists():
            raise UnreadableFile(path, "LibreOffice 转换不了，文件可能已损坏或有密码")
        return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
