Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  // The values that the stack gives to the functions by default.
  PARTITION_KEY: 'PK',
  SORT_KEY: 'SK',
  KEY_PREFIX: 'USER#',
  INITIAL_ATTRIBUTES: '{"shopping_cart":{}}',
  REQUIRE_VERIFIED_EMAIL: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});
