"""The fourth stage: the report is held against itself.

Every check is a small function registered by name. It looks at one identity that must hold inside a report, says
`supports` or `contradicts` in one plain sentence with the numbers, and stays silent (or `not testable`) where the
report does not give what the identity needs. Suppressed counts are never worked out.
"""

from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.repair import apply_repairs
from townclerk.extract.verification.units import repair_units
from townclerk.extract.verification.verify import verify

__all__ = ["Finding", "Outcome", "apply_repairs", "repair_units", "verify"]
