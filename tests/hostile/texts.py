"""txt: repetition, odd characters, odd encodings. The rules see these too."""

from __future__ import annotations

from tests.hostile.parts import REPORT, Cases


def _repeated(sentence: str, size: int = 500_000) -> bytes:
    return (REPORT + sentence * (size // len(sentence.encode()))).encode()


CASES: Cases = {
    "数字一行一个": lambda: b"0\n" * 450_000,
    "句子重复": lambda: _repeated("全年支出95万元，完成率95%，得分9.5分。"),
    "一句不停": lambda: _repeated("其中支出95万元、"),
    "得分重复": lambda: _repeated("产出指标得分9.5分，"),
    "合计重复": lambda: _repeated("支出合计95万元，其中甲30万元、乙65万元。\n"),
    "同比重复": lambda: _repeated("比上年增长5.2%，由100万元增加到105.2万元。\n"),
    "竖线一行": lambda: ("a|b|c|d\n" + REPORT).encode(),
    "竖线十万": lambda: b"|" * 200_000 + b"\n1",
    "制表符十万": lambda: b"\t" * 200_000 + b"\n1",
    "空格二十万": lambda: b"1" + b" " * 200_000 + b"2",
    "括号二十万": lambda: REPORT.encode() + "（".encode() * 100_000,
    "书名号二十万": lambda: REPORT.encode() + "《".encode() * 100_000,
    "百分号二十万": lambda: REPORT.encode() + b"%" * 200_000,
    "逗号数字": lambda: REPORT.encode() + b"1," * 200_000,
    "五千位数": lambda: (REPORT + "支出" + "9" * 5000 + "万元。").encode(),
    "数字三十万位": lambda: (REPORT + "支出" + "9" * 300_000 + "万元。").encode(),
    "中文数字十万位": lambda: (REPORT + "一" * 100_000 + "万元").encode(),
    "阿拉伯文数字": lambda: (REPORT + "完成以下٣项工作：一是甲；二是乙；三是丙。\n").encode(),
    "编号十万": lambda: "".join(f"{n}.甲\n" for n in range(60_000)).encode(),
    "控制字符": lambda: REPORT.encode() + b"\x1b[2J\x1b]0;x\x07\x9b" * 3,
    "从右往左": lambda: (REPORT + "支出\u202e59\u202c万元。\n").encode(),
    "零宽字符": lambda: (REPORT + "支\u200b出\u200d9\u20605万元。" * 5000).encode(),
    "组合符号": lambda: (REPORT + "支" + "\u0301" * 100_000).encode(),
    "孤立代理": lambda: b"\xed\xa0\x80" * 1000 + REPORT.encode(),
    "UTF-16 半个字": lambda: REPORT.encode("utf-16")[:-1],
    "UTF-7": lambda: REPORT.encode("utf-7"),
    "全是零": lambda: bytes(1_000_000),
    "二进制改名": lambda: bytes(range(256)) * 2000,
    "二十一兆": lambda: b"1\n" * 11_000_000,
    "只有空行": lambda: b"\r\n" * 300_000,
    "换行只有回车": lambda: REPORT.replace("\n", "\r").encode() * 2000,
    "模板碎片": lambda: _repeated("<table><tr><td>1</td>", 300_000),
    "表头一行五万列": lambda: (REPORT + "\t".join(["年初预算数", "全年预算数", "全年执行数"] * 15_000) + "\n" + "1\t" * 45_000).encode(),
    "表格一列二十万": lambda: (REPORT + "年初预算数\n全年执行数\n100.00\n98.50\n" * 20_000).encode(),
    "合计行一万": lambda: (REPORT + "三级指标 | 分值 | 得分\n" + "数量 | 10 | 9\n合计 | 10 | 9\n" * 10_000).encode(),
    "目标一万条": lambda: (REPORT + "绩效目标：\n" + "".join(f"培训{n}人次，合格率{n % 100}%；" for n in range(10_000))).encode(),
    "字数要求八千处": lambda: (REPORT + "".join(f"说明（{n % 900 + 10}字以内）\t" + "很好" * 20 + "\n" for n in range(4000))).encode(),
    "比率十万": lambda: (REPORT + "".join(f"应完成{n}户，实完成{n - 1}户，完成率{n % 100}%，" for n in range(9, 12_000))).encode(),
    "日期一行五万": lambda: (REPORT + "2021年3月4日至2020年5月6日，" * 20_000).encode(),
    "姓名一万": lambda: (REPORT + "".join(f"联系人：王强{n}，电话0762-56{n:05}；" for n in range(8000))).encode(),
    "书名号套书名号": lambda: (REPORT + "《" * 50_000 + "财预〔2020〕10号" + "》" * 50_000).encode(),
    "占比列举不断": lambda: (REPORT + "其中" + "".join(f"甲{n}项{n}.5万元、" for n in range(25_000)) + "合计9万元").encode(),
    "照抄八千段": lambda: (REPORT + "".join(f"指标{n}：按照年初计划认真组织实施，取得了良好的社会效益和经济效益，群众满意。\n" for n in range(8000))).encode(),
    "分隔线十万": lambda: (REPORT + "-" * 100_000 + "\n" + "=" * 100_000 + "\n" + "_" * 100_000).encode(),
    "CSV 引号不合": lambda: ('"甲,"" ' * 100_000).encode(),
    "CSV 二十万列": lambda: ("项目,预算数\n" + "1," * 200_000).encode(),
    "CSV 一格换行十万": lambda: ('项目,预算数\n"' + "1\n" * 100_000 + '",2\n').encode(),
    "GB18030 四字节": lambda: REPORT.encode("gb18030") + b"\x81\x30\x81\x30" * 60_000,
    "编码中途变": lambda: REPORT.encode("utf-8") * 500 + REPORT.encode("gb18030") * 500,
}  # fmt: skip
