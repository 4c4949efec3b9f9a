"""A bureau's own thresholds: `auditor.toml` ([audit]) or `pyproject.toml` ([tool.auditor])."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

from auditor.rules.settings import Settings


class ConfigError(Exception):
    """One line in Chinese that names the file and what is wrong in it."""


@dataclass(frozen=True)
class Config:
    settings: Settings = field(default_factory=Settings)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def load(path: Path | None = None, start: Path | None = None) -> Config:
    """The settings in `path`; without it those found from `start` (the current folder) upward,
    `auditor.toml` before `pyproject.toml`; the defaults if there are none.

    Raises `ConfigError`.
    """
    if path is None:
        path = _found(start or Path())
    return Config() if path is None else _config(path, _table(path))


def _found(start: Path) -> Path | None:
    """The nearest settings file; a pyproject.toml counts if it speaks of this tool."""
    for folder in (start, *start.absolute().parents):
        if (folder / "auditor.toml").exists():
            return folder / "auditor.toml"
        with suppress(OSError):
            project = folder / "pyproject.toml"
            if b"[tool.auditor" in project.read_bytes():
                return project
    return None


def _table(file: Path) -> dict[str, object]:
    """The auditor's own table in `file`."""
    try:
        data = tomllib.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise ConfigError(f"配置文件 {file} 打不开（{error.strerror or type(error).__name__}）") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"配置文件 {file} 不是正确的 TOML：{' '.join(str(error).split())}") from None
    if file.name == "pyproject.toml":
        tools = data.get("tool")
        table, heading = (tools.get("auditor") if isinstance(tools, dict) else None), "[tool.auditor]"
    else:
        table, heading = data.pop("audit", None), "[audit]"
        if data:
            raise ConfigError(f"配置文件 {file}：不认识“{next(iter(data))}”，设置都写在 [audit] 下面")
    if not isinstance(table, dict):
        raise ConfigError(f"配置文件 {file} 里没有 {heading} 表")
    return table


def _config(file: Path, table: dict[str, object]) -> Config:
    kinds = get_type_hints(Settings)
    values: dict[str, object] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        if key in ("select", "ignore"):
            codes[key] = _codes(file, key, value)
        elif key in kinds:
            expected, convert = _KINDS[kinds[key]]
            converted = convert(value)
            if converted is None:
                raise ConfigError(f"配置文件 {file}：{key} 应是{expected}，现为 {_shown(value)}")
            values[key] = converted
        else:
            known = [*(one.name for one in fields(Settings)), "select", "ignore"]
            raise ConfigError(f"配置文件 {file}：不认识“{key}”，可用的有 {'、'.join(known)}")
    return Config(Settings(**values), codes.get("select", ()), codes.get("ignore", ()))  # type: ignore[arg-type]


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


_KINDS: dict[object, tuple[str, Callable[[object], object | None]]] = {
    Decimal: ("不小于 0 的数", _number),
    int: ("不小于 0 的整数", _whole),
    tuple[Decimal, Decimal, Decimal]: ("三个从大到小的数，如 [90, 80, 60]", _cuts),
}


def _shown(value: object) -> str:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else repr(value)
