"""Pages whose words are a picture, read by recognisers. Nothing here is imported until a page needs it."""
