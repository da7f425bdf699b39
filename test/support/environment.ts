Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  // What the stack gives to the functions unless it is told otherwise.
  PARTITION_KEY: 'PK',
  SORT_KEY: 'SK',
  KEY_PREFIX: 'USER#',
  INITIAL_ATTRIBUTES: '{"shopping_cart":{}}',
  REQUIRE_VERIFIED_EMAIL: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});
