"""Theme colours for paper, by the token names figures use."""

COLOURS = {
    "ink": "#16202C",
    "ink-2": "#4A5767",
    "ink-3": "#5F6B7A",
    "line": "#DFE4EA",
    "control-line": "#8A97A5",
    "ground": "#F4F6F8",
    "card": "#FFFFFF",
    "primary": "#1B5E8C",
    "primary-dark": "#134666",
    "primary-light": "#E6F0F7",
    "level-1": "#F7EBD0",
    "level-2": "#EDC55F",
    "level-3": "#B5B04F",
    "level-4": "#5E9E7C",
    "level-5": "#1F6F73",
    "level-1-ink": "#16202C",
    "level-2-ink": "#16202C",
    "level-3-ink": "#16202C",
    "level-4-ink": "#16202C",
    "level-5-ink": "#FFFFFF",
    "error": "#B3261E",
    "error-ground": "#FBEAE9",
    "warning": "#8A4F06",
    "warning-ground": "#FDF3E3",
    "ok": "#2A6F51",
    "ok-ground": "#E8F4EE",
}


def colour(token: str) -> str:
    """Return the hex value of a token; an unknown one is ink."""
    return COLOURS.get(token, COLOURS["ink"])


def rgb(token: str) -> tuple[int, int, int]:
    """Return the red, green and blue of a token, each from 0 to 255."""
    value = colour(token)
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def level_colours(level: int | None) -> tuple[str, str]:
    """Return the ground and text tokens of a level cell; none is an empty card."""
    if level is None or not 1 <= level <= 5:
        return "card", "ink-2"
    return f"level-{level}", "card" if level == 5 else "ink"
