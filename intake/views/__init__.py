"""The patient's pages: the link, part A page by page, the care pages, check and send."""
