"""A bureau's own thresholds, its model, its limits, and how it chooses reports: `auditor.toml` ([audit], [model],
[limits], [risk], [sample]) or `pyproject.toml` ([tool.auditor], [tool.auditor.model] …)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field, fields
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, get_type_hints

from auditor.compiled import compiled
from auditor.isolation import Limits
from auditor.judge.endpoint import ModelSettings
from auditor.os_errors import unopened
from auditor.regular import regular
from auditor.rules.settings import Settings
from auditor.rules.weighing import RiskWeights, SampleSettings
from auditor.values import frozen


class ConfigError(Exception):
    """One line in Chinese that names the file and what is wrong in it."""


@frozen
class Config:
    settings: Settings = field(default_factory=Settings)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    model: ModelSettings = field(default_factory=ModelSettings)
    limits: Limits = field(default_factory=Limits)
    risk: RiskWeights = field(default_factory=RiskWeights)
    sample: SampleSettings = field(default_factory=SampleSettings)


def load(path: Path | None = None, start: Path | None = None) -> Config:
    """The settings in `path`; without it those found from `start` (the current folder) upward,
    `auditor.toml` before `pyproject.toml`; the defaults if there are none.

    Raises `ConfigError`.
    """
    if path is None:
        path = _found(start or Path())
    return Config() if path is None else _config(path, _tables(path))


def _found(start: Path) -> Path | None:
    """The nearest settings file; a pyproject.toml counts if it speaks of this tool."""
    for folder in (start, *start.absolute().parents):
        with suppress(OSError):  # a folder above may be closed to this user
            if (folder / "auditor.toml").exists():
                return folder / "auditor.toml"
            project = folder / "pyproject.toml"
            if b"[tool.auditor" in regular(project).read_bytes():
                return project
    return None


def _place(error: Exception) -> str:
    """Where the parser stopped: its own words are English."""
    at = compiled(r"at line (\d+), column (\d+)").search(str(error))
    return f"：第 {at[1]} 行第 {at[2]} 列写法有误" if at else ""


_OTHERS = ("model", "limits", "risk", "sample")


def _tables(file: Path) -> dict[str, dict[str, object]]:
    """The auditor's own table in `file` ("audit"), and the others by name."""
    try:
        data = tomllib.loads(regular(file).read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise ConfigError(f"配置文件 {file} 打不开（{unopened(error)}）") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"配置文件 {file} 不是正确的 TOML{_place(error)}") from None
    if file.name == "pyproject.toml":
        tools = data.get("tool")
        table, heading = (tools.get("auditor") if isinstance(tools, dict) else None), "[tool.auditor]"
        others = {name: table.pop(name, {}) if isinstance(table, dict) else {} for name in _OTHERS}
    else:
        others = {name: data.pop(name, {}) for name in _OTHERS}
        table, heading = data.pop("audit", {} if any(others.values()) else None), "[audit]"
        if data:
            raise ConfigError(
                f"配置文件 {file}：不认识“{next(iter(data))}”，设置都写在 [audit]、[model]、[limits]、[risk] 或 [sample] 下面"
            )
    if not isinstance(table, dict):
        raise ConfigError(f"配置文件 {file} 里没有 {heading} 表")
    tables = {"audit": table}
    for name, other in others.items():
        if not isinstance(other, dict):
            raise ConfigError(f"配置文件 {file} 里的 {name} 应是一个表")
        tables[name] = other
    return tables


def _config(file: Path, tables: dict[str, dict[str, object]]) -> Config:
    table = tables["audit"]
    codes = {key: _codes(file, key, table.pop(key)) for key in ("select", "ignore") if key in table}
    settings = _values(file, Settings, table, ("select", "ignore"))
    form = tables["model"].get("structured", "text")
    if form not in ("json_schema", "json_object", "text"):
        raise ConfigError(
            f"配置文件 {file}：structured 应是 json_schema、json_object 或 text，现为 {_shown(form)}"
        )
    return Config(
        Settings(**settings),  # type: ignore[arg-type]
        codes.get("select", ()),
        codes.get("ignore", ()),
        ModelSettings(**_values(file, ModelSettings, tables["model"])),  # type: ignore[arg-type]
        Limits(**_values(file, Limits, tables["limits"])),  # type: ignore[arg-type]
        RiskWeights(**_values(file, RiskWeights, tables["risk"])),  # type: ignore[arg-type]
        SampleSettings(**_values(file, SampleSettings, tables["sample"])),  # type: ignore[arg-type]
    )


def _values(
    file: Path,
    kind: type[Any],
    table: dict[str, object],
    besides: tuple[str, ...] = (),
) -> dict[str, object]:
    """The table's values, each as the field of that name wants it."""
    kinds = get_type_hints(kind)
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in kinds:
            known = [*(one.name for one in fields(kind)), *besides]
            raise ConfigError(f"配置文件 {file}：不认识“{key}”，可用的有 {'、'.join(known)}")
        expected, convert = _KINDS[kinds[key]]
        converted = convert(value)
        if converted is None:
            raise ConfigError(f"配置文件 {file}：{key} 应是{expected}，现为 {_shown(value)}")
        values[key] = converted
    return values


def _codes(file: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) and code for code in value):
        raise ConfigError(
            f'配置文件 {file}：{key} 应是规则代码的列表，如 ["F", "S101"]，现为 {_shown(value)}'
        )
    return tuple(value)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() and number >= 0 else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _cuts(value: object) -> tuple[Decimal, ...] | None:
    if not isinstance(value, list) or len(value) != 3:
        return None
    cuts = [number for number in map(_number, value) if number is not None]
    falling = len(cuts) == 3 and cuts[0] > cuts[1] > cuts[2]
    return tuple(cuts) if falling else None


def _rising(value: object) -> tuple[Decimal, ...] | None:
    if not isinstance(value, list):
        return None
    found = [number for number in map(_number, value) if number is not None]
    rises = all(low < high for low, high in pairwise(found))
    return tuple(found) if rises and len(found) == len(value) else None


def _words(value: object) -> str | None:
    return value.strip() if isinstance(value, str) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _names(value: object) -> tuple[str, ...] | None:
    good = isinstance(value, list) and all(isinstance(name, str) and name for name in value)
    return tuple(value) if good and isinstance(value, list) else None


_KINDS: dict[object, tuple[str, Callable[[object], object | None]]] = {
    Decimal: ("不小于 0 的数", _number),
    int: ("不小于 0 的整数", _whole),
    str: ("文字", _words),
    bool: ("true 或 false", _flag),
    tuple[str, ...]: ("文字的列表", _names),
    tuple[Decimal, Decimal, Decimal]: ("三个从大到小的数，如 [90, 80, 60]", _cuts),
    tuple[Decimal, ...]: ("从小到大的数，如 [500000, 2000000]", _rising),
}


def _shown(value: object) -> str:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else repr(value)
