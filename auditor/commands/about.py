"""`auditor rules`, `explain`, `schema` and `template`: what the program itself brings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.answers import emit, refuse


def rules() -> None:
    """列出全部规则。"""
    from auditor.console import write
    from auditor.rules.catalogue import catalogue

    width = max(len(entry.rule.name) for entry in catalogue())
    for entry in catalogue():
        write(f"{entry.rule.code}  {entry.rule.name:<{width}}  {entry.rule.title}\n")


def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="规则代码，如 F101。")]) -> None:
    """显示一条规则的说明：查什么、为什么、正反例、依据。"""
    from auditor.console import write
    from auditor.judge.codes import CODES
    from auditor.rules.catalogue import catalogue

    for entry in catalogue():
        if code.upper() == entry.rule.code or code == entry.rule.name:
            write(entry.manual + "\n")
            return
    if code.upper() in CODES:
        from auditor.judge.prompt import load

        write(load().questions[code.upper()].manual + "\n")
        return
    refuse(f"没有规则“{code}”，用 auditor rules 查看全部规则")


def schema() -> None:
    """输出 JSON 备忘录的 JSON Schema。"""
    import json

    from auditor.console import write_json
    from auditor.memo import Memo

    write_json(json.dumps(Memo.model_json_schema(), ensure_ascii=False, indent=2) + "\n")


def template(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.docx", help="写入的文件。")],
) -> None:
    """写出默认的 Word 模板，改成本单位的样式后用 --template 指定。"""
    from auditor.console import say
    from auditor.memo import MissingExtra, default_template

    if output.suffix.lower() != ".docx":
        refuse(f"模板只能写成 docx 文件，现为 {output.name}")
    if output.exists():
        refuse(f"已有文件 {output}，为免覆盖改好的模板，未写入")
    try:
        content = default_template()
    except MissingExtra as error:
        refuse(str(error))
    emit(content, output)
    say(f"已写出 {output}")
