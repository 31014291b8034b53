"""Counts the products of a PIM: python count_products.py <pim> [<client id>]"""

import json
import sys
from urllib.parse import urlsplit

import urllib3
from read_token import read_connection, read_token

# Four calls at once, and after a 429 as long a wait as the PIM asks for. No redirect: no other host sees the token.
WAITING = urllib3.Retry(5, redirect=False, status_forcelist=[429], backoff_factor=1, raise_on_status=False)
HTTP = urllib3.PoolManager(maxsize=4, block=True, retries=WAITING, timeout=30)


def get(pim: str, path: str, client_id: str | None) -> dict:
    row = read_connection(pim, client_id)
    answer = call(pim, path, row)
    if answer.status == 401:
        # The token may have been replaced since.
        again = read_connection(pim, client_id)
        if again["tokenFingerprint"] == row["tokenFingerprint"]:
            raise LookupError(f"{pim} refuses the token: a PIM user has disconnected the App")
        answer = call(pim, path, again)
    if answer.status != 200:
        raise RuntimeError(f"{pim} answers {answer.status}")
    return json.loads(answer.data)


def call(pim: str, path: str, row: dict) -> urllib3.BaseHTTPResponse:
    headers = {"authorization": f"Bearer {read_token(row)}"}
    return HTTP.request("GET", pim + path, headers=headers, redirect=False)


def count_products(pim: str, client_id: str | None = None) -> int:
    count, query = 0, "pagination_type=search_after&limit=100"
    while query:
        page = get(pim, f"/api/rest/v1/products?{query}", client_id)
        count += len(page["_embedded"]["items"])
        query = urlsplit(page["_links"].get("next", {}).get("href", "")).query
    return count


if __name__ == "__main__":
    try:
        print(count_products(*sys.argv[1:]))
    except LookupError as reason:
        sys.exit(str(reason))
