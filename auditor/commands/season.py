"""`auditor season`: many reports in one store. No logic; what the commands need is imported inside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.answers import refuse
from auditor.commands.chinese import Command, Group

if TYPE_CHECKING:
    from auditor.batch import Order
    from auditor.isolation import Limits
    from auditor.season.run import Engine
    from auditor.season.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, cls=Group,
    help="一季报告：收件、批量审核、处理、抽样、汇总。要另装组件，见 docs/install.md。",
)  # fmt: skip

At = Annotated[
    Path | None, typer.Option("--at", metavar="DIR", help="工作区文件夹；不写则从当前文件夹往上找。")
]
Who = Annotated[str, typer.Option("--who", metavar="NAME", help="经办人，写入留痕；不写则用系统登录名。")]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="PATH", help="配置文件。")]


class SeasonLlm(StrEnum):
    off = "off"
    replay = "replay"
    live = "live"


class EngineName(StrEnum):
    local = "local"
    ray = "ray"


@contextmanager
def answering() -> Iterator[None]:
    """What may go wrong with a season, in one line. Raises `typer.Exit`."""
    try:
        from auditor.api import NoModel
        from auditor.config import ConfigError
        from auditor.memo import BadTemplate, MissingExtra
        from auditor.memo.decisions import DecisionsError
        from auditor.season.cluster import NoCluster
        from auditor.season.comparing import BadGrouping
        from auditor.season.deciding import CannotDecide
        from auditor.season.exporting import Foreign
        from auditor.season.store import StoreError
        from auditor.season.workspace import NoSeason
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("auditor"):
            raise
        from auditor.extras import how_to_get

        refuse(f"缺少组件 {error.name}，{how_to_get('season')}")
    try:
        yield
    except (
        BadGrouping,
        BadTemplate,
        CannotDecide,
        ConfigError,
        DecisionsError,
        Foreign,
        MissingExtra,
        NoCluster,
        NoModel,
        NoSeason,
        StoreError,
    ) as error:
        refuse(str(error))


@contextmanager
def season(at: Path | None, who: str = "") -> Iterator[Workspace]:
    """The season of a folder, open. Raises `typer.Exit`."""
    with answering():
        from auditor.season.workspace import found

        workspace = found(at, who)
        try:
            yield workspace
        finally:
            workspace.store.close()


def limits_of(config: Path | None, workspace: Workspace) -> Limits:
    from auditor.config import load

    return load(config or workspace.config, workspace.folder).limits


@app.command(cls=Command)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="工作区文件夹。")],
    db: Annotated[
        str,
        typer.Option(
            "--db", metavar="URL", help="多人共用时的 PostgreSQL 地址；不写则用文件夹里的一个文件。"
        ),
    ] = "",
) -> None:
    """建一季报告的工作区。已经建好的，不改动。"""
    from auditor.console import say

    with answering():
        from auditor.season import workspace

        made = workspace.init(folder, db)
        made.store.close()
    say(f"工作区已备好：{folder}")


@app.command(cls=Command)
def add(
    files: Annotated[list[str], typer.Argument(metavar="PATH…", help="报告文件、压缩包或文件夹。")],
    category: Annotated[
        str, typer.Option("--category", metavar="NAME", help="这批报告的类别；不写则按报告的种类。")
    ] = "",
    at: At = None,
    who: Who = "",
) -> None:
    """收件：按内容识别，重复的、换了新稿的都认得出。文件留在原处，不复制。"""
    from auditor.commands.folders import gathered
    from auditor.console import say

    with season(at, who) as workspace:
        from auditor.season.adding import add as take

        found = gathered(files)
        for line in found.told():
            say(line)
        outcome = take(workspace, found.files, category)
    for path, first in outcome.same:
        say(f"内容重复：{path} 与 {first} 相同")
    for path in outcome.changed:
        say(f"换了新稿：{path}")
    for line in outcome.problems:
        say(line)
    say(outcome.told())
    raise typer.Exit(2 if outcome.problems else 0)


@app.command(cls=Command)
def run(
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=1, help="同时审核几个文件；不写则与处理器个数相同。"),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="上次未能审核的，再审一次。")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="已审核的也重新审核。")] = False,
    llm: Annotated[
        SeasonLlm,
        typer.Option("--llm", help="叙述审读：off 不用模型，replay 只用录下的回答，live 向模型提问。"),
    ] = SeasonLlm.off,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="模型名称。")] = None,
    max_tokens: Annotated[
        int | None,
        typer.Option("--max-tokens", metavar="N", min=0, help="本次用量的上限（词元），0 为不限。"),
    ] = None,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="local 用本机的进程；ray 用 Ray，可以分到多台机器。")
    ] = EngineName.local,
    address: Annotated[
        str,
        typer.Option("--address", metavar="ADDRESS", help="已在运行的 Ray 集群，如 10.0.0.5:6379 或 auto。"),
    ] = "",
    progress: Annotated[bool, typer.Option("--progress", help="报告进度，没有终端时也报告。")] = False,
    config: ConfigFile = None,
    at: At = None,
) -> None:
    """审核还没有审核的文件。随时可以中断，再运行就接着做；几个人可以同时运行。有文件未能审核返回 2。"""
    from auditor.console import Progress, say

    if address and (engine is not EngineName.ray or jobs is not None):
        refuse("--address 要与 --engine ray 同用；几个文件同时审核由集群的处理器个数定，不写 -j")
    if llm is SeasonLlm.live and engine is not EngineName.local:
        refuse("--llm live 只在本机提问，不与 --engine ray 同用")
    with season(at) as workspace:
        from auditor.season.asking import Asking
        from auditor.season.run import failures
        from auditor.season.run import run as work

        order = _order(workspace, config, llm, model, max_tokens)
        with _engine(engine, order, jobs, address) as chosen:
            outcome = work(workspace.store, order, chosen, Progress(progress), failed, fresh)
            for line in chosen.told() if isinstance(chosen, Asking) else ():
                say(line)
        if outcome.interrupted:
            say(f"已中断：本次审核完 {outcome.audited} 个文件；再运行 auditor season run 接着做")
            raise typer.Exit(130)
        for line, count in outcome.breakages.items():
            say(line + (f"（{count} 次）" if count > 1 else ""))
        lost = failures(workspace.store, outcome.recipe)
    for one in lost:
        say(f"未能审核：{one.path}：{one.reason}")
    counts = outcome.counts
    say(
        f"本次审核 {outcome.audited} 个文件，用时 {outcome.seconds:.0f} 秒；共 {counts.total} 个，已完成 {counts.done}"
        + (f"，未能审核 {counts.failed}（再审一次用 --failed）" if counts.failed else "")
    )
    raise typer.Exit(2 if lost else 0)


def _order(
    workspace: Workspace, config: Path | None, llm: SeasonLlm, model: str | None, max_tokens: int | None
) -> Order:
    """What is wanted of the audits. Answers of a model lie beside the store. Raises `ConfigError`."""
    from dataclasses import replace

    from auditor.batch import Order
    from auditor.config import load

    chosen = load(config or workspace.config, workspace.folder)
    asked = replace(
        chosen.model, cassettes=str(workspace.folder.absolute() / chosen.model.cassettes),
        name=chosen.model.name if model is None else model,
        max_tokens=chosen.model.max_tokens if max_tokens is None else max_tokens,
    )  # fmt: skip
    order = Order(
        mode=llm.value, select=chosen.select, ignore=chosen.ignore, settings=chosen.settings, model=asked,
        limits=chosen.limits,
    )  # fmt: skip
    try:
        order.plan()
    except ValueError as error:
        refuse(f"没有代码以“{error}”开头的规则，用 auditor rules 查看全部规则")
    return order


def _engine(name: EngineName, order: Order, jobs: int | None, address: str) -> Engine:
    """What does the work. Raises `NoCluster`."""
    from auditor.isolation import Pool, processors

    count = jobs or processors()
    if name is EngineName.ray:
        from auditor.season.cluster import Cluster

        return Cluster(order.limits, count, address)
    pool = Pool(order.limits, count)
    if order.mode != "live":
        return pool
    from auditor.season.asking import Asking

    return Asking(order, pool)


@app.command(cls=Command)
def status(at: At = None) -> None:
    """这一季到了哪一步：收件、审核、问题、处理。"""
    from auditor.console import write

    with season(at) as workspace:
        from auditor.season.status import status as now

        told = now(workspace.store)
    for line in told.lines():
        write(line + "\n")
    for one in told.failed:
        write(f"未能审核：{one.path}：{one.reason}\n")


@app.command(cls=Command)
def decide(
    number: Annotated[int | None, typer.Argument(metavar="[编号]", help="报告编号。")] = None,
    word: Annotated[
        str, typer.Argument(metavar="[意见]", help="对问题：确认、驳回、存疑；对整份报告：有误、无误。")
    ] = "",
    problem: Annotated[
        int | None,
        typer.Option("--problem", metavar="N", min=1, help="备忘录里问题的序号；不写则是对整份报告。"),
    ] = None,
    remark: Annotated[str, typer.Option("--remark", metavar="TEXT", help="备注。")] = "",
    amount: Annotated[
        str, typer.Option("--amount", metavar="元", help="报告应有的金额，抽样评价时用。")
    ] = "",
    ledger: Annotated[
        Path | None, typer.Option("--ledger", metavar="LEDGER.xlsx", help="收下填好处理意见的台账。")
    ] = None,
    at: At = None,
    who: Who = "",
) -> None:
    """记下处理意见：对一个问题、对整份报告，或收下一本台账。每一次都留痕。"""
    from auditor.console import say

    if (ledger is None) == (number is None):
        refuse("请写报告编号和意见，或用 --ledger 指定台账")
    with season(at, who) as workspace:
        from auditor.season import deciding

        if ledger is not None:
            outcome = deciding.from_ledger(workspace, ledger)
        else:
            assert number is not None
            allowed = deciding.ON_REPORTS if problem is None else deciding.ON_FINDINGS
            if word not in allowed:
                refuse(f"意见应是{'、'.join(allowed)}")
            decided = (
                deciding.on_report(workspace, number, word, remark, amount)
                if problem is None
                else deciding.on_problem(workspace, number, problem, word, remark)
            )
            outcome = deciding.decide(workspace, decided)
    for line in (*outcome.changed, *outcome.problems):
        say(line)
    say(outcome.told())
    raise typer.Exit(2 if outcome.problems else 0)


@app.command(cls=Command)
def verify(
    expected: Annotated[
        str, typer.Argument(metavar="[校验值]", help="以前记下的校验值，确认它之前的记录没有被改动。")
    ] = "",
    at: At = None,
) -> None:
    """核对留痕：每条记录与前一条相扣，改动、删除都看得出来。有问题返回 1。"""
    from auditor.console import write

    with season(at) as workspace:
        from auditor.season.trail import verify as check

        found = check(workspace.store, expected.strip().lower())
    if found.broken:
        write(f"留痕有问题：{found.broken}\n")
        raise typer.Exit(1)
    write(f"留痕完好：{found.count} 条，校验值 {found.last}\n")
