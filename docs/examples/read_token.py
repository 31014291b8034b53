import logging
import os

import boto3
from boto3.dynamodb.conditions import Key

# At DEBUG the SDK logs whole answers, and those of KMS hold the token.
logging.getLogger("botocore").setLevel(logging.INFO)

TABLE = boto3.resource("dynamodb").Table(os.environ["AKENEO_APP_CONNECTIONS_TABLE"])
KMS = boto3.client("kms")


def read_connection(pim: str, client_id: str | None = None) -> dict:
    """The row of a working connection: the PIM's only one, unless a client id is given."""
    if client_id is None:
        rows = TABLE.query(KeyConditionExpression=Key("pim").eq(pim), ConsistentRead=True)["Items"]
    else:
        item = TABLE.get_item(Key={"pim": pim, "clientId": client_id}, ConsistentRead=True)
        rows = [item["Item"]] if "Item" in item else []
    if len(rows) != 1:
        raise LookupError(f"{pim} has several connections: pass a client id" if rows else f"{pim} is not connected")
    if rows[0]["status"] != "connected":
        raise LookupError(f"{pim} is {rows[0]['status']}")
    return rows[0]


def read_token(row: dict) -> str:
    answer = KMS.decrypt(
        CiphertextBlob=row["encryptedToken"].value,
        EncryptionContext={"pim": row["pim"], "clientId": row["clientId"]},
        KeyId=os.environ["AKENEO_APP_TOKEN_KEY_ID"],
    )
    return answer["Plaintext"].decode()
