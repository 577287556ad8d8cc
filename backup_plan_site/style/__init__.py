"""Every component in every state, on two pages. For development only: `urls_dev` alone leads here."""
