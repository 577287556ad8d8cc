"""The practice's tablet: what its browser keeps, for how long, and how it forgets. Works on a session alone."""

from django.utils import timezone

# {"language", and while somebody is busy: "seen" and, once the code was right, "invitation"}
SESSION_KEY = "tablet"
IDLE_SECONDS = 15 * 60
# Writing the session at every click would be a database write for nothing.
SEEN_EVERY_SECONDS = 30


def pick_up(session, invitation, language):
    """Keep whose turn it is. The code that was typed is not kept; `language` is '' or what was chosen."""
    session[SESSION_KEY] = {"language": language, "invitation": str(invitation.code), "seen": _now()}


def in_hand(session):
    """Whether somebody was here in the last quarter of an hour; notes that somebody is here now."""
    kept = session.get(SESSION_KEY, {})
    idle = _now() - kept.get("seen", 0)
    if idle > IDLE_SECONDS:
        return False
    if idle >= SEEN_EVERY_SECONDS:
        session[SESSION_KEY] = {**kept, "seen": _now()}
    return True


def invitation_code(session):
    """The code of the invitation whose turn it is, or None."""
    return session.get(SESSION_KEY, {}).get("invitation") if in_hand(session) else None


def last_language(session):
    """The language that was last read here; '' where nothing is known."""
    return session.get(SESSION_KEY, {}).get("language", "")


def chosen_language(session):
    """The language that whoever is busy here has chosen, or ''. The next one begins without."""
    return last_language(session) if in_hand(session) else ""


def speak(session, language):
    """Go on in this language."""
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), "language": language, "seen": _now()}


def put_down(session, language):
    """Forget whose turn it was; the language stays, for the thanks."""
    session[SESSION_KEY] = {"language": language}


def was_put_down(session):
    """Whether an intake was closed in this browser and nobody has come after."""
    return "seen" not in session.get(SESSION_KEY, {"seen": 0})


def _now():
    return int(timezone.now().timestamp())
