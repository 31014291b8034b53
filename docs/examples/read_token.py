import os

import boto3

TABLE = boto3.resource("dynamodb").Table(os.environ["AKENEO_APP_CONNECTIONS_TABLE"])
KMS = boto3.client("kms")


def read_token(pim: str, client_id: str) -> str:
    key = {"pim": pim, "clientId": client_id}
    row = TABLE.get_item(Key=key, ConsistentRead=True)["Item"]
    if row["status"] != "connected":
        raise LookupError(f"{pim} is {row['status']}")
    answer = KMS.decrypt(CiphertextBlob=row["encryptedToken"].value, EncryptionContext=key)
    return answer["Plaintext"].decode()
