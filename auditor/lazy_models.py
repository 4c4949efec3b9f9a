"""Models as pydantic has them, which load pydantic only where something is to be validated or described.

To validate a file and to write down a schema takes pydantic; to make a memo, look into it and print it does not, and
pydantic is a third of what a start costs. So these classes are declared as pydantic's are, hold their fields in
`__dict__`, and have the methods of pydantic's that the program uses, under the same names. What somebody wrote is
validated by a twin: the same declaration, given to pydantic when it is first asked for. What the program itself makes
is not validated: mypy knows these classes as pydantic's own, and the tests read every memo back through the twin.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Mapping
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, Any

_REQUIRED: Any = object()
"""Stands where a field has no default."""

if TYPE_CHECKING:
    from pydantic import BaseModel as BaseModel
    from pydantic import ConfigDict as ConfigDict
    from pydantic import Field as Field
else:

    class Field:
        """What pydantic's `Field` takes; handed on to it when the twin is made."""

        def __init__(self, default=_REQUIRED, **more):
            self.default, self.more = default, more

    ConfigDict = dict

    class _Declared(type):
        """Reads the fields out of the body of a class, those of its bases first."""

        def __new__(cls, name, bases, body):
            fields = {}
            for base in bases:
                fields.update(getattr(base, "model_fields", {}))
            for field in body.get("__annotations__", {}):
                told = body.pop(field, _REQUIRED)
                fields[field] = told if isinstance(told, Field) else Field(told)
            made = super().__new__(cls, name, bases, body)
            made.model_fields = fields
            made._blank = {field: told.default for field, told in fields.items()}
            made._required = {field for field, told in fields.items() if told.default is _REQUIRED}
            made._own = tuple(
                field for field, told in fields.items() if isinstance(told.default, list | dict)
            )
            return made

    class BaseModel(metaclass=_Declared):
        """The fields of a subclass are its annotations, as with pydantic."""

        def __init__(self, **told):
            if not self._required <= told.keys():
                raise TypeError(f"{type(self).__name__} lacks {', '.join(self._required - told.keys())}")
            held = self.__dict__
            held.update(self._blank)
            for field in self._own:
                held[field] = held[field].copy()
            held.update(told)

        def __eq__(self, other):
            return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

        def model_copy(self, *, update=None, deep=False):
            made = copy.deepcopy(self) if deep else copy.copy(self)
            made.__dict__.update(update or {})
            return made

        def model_dump(self, *, include=None):
            return _plain(
                {name: value for name, value in self.__dict__.items() if include is None or name in include}
            )

        def model_dump_json(self, *, indent=None, exclude_defaults=False):
            told = _told(self) if exclude_defaults else self
            if indent is None:
                return json.dumps(told, default=vars, ensure_ascii=False, separators=(",", ":"))
            pieces = []
            _print(told, "\n", " " * indent, pieces.append)
            return "".join(pieces)

        @classmethod
        def model_validate(cls, told, *, from_attributes=False):
            return _back(twin(cls).model_validate(told, from_attributes=from_attributes))

        @classmethod
        def model_validate_json(cls, told):
            return _back(twin(cls).model_validate_json(told))

        @classmethod
        def model_json_schema(cls):
            return twin(cls).model_json_schema()


def copied(model: type[Any], of: object) -> Any:
    """A model made of the attributes of the same names."""
    told = ((name, getattr(of, name)) for name in model.model_fields)
    return model(**{name: list(value) if isinstance(value, tuple) else value for name, value in told})


def _plain(value: Any) -> Any:
    """Without models."""
    if isinstance(value, BaseModel):
        value = value.__dict__
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _told(value: Any) -> Any:
    """Without models, and of models without the fields that say what they would say unsaid."""
    if isinstance(value, BaseModel):
        unsaid: Mapping[str, object] = type(value)._blank  # type: ignore[attr-defined]
        held = value.__dict__.items()
        return {name: _told(one) for name, one in held if name not in unsaid or unsaid[name] != one}
    if isinstance(value, dict):
        return {name: _told(one) for name, one in value.items()}
    return [_told(one) for one in value] if isinstance(value, list | tuple) else value


def _print(value: Any, margin: str, step: str, put: Callable[[str], None]) -> None:
    """As `json.dumps` with an indent, which is six times as slow. `margin`: a new line up to where the value begins."""
    if isinstance(value, str):
        put(_quoted(value))
    elif value is None or isinstance(value, int):
        put("null" if value is None else str(value).lower())
    else:
        listed = isinstance(value, list | tuple)
        inner = margin + step
        between = ("[" if listed else "{") + inner
        for one in value if listed else (value if isinstance(value, dict) else vars(value)).items():
            name, held = ("", one) if listed else (f"{_quoted(one[0])}: ", one[1])
            if isinstance(held, str):
                put(f"{between}{name}{_quoted(held)}")
            elif held is None:
                put(f"{between}{name}null")
            else:
                put(f"{between}{name}")
                _print(held, inner, step, put)
            between = "," + inner
        empty = between[0] != ","
        put(("[]" if listed else "{}") if empty else margin + ("]" if listed else "}"))


def twin(model: type[Any]) -> type[Any]:
    """The same model as pydantic knows it."""
    return _twins(model.__module__)[model.__name__]


@cache
def _twins(module: str) -> dict[str, type[Any]]:
    """Of all models of a module, for they name one another. They stand in no module: there, the names in their
    annotations would mean the models that they are twins of."""
    known = {name: one for name, one in vars(sys.modules[module]).items() if _is_model(one)}
    made: dict[str, type[Any]] = {}
    for name, model in known.items():
        made[name] = _twin_of(model, made) if model.__module__ == module else twin(model)
    names = {**vars(sys.modules[module]), **made}
    for name, model in known.items():
        if model.__module__ == module:
            made[name].model_rebuild(_types_namespace=names)
            _MODELS[made[name]] = model
    return made


_MODELS: dict[type[Any], type[Any]] = {}
"""Of each twin the model."""


def _is_model(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel


def _twin_of(model: type[Any], made: Mapping[str, type[Any]]) -> type[Any]:
    import pydantic

    own = vars(model).get("__annotations__", {})
    body: dict[str, Any] = {"__module__": "", "__doc__": model.__doc__, "__annotations__": own}
    for name in own:
        told = model.model_fields[name]
        given = {} if told.default is _REQUIRED else {"default": told.default}
        body[name] = pydantic.Field(**given, **told.more)
    if "model_config" in vars(model):
        body["model_config"] = model.model_config
    (base,) = model.__bases__
    above: Any = pydantic.BaseModel
    if _is_model(base):
        above = made.get(base.__name__) or twin(base)
    declared: Any = type(above)
    twin_class: type[Any] = declared(model.__name__, (above,), body)
    return twin_class


def _back(value: Any) -> Any:
    """What a twin has validated, as the models of the program."""
    if (model := _MODELS.get(type(value))) is not None:
        made: Any = object.__new__(model)
        made.__dict__.update(
            {name: _back(one) for name, one in {**value.__dict__, **(value.model_extra or {})}.items()}
        )
        return made
    if isinstance(value, dict):
        return {name: _back(one) for name, one in value.items()}
    return [_back(one) for one in value] if isinstance(value, list) else value
