"""Files in an archive that can be read as text and are no reports: data and code that programs left beside them."""

from __future__ import annotations

import json

_HEAD = 4096
_XML = (b"<?xml", b"<svg", b"<rss", b"<feed")
# Recognised pages and web pages are reports, though they are XML.
_READ_XML = (b"<alto", b":alto", b"<html", b"<!doctype html")
_OWN_CSV = b"observation_id,document,"


def not_a_report(data: bytes) -> str | None:
    """What a file is that is no report, in words; None for what may be one. Told by its bytes alone."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_OWN_CSV):
        return "observations that Townclerk wrote itself"
    low = head.lower()
    if low.startswith(_XML) and not any(mark in low for mark in _READ_XML):
        return "XML data"
    if head[:1] in (b"{", b"[") and _is_json(data):
        return "JSON data"
    if head.startswith(b"#!"):
        return "a program"
    return None


def _is_json(data: bytes) -> bool:
    """True for one JSON value, or for JSON Lines by their first."""
    first, _, _ = data.strip().partition(b"\n")
    return _parses(first) or _parses(data)


def _parses(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict | list)
    except (ValueError, RecursionError):
        return False
