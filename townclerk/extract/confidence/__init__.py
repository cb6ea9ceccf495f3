"""The fifth stage: named evidence, weighed by a stored calibration, becomes the probability that a reading is right."""

from townclerk.extract.confidence.calibration import Calibration, Term, shipped_calibration
from townclerk.extract.confidence.evidence import gather
from townclerk.extract.confidence.scoring import probability, weigh

__all__ = ["Calibration", "Term", "gather", "probability", "shipped_calibration", "weigh"]
