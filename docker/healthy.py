"""Exits 0 while the site in this container answers, under the first name it is served by."""

import os
import sys
import urllib.error
import urllib.request

name = os.environ.get("ROLLING_HOSTS", "localhost").split(",")[0]
port = sys.argv[1] if len(sys.argv) > 1 else "8000"
request = urllib.request.Request(f"http://127.0.0.1:{port}/health/", headers={"Host": name})
try:
    with urllib.request.urlopen(request, timeout=4) as answer:
        sys.exit(answer.status != 200)
except urllib.error.URLError as error:
    sys.exit(f"not healthy: {error.reason}")
