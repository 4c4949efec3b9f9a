"""`auditor audit`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor.commands.answers import by_suffix, emit, refuse, same

if TYPE_CHECKING:
    from auditor.api import Plan
    from auditor.batch import Order, Source
    from auditor.console import Progress
    from auditor.judge.endpoint import ModelSettings
    from auditor.memo.decisions import Records


class Format(StrEnum):
    md = "md"
    json = "json"
    html = "html"
    sarif = "sarif"
    xlsx = "xlsx"
    docx = "docx"
    paper = "paper"
    letter = "letter"


class Ticks(StrEnum):
    merged = "merged"
    all = "all"


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
    record: Annotated[
        bool, typer.Option("--record/--no-record", help="把模型的回答录下来，不再重复提问。")
    ] = True,
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
        typer.Option(
            "--template", metavar="FILE.docx", help="本单位的 Word 模板，用于 docx、paper 和 letter。"
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=1, help="同时审核几个文件；不写则与处理器个数相同。"),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="不接着上次没做完的，全部重新审核。")] = False,
    with_working_paper: Annotated[
        bool, typer.Option("--with-working-paper", help="工作底稿写在审核意见里，不另写一个文件。")
    ] = False,
    ticks: Annotated[
        Ticks,
        typer.Option(
            "--ticks", help="JSON 里核对一致的事项：merged 同一规则在同一表中很多时合为一条，all 逐条列出。"
        ),
    ] = Ticks.merged,
) -> None:
    """审核报告，输出审核备忘录。没有问题返回 0，有不一致或存疑返回 1，用法有误或有文件读不了返回 2。"""
    from auditor.api import NoModel, plan
    from auditor.batch import Order
    from auditor.commands.folders import gathered
    from auditor.config import ConfigError, load
    from auditor.console import Progress, say
    from auditor.memo import WRITERS, BadTemplate, MissingExtra
    from auditor.memo.decisions import DecisionsError, Records

    found = gathered(files, out)
    files = found.files
    for line in found.told():
        say(line)
    if not files:
        raise typer.Exit(2)
    format = format or Format(by_suffix(output, list(Format)))
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
        order = Order(
            format=format.value,
            mode=llm.value,
            select=chosen.select if select is None else _codes(select),
            ignore=chosen.ignore if ignore is None else _codes(ignore),
            settings=chosen.settings,
            model=_with(chosen.model, name=model, max_tokens=max_tokens),
            limits=chosen.limits,
            decisions=decisions,
            template=template,
            apart=out is not None and format is not Format.letter,
            with_working_paper=with_working_paper,
            data=format in (Format.json, Format.sarif),
            every_tick=ticks is Ticks.all,
        )
        wanted = plan(order.select, order.ignore, order.mode, order.model, record)
    except (ConfigError, DecisionsError, NoModel) as error:
        refuse(str(error))
    except ValueError as error:
        refuse(f"没有代码以“{error}”开头的规则，用 auditor rules 查看全部规则")
    bar = Progress(progress)
    with _source(files, order, wanted, jobs, bar) as source:
        if out is not None:
            kept = [
                *files,
                *(str(records.path(file)) for file in files),
                *([str(template)] if template else []),
            ]
            status = _apart(source, out, kept, found.places, fresh, records)
        else:
            status = _together(source, output, wanted.reason, records)
    raise typer.Exit(2 if found.own and status < 2 else status)


@contextmanager
def _source(
    files: list[str], order: Order, wanted: Plan, jobs: int | None, bar: Progress
) -> Iterator[Source]:
    """The run. One whose narratives are sent to a model is one matter for all files."""
    from auditor.batch import Audited, Stream
    from auditor.console import say
    from auditor.isolation import Pool, processors
    from auditor.pipeline import run, unread_narratives

    if wanted.reviewer is not None and order.mode == "live":
        wanted.reviewer.progress = partial(bar, "叙述审读")
        outcome = run(files, wanted.rules, order.settings, wanted.reviewer, bar, order.limits)
        if told := wanted.reviewer.told():
            say(told)
        for line in unread_narratives(outcome):
            say(line)
        yield Audited((), outcome, order)
        return
    count = min(jobs or processors(), len(files))
    with Pool(order.limits, count) as pool:
        yield Stream(files, order, pool, bar)


def _apart(
    source: Source, folder: Path, kept: list[str], places: Mapping[str, str], fresh: bool, records: Records
) -> int:
    """A memo for each file, or a letter for each unit; the exit status. The files `kept` are never replaced."""
    from auditor.batch import Interrupted, NoFolder, deliver, deliver_letters
    from auditor.console import say
    from auditor.memo import MissingExtra

    try:
        if source.order.format == Format.letter:
            delivered = deliver_letters(source, folder, kept, records, say)
        else:
            delivered = deliver(source, folder, kept, places, fresh)
    except (NoFolder, MissingExtra) as error:
        refuse(str(error))
    except Interrupted as error:
        say(f"已中断：{error.done} 个文件已审核完，备忘录在 {folder}；再运行同一条命令，从断处接着做")
        return 130
    if delivered.resumed:
        say(f"接着上次做：{delivered.resumed} 个文件上次已审核完，不再重审（要全部重审，加 --fresh）")
    for failure in delivered.unreadable:
        say(f"{failure.path}：{failure.reason}")
    repeated = [f"重复送审：{one.told}" for one in delivered.repeated]
    for line in (*source.breakages, *delivered.said, *repeated, delivered.written, *delivered.problems):
        if line:
            say(line)
    return 2 if delivered.unreadable or delivered.problems else int(delivered.flagged)


def _together(source: Source, output: Path | None, reason: str, records: Records) -> int:
    """One memo for all files; the exit status."""
    from auditor.batch import together
    from auditor.console import say

    outcome = together(source)
    for failure in outcome.unreadable:
        say(f"{failure.path}：{failure.reason}")
    for line in source.breakages:
        say(line)
    written = []
    for ending, content in outcome.files(source, reason, records, say):
        target = (
            None if output is None else (output.with_name(f"{output.stem}{ending}") if ending else output)
        )
        emit(content, target, is_json=source.order.format == "json", limits=source.order.limits)
        written.append(str(target))
    if written:
        for again in outcome.twins():
            say(f"重复送审：{again.told}")
        if output is not None:
            say(f"已写出 {'、'.join(written)}：{outcome.summed()}")
    return 2 if outcome.unreadable else int(outcome.flagged)


def _codes(written: str) -> tuple[str, ...]:
    return tuple(code for part in written.split(",") if (code := part.strip()))


def _with(settings: ModelSettings, **options: str | int | None) -> ModelSettings:
    """The settings with those options that were given."""
    from dataclasses import replace

    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    return replace(settings, **given)
