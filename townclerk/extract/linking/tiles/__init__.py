"""Linking in dashboard tiles: values find their slots by order, sign and arithmetic."""
