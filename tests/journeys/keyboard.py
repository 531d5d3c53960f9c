"""Someone without a mouse: Tab until it is focused, then a key."""

MOST_TABS = 80


def focused(page, expression):
    """What an expression of JavaScript says of the focused element, `e`."""
    return page.evaluate(f"(e => {expression})(document.activeElement)")


def tab_to(page, selector, text=""):
    """Press Tab until something (with a text in it) is focused, as one without a mouse must; its ring is visible."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if focused(page, f"e.matches({selector!r}) && e.textContent.includes({text!r})"):
            assert focused(page, "getComputedStyle(e).outlineStyle !== 'none' || e.matches(':focus-within')")
            return
    raise AssertionError(f"{selector} {text} is not reached with Tab from {page.url}")


def press(page, selector, text=""):
    """Tab to a link or a button and press Enter."""
    tab_to(page, selector, text)
    page.keyboard.press("Enter")
