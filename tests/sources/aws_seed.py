"""Fills a fresh moto with secrets, users and a role, writes the AWS configuration for the tests into a home folder, and
then makes moto check every signature and policy."""

import hashlib
import json
import pathlib
import sys
import urllib.request

import boto3

URL, HOME = sys.argv[1], pathlib.Path(sys.argv[2])
REGION = "eu-central-1"
SEED = {
    "endpoint_url": URL,
    "region_name": REGION,
    "aws_access_key_id": "seed",
    "aws_secret_access_key": "seed",
}
secrets = boto3.client("secretsmanager", **SEED)
iam = boto3.client("iam", **SEED)

PARTNER = "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e"
secrets.create_secret(
    Name="thred/production",
    SecretString=json.dumps({"partner_uuid": PARTNER, "api_key": "TK-Live-kept-by-moto-0001"}),
)
secrets.create_secret(Name="thred/text-as-bytes", SecretBinary=f"{PARTNER}:TK-Live-kept-by-moto-0002".encode())
secrets.create_secret(Name="thred/binary", SecretBinary=b"\xff\xfe\x00")
secrets.create_secret(Name="thred/deleted", SecretString="x")
secrets.delete_secret(SecretId="thred/deleted")


def policy(*actions, **more):
    statement = {"Effect": "Allow", "Action": list(actions), **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


keys = {}
for user, actions in {
    "reader": ["secretsmanager:GetSecretValue"],
    "assumer": ["sts:AssumeRole"],
    "stranger": ["s3:ListAllMyBuckets"],
}.items():
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=policy(*actions, Resource="*"))
    keys[user] = iam.create_access_key(UserName=user)["AccessKey"]
trust = policy("sts:AssumeRole", Principal={"AWS": "*"})
role = iam.create_role(RoleName="thred-reader", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
iam.put_role_policy(
    RoleName="thred-reader", PolicyName="p", PolicyDocument=policy("secretsmanager:GetSecretValue", Resource="*")
)

aws = HOME / ".aws"
process = HOME / "credentials.sh"
printed = {
    "Version": 1,
    "AccessKeyId": keys["reader"]["AccessKeyId"],
    "SecretAccessKey": keys["reader"]["SecretAccessKey"],
}
process.write_text(f"#!/bin/sh\nprintf '%s' '{json.dumps(printed)}'\n")
process.chmod(0o700)
failing = HOME / "failing.sh"
failing.write_text("#!/bin/sh\necho SENTINEL-of-the-process >&2\nexit 1\n")
failing.chmod(0o700)

credentials = "".join(
    f"[{user}]\naws_access_key_id = {key['AccessKeyId']}\naws_secret_access_key = {key['SecretAccessKey']}\n"
    for user, key in keys.items()
)
credentials += f"[swapped]\naws_access_key_id = {keys['reader']['AccessKeyId']}\naws_secret_access_key = {'x' * 40}\n"
credentials += f"[unknown]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {'x' * 40}\n"
(aws / "credentials").write_text(credentials)
(aws / "config").write_text(
    f"""
[profile reader]
region = {REGION}
[profile no-region]
source_profile = reader
[profile role]
region = {REGION}
role_arn = {role}
source_profile = assumer
[profile role-denied]
region = {REGION}
role_arn = {role}
source_profile = stranger
[profile role-mfa]
region = {REGION}
role_arn = {role}
source_profile = stranger
mfa_serial = arn:aws:iam::123456789012:mfa/ada
[profile process]
region = {REGION}
credential_process = {process}
[profile process-fails]
region = {REGION}
credential_process = {failing}
[profile sso]
region = {REGION}
sso_session = team
sso_account_id = 123456789012
sso_role_name = reader
[profile sso-never]
region = {REGION}
sso_session = other
sso_account_id = 123456789012
sso_role_name = reader
[sso-session team]
sso_region = {REGION}
sso_start_url = https://example.awsapps.com/start
[sso-session other]
sso_region = {REGION}
sso_start_url = https://other.awsapps.com/start
"""
)
expired = {
    "startUrl": "https://example.awsapps.com/start",
    "region": REGION,
    "accessToken": "SENTINEL-of-the-session",
    "expiresAt": "2020-01-01T00:00:00Z",
}
(aws / "sso" / "cache" / (hashlib.sha1(b"team").hexdigest() + ".json")).write_text(json.dumps(expired))
assumed = boto3.client("sts", **SEED).assume_role(RoleArn=role, RoleSessionName="machine")["Credentials"]
(HOME / "role.json").write_text(
    json.dumps(
        {
            "Code": "Success",
            "Type": "AWS-HMAC",
            "LastUpdated": "2026-01-01T00:00:00Z",
            "AccessKeyId": assumed["AccessKeyId"],
            "SecretAccessKey": assumed["SecretAccessKey"],
            "Token": assumed["SessionToken"],
            "Expiration": "2099-01-01T00:00:00Z",
        }
    )
)
(HOME / "role.arn").write_text(role)
(HOME / "web.token").write_text("header.payload.signature")
(HOME / "reader.json").write_text(json.dumps([printed["AccessKeyId"], printed["SecretAccessKey"]]))

check = urllib.request.Request(
    URL + "/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"}, method="POST"
)
urllib.request.urlopen(check).read()
