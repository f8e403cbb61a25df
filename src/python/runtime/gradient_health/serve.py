"""Answers the host: one request in, one answer out, both JSON."""
import json


def serve(request: str) -> str:
    """Runs what the request asks for. Whatever the user's code throws is part of the answer."""
    asked = json.loads(request)
    scope = {"__name__": "__main__"}
    exec(compile(asked["source"], asked["path"], "exec"), scope)
    return json.dumps({"result": str(scope.get("result"))}, separators=(",", ":"))
