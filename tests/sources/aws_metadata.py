"""Serves the credentials of a role as AWS does: to containers (ECS), to instances (IMDSv2), and for a web identity (STS),
which moto does not support while it checks signatures."""

import http.server
import json
import pathlib
import sys
import urllib.parse

PORT, HOME = int(sys.argv[1]), pathlib.Path(sys.argv[2])
ROLE = "thred-reader"
TOKEN = "metadata-token-of-this-run"
KEYS = json.loads((HOME / "role.json").read_text())
ASSUMED = f"""<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>{KEYS["AccessKeyId"]}</AccessKeyId>
<SecretAccessKey>{KEYS["SecretAccessKey"]}</SecretAccessKey><SessionToken>{KEYS["Token"]}</SessionToken>
<Expiration>{KEYS["Expiration"]}</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>"""
BY_PATH = {
    "/latest/meta-data/iam/security-credentials/": ROLE,
    f"/latest/meta-data/iam/security-credentials/{ROLE}": (HOME / "role.json").read_text(),
    "/latest/meta-data/placement/region": "eu-central-1",
}


class Metadata(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        if self.path == "/latest/api/token":
            self.tell(200, TOKEN, ttl=self.headers["x-aws-ec2-metadata-token-ttl-seconds"])
        else:
            self.tell(404, "")

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        wanted = ["AssumeRoleWithWebIdentity"], [(HOME / "web.token").read_text()], [(HOME / "role.arn").read_text()]
        if (form["Action"], form["WebIdentityToken"], form["RoleArn"]) == wanted:
            self.tell(200, ASSUMED)
        else:
            self.tell(400, "")

    def do_GET(self):
        if self.path == "/container":
            self.tell(200, (HOME / "role.json").read_text())
        elif self.headers["x-aws-ec2-metadata-token"] != TOKEN:
            self.tell(401, "")
        elif self.path in BY_PATH:
            self.tell(200, BY_PATH[self.path])
        else:
            self.tell(404, "")

    def tell(self, status, text, ttl=None):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        if ttl:
            self.send_header("x-aws-ec2-metadata-token-ttl-seconds", ttl)
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Metadata).serve_forever()
