"""Objects of the program's own as bytes and back, compiled expressions among them."""

from __future__ import annotations

import copyreg
import io
import pickle
import re
from array import array
from functools import cache
from importlib import import_module
from typing import Any

FAULTS = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ImportError,
    EOFError,
    RuntimeError,
    MemoryError,
    OverflowError,
    pickle.PickleError,
)
"""What reading bytes that are not what they should be, or cannot be read or written, may end in."""

_PLAIN = {
    "builtins": {"set", "frozenset", "bytearray", "complex", "slice", "range"},
    "datetime": {"date", "datetime", "timedelta"},
    "collections": {"OrderedDict", "defaultdict", "Counter", "deque"},
    "copyreg": {"_reconstructor", "__newobj__"},
    "re": {"_compile", "RegexFlag"},
    "ahocorasick": {"Automaton"},
    "types": {"MappingProxyType"},
    "operator": {"attrgetter", "itemgetter"},
    "pathlib": {"PosixPath", "WindowsPath", "PurePosixPath"},
}
"""What may be called upon to put an object together, besides the program's own classes."""


def dumped(thing: Any) -> bytes:
    """A thing as bytes.

    Raises:
        Exception: One of `FAULTS`, where something in it cannot be put into bytes.
    """
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(thing)
    return stream.getvalue()


def loaded(data: bytes) -> Any:
    """The thing of bytes that `dumped` made.

    Raises:
        Exception: One of `FAULTS`, where the bytes are no such thing's.
    """
    return _Unpickler(io.BytesIO(data)).load()


class _Unpickler(pickle.Unpickler):
    """Calls on nothing but classes of the program and a few plain ones, whatever the bytes ask for."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith("townclerk.") or module in _PLAIN else None
        if found is restored or name in _PLAIN.get(module, ()) or isinstance(found, type):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not called upon")


def _reduced(expression: re.Pattern[Any]) -> tuple[Any, ...]:
    """A compiled expression with its program, so that it need not be compiled again.

    Python offers no way to keep one: the parts are put together here as `re.compile` does it, and kept only where they
    make the very same expression. Where they do not, or Python has no such parts, it is compiled when it is loaded.
    """
    try:
        kept = restored, _program(expression)
        if kept[0](*kept[1]) == expression:
            return kept
    except Exception:  # noqa: S110 - the parts of another Python may fail in any way
        pass
    return re.compile, (expression.pattern, expression.flags)


def _program(expression: re.Pattern[Any]) -> tuple[Any, ...]:
    parser, compiler = import_module("re._parser"), import_module("re._compiler")
    parsed = parser.parse(expression.pattern, expression.flags)
    program = array("I", compiler._code(parsed, expression.flags))
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    groups = parsed.state.groups - 1
    return expression.pattern, expression.flags, program.tobytes(), groups, dict(parsed.state.groupdict), tuple(names)


def restored(
    pattern: str | bytes,
    flags: int,
    program: bytes,
    groups: int,
    numbers: dict[str, int],
    names: tuple[str | None, ...],
) -> re.Pattern[Any]:
    """The compiled expression of a kept program, which Python checks before it takes it."""
    made: re.Pattern[Any] = _engine().compile(pattern, flags, array("I", program).tolist(), groups, numbers, names)
    return made


@cache
def _engine() -> Any:
    return import_module("_sre")


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[re.Pattern] = _reduced
