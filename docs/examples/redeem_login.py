import hashlib
import json
import os
import time
from base64 import urlsafe_b64encode

import boto3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TABLE = boto3.resource("dynamodb").Table(os.environ["AKENEO_APP_LOGINS_TABLE"])


def redeem_login(code: str, verifier: str) -> dict | None:
    """Who opened the App; None for a code that is unknown, used, too old or another verifier's."""
    if len(verifier) < 43:  # A session without one: anybody could send the challenge of nothing.
        return None
    secret = HKDF(hashes.SHA256(), 64, salt=None, info=b"akeneo-app-activation code").derive(code.encode())
    challenge = base64url(hashlib.sha256(verifier.encode()).digest())
    try:
        row = TABLE.delete_item(
            Key={"id": "code." + base64url(secret[:32])},
            ConditionExpression="codeChallenge = :challenge AND expiresAt > :now",
            ExpressionAttributeValues={":challenge": challenge, ":now": int(time.time())},
            ReturnValues="ALL_OLD",
        )["Attributes"]
    except TABLE.meta.client.exceptions.ConditionalCheckFailedException:
        return None
    sealed = row["sealed"].value
    return json.loads(AESGCM(secret[32:]).decrypt(sealed[:12], sealed[12:], None))


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
