"""Why the page that sent a form should stay as it is: told to `guard.js`, which keeps what was typed."""


def hold(response, why):
    """The same response, with the reason: "token" (fetch a new one), "signed-out" or "link-ended"."""
    response["X-Held"] = why
    return response
