"""Words that mean the same in every document of a pack."""

CERTAINTIES = ("confirmed", "general", "dated", "unclear")
SECTORS = (
    *("social", "police", "prosecution", "judiciary", "health", "education", "redcross", "ngo", "city"),
    *("labour", "border", "asylum", "employment", "youth", "communal", "media", "other"),
)
SOURCE_KEY = r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
