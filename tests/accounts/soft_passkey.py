"""A passkey in software: what a phone answers when a page asks it to create or use a key."""

import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN, HOST = "http://testserver", "testserver"
FLAG = AuthenticatorData.FLAG


class SoftPasskey:
    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.owner = ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        client_data = CollectedClientData.create(
            CollectedClientData.TYPE.CREATE, asked["challenge"], ORIGIN
        )
        public = AttestedCredentialData.create(
            bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(
            sha256(HOST.encode()).digest(), FLAG.UP | FLAG.UV | FLAG.AT, 0, public
        )
        attestation = AttestationObject.create("none", data, {})
        return self._credential(
            clientDataJSON=websafe_encode(client_data),
            attestationObject=websafe_encode(attestation),
        )

    def use(self, options: dict[str, Any]) -> dict[str, Any]:
        client_data = CollectedClientData.create(
            CollectedClientData.TYPE.GET, options["publicKey"]["challenge"], ORIGIN
        )
        data = AuthenticatorData.create(sha256(HOST.encode()).digest(), FLAG.UP | FLAG.UV, 1)
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            clientDataJSON=websafe_encode(client_data),
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(signature),
            userHandle=self.owner,
        )

    def _credential(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
