"""The simplest version in Python, but Lambda's init makes the clients."""

import os
from datetime import datetime, timezone

import boto3

cognito = boto3.client("cognito-idp")
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def handler(event, context):
    cognito.admin_add_user_to_group(
        UserPoolId=event["userPoolId"],
        Username=event["userName"],
        GroupName=os.environ["GROUP_NAME"],
    )
    key = f"USER#{event['request']['userAttributes']['sub']}"
    table.put_item(
        Item={
            "PK": key,
            "SK": key,
            "username": event["userName"],
            "date_created": datetime.now(timezone.utc).isoformat(),
        }
    )
    return event
