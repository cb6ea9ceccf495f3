"""Regular expressions in the project's files: refused where they are none, with the file and line they stand in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator


def sound(expression: str) -> str:
    """The expression, if it is one.

    Raises:
        ValueError: If it does not compile.
    """
    compiled(expression)
    return expression


def compiled(expression: object, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """The expression made ready; by default, upper and lower case are alike to it.

    Raises:
        ValueError: If it does not compile, or is no text.
    """
    if not isinstance(expression, str):
        raise ValueError("no text")  # noqa: TRY004 - what the checker of files catches
    try:
        return re.compile(expression, flags)
    except re.error as fault:
        raise ValueError(f"no regular expression ({fault}): {expression}") from None


def _spaced(expression: object) -> re.Pattern[str]:
    return compiled(expression, re.IGNORECASE | re.VERBOSE)


Expression = Annotated[str, AfterValidator(sound)]
"""An expression as text, to be made part of others."""
Finder = Annotated[re.Pattern[str], BeforeValidator(compiled)]
"""An expression compiled as the file is read, upper and lower case alike."""
SpacedFinder = Annotated[re.Pattern[str], BeforeValidator(_spaced)]
"""The same of an expression whose white space is layout: a blank is written `[ ]` in it."""
