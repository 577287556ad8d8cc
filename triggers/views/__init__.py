"""The patient's pages of part B: the lesson, the conditions, the 13 glasses, the shelf, check and send, help."""
