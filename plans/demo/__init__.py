"""The demo practice: invented people, brought to their states through the same pages that people use."""
