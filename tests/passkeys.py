"""A passkey as a device would have registered it, for tests that need no device."""

import hashlib

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT_VERIFIED_WITH_KEY = 0x45


def give_passkey(user, name="Laptop"):
    """Register a passkey for `user` and return its row. Nobody holds its private key."""
    key_id = hashlib.sha256(user.email.encode()).digest()
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    key = AttestedCredentialData.create(Aaguid(bytes(16)), key_id, public_key)
    site = hashlib.sha256(b"testserver").digest()
    data = AuthenticatorData.create(site, PRESENT_VERIFIED_WITH_KEY, 0, key)
    asked = CollectedClientData.create("webauthn.create", bytes(32), "https://testserver")
    credential = {
        "id": websafe_encode(key_id),
        "rawId": websafe_encode(key_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(asked),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential}
    )
