"""Reading the project's YAML files: fast when they are sound, with file and line for every fault when they are not."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from townclerk.models.errors import PatternError, why_unread

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import yaml

M = TypeVar("M", bound=BaseModel)


def shipped(*parts: str) -> Traversable:
    """A file that is shipped in `townclerk/patterns/`, wherever the package is installed."""
    return files("townclerk.patterns").joinpath(*parts)


def load_yaml(source: Path | Traversable, model: type[M]) -> M:
    """Read one YAML file and check it against a pydantic model.

    Args:
        source: The file.
        model: What its top level must be.

    Returns:
        The checked content.

    Raises:
        PatternError: With every fault found, each as `file:line: what is wrong`.
    """
    name = str(source)
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise PatternError([f"{name}: cannot be read ({why_unread(fault)}); give a UTF-8 YAML file"]) from None
    return parse_yaml(text, name, model)


def parse_yaml(text: str, name: str, model: type[M]) -> M:
    """Check YAML text as `load_yaml` does; `name` stands for the file in messages."""
    import yaml  # noqa: PLC0415 - a start with all packs ready-made needs no parser

    # The C parser is ten times as fast; the wheel for some platforms lacks it.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = yaml.load(text, Loader=loader)  # noqa: S506 - it is a safe loader
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise PatternError([f"{name}:{line}: not valid YAML: {fault.problem}"]) from None
    except yaml.YAMLError as fault:
        raise PatternError([f"{name}:1: not valid YAML: {fault}"]) from None
    if content is None:
        raise PatternError([f"{name}:1: the file is empty"])
    try:
        return model.model_validate(content)
    except ValidationError as faults:
        root = yaml.compose(text, Loader=loader)
        raise PatternError(
            [f"{name}:{line_of(root, fault['loc'])}: {_said(fault)}" for fault in faults.errors()]
        ) from None


def line_of(root: yaml.Node | None, location: Sequence[int | str]) -> int:
    """The line (from 1) of the value at `location` (keys and indexes from the top), or of the nearest part above it."""
    node = root
    line = 1
    for step in location:
        child = _child(node, step)
        if child is None:
            break
        key, node = child
        line = key.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    """The key node (or the value itself, in a list) and value node one step down, None where there is no such step."""
    import yaml  # noqa: PLC0415 - as above

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _said(fault: Any) -> str:
    """A validation fault in one line: where inside the file, and what is wrong."""
    where = ".".join(str(step) for step in fault["loc"])
    if not where and fault["type"] == "model_type":
        return "the file holds no mapping of keys to values"
    return f"{where}: {fault['msg']}" if where else str(fault["msg"])
