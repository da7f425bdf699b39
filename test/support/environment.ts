Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  // The values that the stack gives to the functions by default.
  RECORD_KEY: '{"PK":"USER#<sub>","SK":"USER#<sub>"}',
  RECORD_ATTRIBUTES:
    '{"username":"<username>","addresses":"<addresses>","shopping_cart":{},"date_created":"<now>"}',
  INDEX_KEYS: '{}',
  USER_ATTRIBUTES: '["address"]',
  REQUIRE_VERIFIED_EMAIL: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  // The local cloud also runs apps with deprecated props. `cdk synth` warns of those in the construct.
  JSII_DEPRECATED: 'quiet',
});
