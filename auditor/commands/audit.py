"""`auditor audit`."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor.commands.answers import emit, refuse, same

if TYPE_CHECKING:
    from auditor.batch import Order
    from auditor.console import Progress
    from auditor.judge.endpoint import ModelSettings
    from auditor.pipeline import Run


class Format(StrEnum):
    md = "md"
    json = "json"
    html = "html"
    sarif = "sarif"
    xlsx = "xlsx"
    docx = "docx"
    letter = "letter"


class Llm(StrEnum):
    off = "off"
    replay = "replay"
    live = "live"


def audit(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="报告文件或文件夹；- 表示标准输入。")],
    format: Annotated[
        Format | None, typer.Option("--format", help="输出格式；不写则看 -o 的后缀，没有 -o 的是 md。")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="写入文件，不写到标准输出。")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="每个文件一份备忘录，连同汇总写入文件夹。"),
    ] = None,
    progress: Annotated[bool, typer.Option("--progress", help="报告进度，没有终端时也报告。")] = False,
    llm: Annotated[
        Llm, typer.Option("--llm", help="叙述审读：off 不用模型，replay 只用录下的回答，live 向模型提问。")
    ] = Llm.replay,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="模型名称。")] = None,
    record: Annotated[bool, typer.Option("--record", help="把模型的回答录下来，不再重复提问。")] = False,
    max_tokens: Annotated[
        int | None,
        typer.Option("--max-tokens", metavar="N", min=0, help="本次用量的上限（词元），0 为不限。"),
    ] = None,
    select: Annotated[
        str | None, typer.Option("--select", metavar="CODES", help="只用这些规则，代码或前缀，逗号分隔。")
    ] = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="CODES", help="不用这些规则，代码或前缀，逗号分隔。")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="PATH", help="配置文件。")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions",
            metavar="FILE",
            help="处理意见文件；不写则用报告旁边的“报告文件名.decisions.json”。",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE.docx", help="本单位的 Word 模板，用于 docx 和 letter。"),
    ] = None,
) -> None:
    """审核报告，输出审核备忘录。没有问题返回 0，有不一致或存疑返回 1，用法有误或有文件读不了返回 2。"""
    from auditor.api import NoModel, plan
    from auditor.batch import Order
    from auditor.commands.folders import gathered
    from auditor.config import ConfigError, load
    from auditor.console import Progress, say
    from auditor.memo import WRITERS, BadTemplate, Material, MissingExtra, build
    from auditor.memo.decisions import DecisionsError, Records
    from auditor.memo.twins import twins
    from auditor.memo.wording import summed
    from auditor.pipeline import run

    found = gathered(files, out)
    files = found.files
    for line in found.told():
        say(line)
    if not files:
        raise typer.Exit(2)
    format = format or _by_suffix(output)
    writer = WRITERS[format.value]
    if output is not None and out is not None:
        refuse("-o 和 --out 只能用一个：-o 写成一份，--out 每个文件一份")
    if output is None and out is None and writer.binary:
        refuse(f"{format.value} 不能写到标准输出，请用 -o 指定文件")
    if output is not None and any(same(output, file) for file in files):
        refuse(f"-o {output} 就是要审核的文件，为免覆盖原件，未写入")
    records = Records(decisions)
    if output is not None and any(same(output, str(records.path(file))) for file in files):
        refuse(f"-o {output} 是处理意见文件，未写入")
    if output is not None and template is not None and same(output, str(template)):
        refuse(f"-o {output} 就是模板，为免覆盖模板，未写入")
    try:
        writer.prepare(template)
    except BadTemplate as error:
        refuse(f"--template {template}：{error}")
    except MissingExtra as error:
        refuse(str(error))
    try:
        records.preload(files)
        chosen = load(config)
        wanted = plan(
            chosen.select if select is None else _codes(select),
            chosen.ignore if ignore is None else _codes(ignore),
            llm.value,
            _with(chosen.model, name=model, max_tokens=max_tokens),
            record,
        )
    except (ConfigError, DecisionsError, NoModel) as error:
        refuse(str(error))
    except ValueError as error:
        refuse(f"没有代码以“{error}”开头的规则，用 auditor rules 查看全部规则")
    bar = Progress(progress)
    if wanted.reviewer is not None and llm is Llm.live:
        wanted.reviewer.progress = partial(bar, "叙述审读")
    watched = bar if progress or out is not None else None
    outcome = run(files, wanted.rules, chosen.settings, wanted.reviewer, watched)
    if wanted.reviewer is not None and (told := wanted.reviewer.told()):
        say(told)
    for failure in outcome.unreadable:
        say(f"{failure.path}：{failure.reason}")
    for breakage in outcome.breakages:
        say(breakage)
    unwritten = False
    if out is not None:
        order = Order(
            writer,
            llm.value,
            wanted.reason,
            template,
            data=format in (Format.json, Format.sarif),
            decisions=records,
            places=found.places,
            say=say,
        )
        kept = [*files, *(str(records.path(file)) for file in files)]
        unwritten = _into_folder(out, outcome, kept, order, bar)
    elif outcome.documents:
        memo = build(outcome, llm.value, wanted.reason, records)
        documents = [audited.document for audited in outcome.documents]
        content = writer(Material(memo, documents, template, say))
        emit(content, output, is_json=format is Format.json)
        for line in twins(memo):
            say(f"重复送审：{line}")
        if output is not None:
            counts = [report.counts for document in memo.documents for report in document.reports]
            say(f"已写出 {output}：{summed(len(memo.documents), counts)}")
    raise typer.Exit(2 if outcome.unreadable or unwritten else int(outcome.flagged))


def _by_suffix(output: Path | None) -> Format:
    """The format that the name of the output asks for."""
    from auditor.memo import named_by

    if output is None or not output.suffix:
        return Format.md
    name = named_by(output)
    if name is None:
        known = "、".join(one.value for one in Format if one is not Format.letter)
        refuse(f"不能写成 {output.suffix} 文件，能写的有 {known}（或者用 --format 指定）")
    return Format(name)


def _into_folder(out: Path, outcome: Run, kept: list[str], order: Order, bar: Progress) -> bool:
    """Whether something could not be written. The files `kept` are never replaced."""
    from auditor.batch import NoFolder, deliver
    from auditor.console import say
    from auditor.memo import MissingExtra

    try:
        problems = deliver(outcome, kept, out, order, partial(bar, "写出"))
    except (NoFolder, MissingExtra) as error:
        refuse(str(error))
    for problem in problems:
        say(problem)
    return bool(problems)


def _codes(written: str) -> list[str]:
    return [code for part in written.split(",") if (code := part.strip())]


def _with(settings: ModelSettings, **options: str | int | None) -> ModelSettings:
    """The settings with those options that were given."""
    from dataclasses import replace

    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    return replace(settings, **given)
