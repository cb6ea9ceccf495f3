"""Word, PowerPoint, Excel and web files as documents: no page boxes, and tables as their authors made them."""
