"""How days and times are written, per language (Django: FORMAT_MODULE_PATH)."""
