import uuid

import pytest


@pytest.fixture
def post():
    """Send a form as a browser does: with a fresh idempotency key."""

    def send(client, path, **fields):
        return client.post(path, {"once_key": str(uuid.uuid4()), **fields})

    return send
