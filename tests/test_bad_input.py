"""Bad input: a clear message or a sound memo, exit status 2 where nothing could be audited,
never a traceback, never a hang."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.memo import build, render
from auditor.pipeline import run
from auditor.rules.catalogue import catalogue
from tests.conftest import Cli, shell
from tests.samples import ROOT

EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
MOVES = [
    "drop",
    "double",
    "swap",
    "cut",
    "join",
    *"0９.,%-—≥≤元万亿分（(|\t\n <>“”一十第年、，。:：\x00\u202e☑𠮷",
]


def refused(path: Path) -> str:
    """What is said of a file that cannot be audited: one line that names it."""
    answer = shell("audit", path)
    told = answer.stderr.decode()
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert told.startswith(f"{path}：")
    assert told.count("\n") == 1
    return told


def audited(path: Path, seconds: float = 20) -> str:
    """The memo on a file that is odd, but can be audited."""
    answer = shell("audit", path, seconds=seconds)
    assert answer.returncode in (0, 1), answer.stderr.decode()
    assert answer.stderr == b""
    return answer.stdout.decode()


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("空.txt", b"", "文件是空的"),
            ("空白.txt", b" \r\n\t\n", "文件是空的"),
            ("标记.txt", b"\xef\xbb\xbf", "文件里没有文字"),
            ("图片.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "图片不完整"),
            ("没有零.png", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 40, "图片不完整"),
            ("照片.jpg", bytes(range(128, 256)) * 20, "内容不是 jpg 文件"),
            ("文档.txt", b"PK\x03\x04" + bytes(range(256)) * 40, "文件不完整"),
            ("旧文档.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "认不出"),
            ("程序.txt", b"\x7fELF" + bytes(range(32)) * 200, "认不出"),
            ("便携.txt", b"%PDF-1.7\n" + bytes(range(256)) * 40, "PDF 文件"),
            ("乱码.txt", b"\xff\xff\x00\x80\x81" * 100, "编码"),
            ("零.txt", b"\x00" * 5000, "不是文字"),
            ("代理.txt", "报告\ud800内容".encode("utf-8", "surrogatepass") * 9, ""),
            ("代理十六.txt", b"\xff\xfe" + "报告".encode("utf-16-le") + b"\x00\xd8a\x00", "编码"),
        ],
    )
    def test_file(self, tmp_path: Path, name: str, data: bytes, said: str) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        assert said in refused(path)

    def test_missing_and_folder(self, tmp_path: Path) -> None:
        assert "找不到" in refused(tmp_path / "没有.txt")
        assert "文件夹里没有可以审核的文件" in refused(tmp_path)  # one with files is audited file by file

    @pytest.mark.parametrize("name", ["", "\x00", "长" * 5000, "没有\n换行.txt"])
    def test_names_that_are_no_files(self, cli: Cli, name: str) -> None:
        answer = cli("audit", name)
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.count("\n") == 1

    def test_a_line_of_50_megabytes(self, tmp_path: Path) -> None:
        path = tmp_path / "长行.txt"
        path.write_bytes(("合计100万元" * 3_500_000).encode())
        assert path.stat().st_size > 50_000_000
        assert "MB" in refused(path)


class TestSound:
    """Odd files that hold a report all the same."""

    def test_nul_characters_among_text(self, tmp_path: Path) -> None:
        path = tmp_path / "甲.txt"
        path.write_text(EXAMPLES[0].replace("指标", "指\x00标", 3), encoding="utf-8")
        assert "\x00" not in audited(path)

    @pytest.mark.parametrize(
        "encoding",
        [
            "utf-8-sig",
            "utf-16",
            "gb18030",
            "utf-16-le",
        ],
    )
    def test_other_encodings(self, tmp_path: Path, encoding: str) -> None:
        reports = [
            run([path], catalogue()).documents[0].reports
            for path in (tmp_path / "甲.txt", tmp_path / "乙.txt")
            if path.write_bytes(EXAMPLES[0].encode("utf-8" if path.stem == "甲" else encoding))
        ]
        told = [[item.fingerprint for one in own for item in one.items] for own in reports]
        assert told[0] == told[1]

    def test_a_table_of_3000_rows(self, tmp_path: Path) -> None:
        assert "3000" in audited(self._table(tmp_path, 3_000), seconds=300)

    def test_a_table_too_long_to_read_in_time(self, tmp_path: Path) -> None:
        """90,000 rows take the reader about 90 s, and a file of 2 MB may take 12 s: it is given up, and says so."""
        answer = shell("audit", self._table(tmp_path, 90_000), seconds=120)
        told = answer.stderr.decode()
        assert answer.returncode == 2 or "90000" in answer.stdout.decode()
        assert answer.returncode != 2 or ("用时过长" in told and told.count("\n") == 1)

    def _table(self, folder: Path, count: int) -> Path:
        rows = "".join(f"{n}\t设备{n}\t1.00\t1.00\n" for n in range(1, count + 1))
        path = folder / "长表.txt"
        path.write_text(
            "甲项目绩效自评报告\n序号\t支出明细\t项目预算支出\t项目资金实际支出\n"
            f"合计\t\t{count}.00\t{count}.00\n{rows}",
            encoding="utf-8",
        )
        return path

    def test_a_long_line(self, tmp_path: Path) -> None:
        audited(self._line(tmp_path, 200), seconds=120)

    def test_a_line_too_long_for_the_time_allowed(self, tmp_path: Path) -> None:
        """The file is given up and says so, or the rules that gave up are named, on the memo too."""
        answer = shell("audit", self._line(tmp_path, 8_000), seconds=120)
        memo, told = answer.stdout.decode(), answer.stderr.decode()
        for line in told.splitlines():
            rule = re.search(r"规则 ([A-Z]\d{3})", line)
            assert "用时过长" in line
            assert (answer.returncode == 2) is (rule is None)
            assert rule is None or rule[1] in memo

    def _line(self, folder: Path, repeats: int) -> Path:
        path = folder / "长行.txt"
        path.write_text(
            "甲项目绩效自评报告\n" + "其中甲类12件、乙类30件，共42件，占5.5%；" * repeats, encoding="utf-8"
        )
        return path

    @pytest.mark.parametrize(
        "piece",
        ["(", "（", "第", "1.", "1,", "百分之", "<", "《", "“", "|", "\t", "-", "一", "目标", "1件、"],
    )
    def test_runs_of_one_sign_take_linear_time(self, tmp_path: Path, piece: str) -> None:
        path = tmp_path / "甲.txt"
        path.write_text("甲项目绩效自评报告\n" + piece * 20_000 + "\n", encoding="utf-8")
        audited(path)


def _mutated(lines: list[str], moves: list[tuple[str, int, int]]) -> str:
    """The lines after some were dropped, doubled, swapped, cut or had a character changed."""
    lines = list(lines)
    for move, first, second in moves:
        if not lines:
            break
        at, other = first % len(lines), second % len(lines)
        line = lines[at]
        if move == "drop":
            del lines[at]
        elif move == "double":
            lines.insert(at, line)
        elif move == "swap":
            lines[at], lines[other] = lines[other], line
        elif move == "cut":
            lines[at] = line[: second % (len(line) + 1)]
        elif move == "join":
            lines[at] = line + lines[other]
            del lines[other]
        else:
            place = second % (len(line) + 1)
            lines[at] = line[:place] + move + line[place + (second % 2) :]
    return "\n".join(lines)


MOVES = [
    "drop",
    "double",
    "swap",
    "cut",
    "join",
    *"0９.,%-—≥≤元万亿分（(|\t\n <>“”一十第年、，。:：\x00\u202e☑𠮷",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    example=st.sampled_from(EXAMPLES),
    moves=st.lists(
        st.tuples(st.sampled_from(MOVES), st.integers(0, 10_000), st.integers(0, 10_000)),
        min_size=1, max_size=25,
    ),
)  # fmt: skip
def test_mutated_reports_never_break_anything(example: str, moves: list[tuple[str, int, int]]) -> None:
    text = _mutated(example.splitlines(), moves)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "变.txt"
        path.write_bytes((text or "空").encode())
        outcome = run([path], catalogue())
    assert outcome.breakages == []
    if outcome.unreadable:
        assert "内部错误" not in outcome.unreadable[0].reason
        return
    memo = build(outcome)
    for report in memo.documents[0].reports:
        for result in report.every():
            for evidence in result.evidence:
                assert evidence.quote == text[evidence.start : evidence.end] != ""
    assert re.match("# 绩效", render(memo, "md"))
    render(memo, "json")
