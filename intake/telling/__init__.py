"""What was answered and raised, told in words. Everything here reads; nothing decides."""

from .patient import care_advice, summary
from .practitioner import context_lines, flag_story, notes_lines

__all__ = ["care_advice", "context_lines", "flag_story", "notes_lines", "summary"]
