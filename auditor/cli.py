"""The command line. No logic: heavy imports wait inside the commands, so that `--version` is instant."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from auditor.judge_cli import app as judge
from auditor.version import __version__

if TYPE_CHECKING:
    from auditor.batch import Order
    from auditor.console import Progress
    from auditor.judge.endpoint import ModelSettings
    from auditor.pipeline import Run

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True
)
app.add_typer(judge, name="judge")


class Format(StrEnum):
    md = "md"
    json = "json"
    html = "html"
    sarif = "sarif"
    xlsx = "xlsx"
    docx = "docx"
    letter = "letter"


class ReadingFormat(StrEnum):
    md = "md"
    json = "json"


class RecheckFormat(StrEnum):
    md = "md"
    json = "json"


class BenchFormat(StrEnum):
    md = "md"
    json = "json"


class Llm(StrEnum):
    off = "off"
    replay = "replay"
    live = "live"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def auditor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")
    ] = False,
) -> None:
    """审核财政支出绩效自评报告：能复算的全部复算，每条结论都有原文为证。"""


@app.command()
def audit(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="报告文件；- 表示标准输入。")],
    format: Annotated[Format, typer.Option("--format", help="输出格式。")] = Format.md,
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
    from auditor.config import ConfigError, load
    from auditor.console import Progress, save, say, write, write_json
    from auditor.memo import WRITERS, BadTemplate, Material, MissingExtra, build
    from auditor.memo.decisions import DecisionsError, Records
    from auditor.pipeline import run

    writer = WRITERS[format.value]
    if output is not None and out is not None:
        _refuse("-o 和 --out 只能用一个：-o 写成一份，--out 每个文件一份")
    if output is None and out is None and writer.binary:
        _refuse(f"{format.value} 不能写到标准输出，请用 -o 指定文件")
    if output is not None and any(_same(output, file) for file in files):
        _refuse(f"-o {output} 就是要审核的文件，为免覆盖原件，未写入")
    records = Records(decisions)
    if output is not None and any(_same(output, str(records.path(file))) for file in files):
        _refuse(f"-o {output} 是处理意见文件，未写入")
    if output is not None and template is not None and _same(output, str(template)):
        _refuse(f"-o {output} 就是模板，为免覆盖模板，未写入")
    try:
        writer.prepare(template)
    except BadTemplate as error:
        _refuse(f"--template {template}：{error}")
    except MissingExtra as error:
        _refuse(str(error))
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
        _refuse(str(error))
    except ValueError as error:
        _refuse(f"没有代码以“{error}”开头的规则，用 auditor rules 查看全部规则")
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
            say=say,
        )
        kept = [*files, *(str(records.path(file)) for file in files)]
        unwritten = _into_folder(out, outcome, kept, order, bar)
    elif outcome.documents:
        memo = build(outcome, llm.value, wanted.reason, records)
        documents = [audited.document for audited in outcome.documents]
        content = writer(Material(memo, documents, template, say))
        if output is None:
            assert isinstance(content, str)
            (write_json if format is Format.json else write)(content)
        elif problem := save(output, content):
            _refuse(f"写不了 {output}：{problem}")
    raise typer.Exit(2 if outcome.unreadable or unwritten else int(outcome.flagged))


@app.command()
def decide(
    ledger: Annotated[Path, typer.Argument(metavar="LEDGER.xlsx", help="填好处理意见的台账。")],
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", metavar="FILE", help="写入这个处理意见文件；不写则写在各份报告旁边。"),
    ] = None,
) -> None:
    """把台账里填的处理意见（确认、驳回、存疑）收下，以后审核时列在各条之下。有没收下的返回 2。"""
    from datetime import datetime

    from auditor.console import say, write
    from auditor.memo import MissingExtra
    from auditor.memo.deciding import decide as take
    from auditor.memo.decisions import DecisionsError

    try:
        outcome = take(ledger, decisions, datetime.now())
    except (DecisionsError, MissingExtra) as error:
        _refuse(str(error))
    for line in outcome.told:
        write(line + "\n")
    for line in (*outcome.remarks, *outcome.problems):
        say(line)
    raise typer.Exit(2 if outcome.problems else 0)


@app.command()
def recheck(
    old: Annotated[str, typer.Argument(metavar="OLD", help="整改前的报告文件。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="整改后的报告文件。")],
    format: Annotated[RecheckFormat, typer.Option("--format", help="输出格式。")] = RecheckFormat.md,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="写入文件，不写到标准输出。")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="PATH", help="配置文件。")] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="处理意见文件。")
    ] = None,
) -> None:
    """比对整改前后两稿，逐条说明已改、未改、改出新错、改了结论没改数。都已整改返回 0，还有待整改的返回 1。"""
    from auditor.api import recheck as compared
    from auditor.config import ConfigError, load
    from auditor.console import save, write, write_json
    from auditor.document import UnreadableFile
    from auditor.memo.decisions import DecisionsError
    from auditor.recheck.markdown import markdown

    if output is not None and any(_same(output, file) for file in (old, new)):
        _refuse(f"-o {output} 就是要比对的文件，为免覆盖原件，未写入")
    try:
        chosen = load(config)
        found = compared(old, new, chosen.settings, chosen.select, chosen.ignore, decisions)
    except (ConfigError, DecisionsError, UnreadableFile) as error:
        _refuse(str(error))
    except ValueError as error:
        _refuse(f"没有代码以“{error}”开头的规则，用 auditor rules 查看全部规则")
    as_json = format is RecheckFormat.json
    content = found.model_dump_json(indent=1) + "\n" if as_json else markdown(found)
    if output is None:
        (write_json if as_json else write)(content)
    elif problem := save(output, content):
        _refuse(f"写不了 {output}：{problem}")
    raise typer.Exit(int(found.open))


@app.command()
def rules() -> None:
    """列出全部规则。"""
    from auditor.console import write
    from auditor.rules.catalogue import catalogue

    width = max(len(entry.rule.name) for entry in catalogue())
    for entry in catalogue():
        write(f"{entry.rule.code}  {entry.rule.name:<{width}}  {entry.rule.title}\n")


@app.command()
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
    _refuse(f"没有规则“{code}”，用 auditor rules 查看全部规则")


@app.command()
def schema() -> None:
    """输出 JSON 备忘录的 JSON Schema。"""
    import json

    from auditor.console import write_json
    from auditor.memo import Memo

    write_json(json.dumps(Memo.model_json_schema(), ensure_ascii=False, indent=2) + "\n")


@app.command()
def template(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.docx", help="写入的文件。")],
) -> None:
    """写出默认的 Word 模板，改成本单位的样式后用 --template 指定。"""
    from auditor.console import save
    from auditor.memo import MissingExtra, default_template

    if output.exists():
        _refuse(f"已有文件 {output}，为免覆盖改好的模板，未写入")
    try:
        content = default_template()
    except MissingExtra as error:
        _refuse(str(error))
    if problem := save(output, content):
        _refuse(f"写不了 {output}：{problem}")


@app.command()
def text(file: Annotated[str, typer.Argument(metavar="FILE", help="报告文件；- 表示标准输入。")]) -> None:
    """输出读到的原文，备忘录里的起止位置按它的字符数计。"""
    from auditor.console import write_exactly
    from auditor.document import UnreadableFile, read

    try:
        document = read(file)
    except UnreadableFile as error:
        _refuse(str(error))
    write_exactly(document.text)


@app.command("read")
def read_file(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="报告文件；- 表示标准输入。")],
    format: Annotated[ReadingFormat, typer.Option("--format", help="输出格式。")] = ReadingFormat.md,
    draw: Annotated[
        Path | None,
        typer.Option("--draw", metavar="DIR", help="把识别到的表格画在 PDF 或图片的页面上，存入此文件夹。"),
    ] = None,
) -> None:
    """显示从报告里读懂了什么：项目、资金、指标、目标、规则，以及没有读懂的。"""
    from auditor.api import understood
    from auditor.console import say, write, write_json

    found = understood(files, draw)
    for problem in found.problems:
        say(problem)
    (write_json if format is ReadingFormat.json else write)(found.text(format.value))
    raise typer.Exit(2 if found.problems else 0)


def _into_folder(out: Path, outcome: Run, kept: list[str], order: Order, bar: Progress) -> bool:
    """Whether something could not be written. The files `kept` are never replaced."""
    from auditor.batch import NoFolder, deliver
    from auditor.console import say
    from auditor.memo import MissingExtra

    try:
        problems = deliver(outcome, kept, out, order, partial(bar, "写出"))
    except (NoFolder, MissingExtra) as error:
        _refuse(str(error))
    for problem in problems:
        say(problem)
    return bool(problems)


@app.command()
def bench(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH…]", help="报告文件或文件夹；不给就用自带的样例。")
    ] = None,
    format: Annotated[BenchFormat, typer.Option("--format", help="输出格式。")] = BenchFormat.md,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="写入文件，不写到标准输出。")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="随机种子。")] = 1,
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="每份报告每种差错最多植入几处。")
    ] = 4,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="OLD.json", help="与以前的 JSON 结果相比。")
    ] = None,
) -> None:
    """在没有问题的报告里逐个植入差错，看查出多少、误报多少。"""
    from auditor.bench.page import as_json, as_markdown, compared
    from auditor.bench.run import NothingToMeasure
    from auditor.bench.run import bench as measured
    from auditor.console import save, say, write, write_json

    try:
        old = compare.read_text(encoding="utf-8") if compare else None
        tally = measured(paths or (), seed, most)
        text = compared(old, tally) if old is not None else ""
    except NothingToMeasure as error:
        _refuse(str(error))
    except (OSError, ValueError) as error:
        _refuse(f"读不了 {compare}：{error}")
    say(f"植入 {sum(family.planted for family in tally.families)} 处，随机种子 {seed}")
    text = as_json(tally) if format is BenchFormat.json else as_markdown(tally) + text
    if output is None:
        (write_json if format is BenchFormat.json else write)(text)
    elif problem := save(output, text):
        _refuse(f"写不了 {output}：{problem}")


def _codes(written: str) -> list[str]:
    return [code for part in written.split(",") if (code := part.strip())]


def _with(settings: ModelSettings, **options: str | int | None) -> ModelSettings:
    """The settings with those options that were given."""
    from dataclasses import replace

    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    return replace(settings, **given)


def _same(output: Path, file: str) -> bool:
    try:
        return file != "-" and output.samefile(file)
    except (OSError, ValueError):
        return False


def _refuse(message: str) -> NoReturn:
    from auditor.console import say

    say(f"错误：{message}")
    raise typer.Exit(2)


def main() -> None:
    app(prog_name="auditor")


if __name__ == "__main__":
    main()
