"""What a practice adds of its own beside our content: tips, exercises, helpers nearby and a few texts."""
