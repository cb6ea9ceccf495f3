"""Townclerk reads children's services performance reports and turns their figures into observations.

```python
import townclerk

for observation in townclerk.extract_observations("report.pdf"):
    print(observation.indicator_id, observation.period.code, observation.value)
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from townclerk.api import (
        ConvertOptions,
        Limits,
        Settings,
        Wanted,
        convert_archive,
        extract_observations,
        read_report,
        stored_observations,
        to_frame,
    )

__version__ = "0.1.0"
__all__ = [
    "ConvertOptions",
    "Limits",
    "Settings",
    "Wanted",
    "__version__",
    "convert_archive",
    "extract_observations",
    "read_report",
    "stored_observations",
    "to_frame",
]


def __getattr__(name: str) -> Any:
    """Load the library on first use: `import townclerk` alone must stay quick for the command line."""
    if name in __all__:
        from townclerk import api

        return getattr(api, name)
    raise AttributeError(f"module 'townclerk' has no attribute {name!r}")
