"""`auditor judge`: questions out, answers in, without a connection. No logic here either."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.answers import refuse
from auditor.commands.chinese import Command, Group

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.judge.collect import Collector
    from auditor.judge.endpoint import Endpoint
    from auditor.memo.model import Memo

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    cls=Group,
    help="叙述审读的提问与回答：导出、导入、预览、试连、比较、学习。",
)

_Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="报告文件；- 表示标准输入。")]
_Config = Annotated[Path | None, typer.Option("--config", metavar="PATH", help="配置文件。")]
_Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="模型名称。")]
_Folder = Annotated[Path | None, typer.Option("--cassettes", metavar="FOLDER", help="存放回答的文件夹。")]


@app.command(cls=Command)
def export(
    files: _Files,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PATH", help="写入的文件（JSONL）。")],
    local: Annotated[
        bool, typer.Option("--local", help="声明提问只在本单位的机器上运行，标密的报告也导出。")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="已有回答的提问也导出。")] = False,
    model: _Model = None,
    cassettes: _Folder = None,
    config: _Config = None,
) -> None:
    """导出提问（OpenAI Batch 格式，vllm run-batch 也能读），供另一台机器运行。已有回答的不重复导出。"""
    from auditor.console import say
    from auditor.judge.batch import export as write_batch
    from auditor.judge.batch import may_replace
    from auditor.judge.cassette import Cassettes, Replayer, folders
    from auditor.judge.endpoint import Endpoint
    from auditor.judge.log import SentLog
    from auditor.judge.places import own as own_folder
    from auditor.os_errors import unwritten

    chosen = _config(config, model, cassettes)
    try:
        if not may_replace(output):
            refuse(f"{output} 已有，不是导出的提问，未覆盖；请换一个文件名或把它移走")
    except OSError as error:
        refuse(f"写不了 {output}：{unwritten(error)}")
    collected, failed = _collected(files, chosen, Endpoint(str(output), True) if local else None)
    own = Cassettes(own_folder(chosen.model.cassettes))
    known = Replayer(folders(own.folder))
    calls = [call for call in collected.calls if again or known.get(call) is None]
    log = SentLog(own.folder / "sent.jsonl", chosen.model.log_text)
    try:
        for call in calls:
            own.wait_for(call)
            log.note("exported", str(output), call)
        count = write_batch(calls, output, chosen.model.structured)
    except OSError as error:
        refuse(f"写不了 {error.filename or output}：{unwritten(error)}")
    had = len(collected.calls) - len(calls)
    say(f"导出提问 {count} 条到 {output}" + (f"，另有 {had} 条已有回答" if had else ""))
    raise typer.Exit(2 if failed else 0)


@app.command("import", cls=Command)
def import_(
    answers: Annotated[
        Path, typer.Argument(metavar="ANSWERS", help="回答文件（JSONL），次序不限，可以不全。")
    ],
    cassettes: _Folder = None,
    config: _Config = None,
) -> None:
    """导入回答，存好以后 audit --llm replay 就能用。有读不了的行时返回 1。"""
    from auditor.console import say
    from auditor.judge.batch import import_answers
    from auditor.judge.cassette import Cassettes
    from auditor.judge.places import own as own_folder
    from auditor.os_errors import unopened

    store = Cassettes(own_folder(_config(config, None, cassettes).model.cassettes))
    try:
        outcome = import_answers(answers, store.awaited(), store)
    except OSError as error:
        refuse(f"{error.filename or answers} 打不开或写不了：{unopened(error)}")
    say(outcome.told)
    raise typer.Exit(int(bool(outcome.bad or outcome.unknown or outcome.failed)))


@app.command(cls=Command)
def preview(
    file: Annotated[str, typer.Argument(metavar="FILE", help="报告文件；- 表示标准输入。")],
    json_: Annotated[bool, typer.Option("--json", help="逐条输出将要发送的 JSON，一行一条。")] = False,
    model: _Model = None,
    config: _Config = None,
) -> None:
    """逐字显示将要发送的内容，不发送。"""
    import json

    from auditor.console import say, write, write_json
    from auditor.judge.endpoint import endpoint
    from auditor.judge.wire import body, measure, shown

    chosen = _config(config, model, None)
    where = endpoint(chosen.model)
    collected, failed = _collected([file], chosen, where)
    for call in collected.calls:
        if json_:
            write_json(json.dumps(body(call, chosen.model.structured), ensure_ascii=False) + "\n")
        else:
            write(shown(call, chosen.model.structured))
    if collected.people:
        names = "、".join(
            name + (f"（{count} 次）" if count > 1 else "") for name, count in collected.people.items()
        )
        say(f"可能是人名，没有遮盖，请在发送前看一遍：{names}")
    allowed = sum(map(measure, collected.calls))
    say(
        f"将发往 {where.host}（{'本地' if where.local else '外部'}），"
        f"提问 {len(collected.calls)} 条，连同回答最多约 {allowed} 个词元；此次未发送"
    )
    raise typer.Exit(2 if failed else 0)


@app.command(cls=Command)
def check(model: _Model = None, config: _Config = None) -> None:
    """用一句话试一下模型服务：连不连得上、密钥和模型对不对、能不能按格式作答、快慢、上下文长度。"""
    from auditor.console import write
    from auditor.judge.check import check as tried

    chosen = _config(config, model, None).model
    if chosen.name == type(chosen).name:
        refuse("没有指定模型：用 --model 或在 auditor.toml 的 [model] 下写 name")
    wrong = False
    for fine, line in tried(chosen):
        write(f"{'√' if fine else '×'} {line}\n")
        wrong = wrong or not fine
    raise typer.Exit(int(wrong))


@app.command(cls=Command)
def agree(
    first: Annotated[Path, typer.Argument(metavar="A.json", help="一次审核的 JSON 备忘录。")],
    second: Annotated[Path, typer.Argument(metavar="B.json", help="另一个模型或另一次审核的 JSON 备忘录。")],
) -> None:
    """比较两个模型（或两次运行）对同一批报告的提问，两次都问的排在前面。"""
    from auditor.console import write
    from auditor.memo.agree import agreement

    for line in agreement(_memo(first), _memo(second)).lines():
        write(line + "\n")


@app.command(cls=Command)
def learn(
    memos: Annotated[list[Path], typer.Argument(metavar="MEMO.json…", help="审核得到的 JSON 备忘录。")],
) -> None:
    """列出模型提出、程序验算过而没有规则想到的数字关系，供改进规则的词表和示例。"""
    from auditor.console import say, write
    from auditor.memo.learn import candidates

    lines = [line for path in memos for line in candidates(_memo(path))]
    for line in lines:
        write(line + "\n")
    if not lines:
        say("没有模型提出、程序验算过而没有规则想到的数字关系")


def _memo(path: Path) -> Memo:
    """A memo that this program wrote; anything else is refused."""
    from pydantic import ValidationError

    from auditor.memo.model import Memo
    from auditor.os_errors import unopened
    from auditor.regular import regular

    try:
        return Memo.model_validate_json(regular(path).read_text(encoding="utf-8"))
    except OSError as error:
        refuse(f"{path} 打不开：{unopened(error)}")
    except (ValidationError, UnicodeDecodeError):
        refuse(f"{path} 不是本程序写出的 JSON 备忘录")


def _config(path: Path | None, model: str | None, cassettes: Path | None) -> Config:
    from dataclasses import replace

    from auditor.config import ConfigError, load

    try:
        chosen = load(path)
    except ConfigError as error:
        refuse(str(error))
    named = replace(chosen.model, name=model) if model else chosen.model
    return replace(chosen, model=replace(named, cassettes=str(cassettes)) if cassettes else named)


def _collected(files: list[str], chosen: Config, where: Endpoint | None) -> tuple[Collector, bool]:
    """What would be asked, and whether a file could not be read."""
    from auditor.console import say
    from auditor.judge.collect import Collector
    from auditor.pipeline import run
    from auditor.rules.catalogue import selected

    collector = Collector(chosen.model, where)
    outcome = run(
        files, selected(chosen.select, chosen.ignore), chosen.settings, collector, limits=chosen.limits
    )
    for failure in outcome.unreadable:
        say(f"{failure.path}：{failure.reason}")
    for name, why in collector.refused.items():
        say(f"{name}：{why}")
    for name, told in collector.notices.items():
        say(f"{name}：写有“{'、'.join(told)}”，不属于密级，照常处理，请自行斟酌")
    return collector, bool(outcome.unreadable)
