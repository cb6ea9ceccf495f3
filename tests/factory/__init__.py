"""A factory of made-up reports with known truth; see `make.py` and `__main__.py`."""
