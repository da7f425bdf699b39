"""The simplest version in Python: the trigger makes both calls, and its handler makes the clients."""

import os
from datetime import datetime, timezone

import boto3


def handler(event, context):
    boto3.client("cognito-idp").admin_add_user_to_group(
        UserPoolId=event["userPoolId"],
        Username=event["userName"],
        GroupName=os.environ["GROUP_NAME"],
    )
    key = f"USER#{event['request']['userAttributes']['sub']}"
    boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"]).put_item(
        Item={
            "PK": key,
            "SK": key,
            "username": event["userName"],
            "date_created": datetime.now(timezone.utc).isoformat(),
        }
    )
    return event
