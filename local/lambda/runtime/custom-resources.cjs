// The function of a custom resource answers CloudFormation over HTTPS: on AWS, the URL is one of S3. Most functions
// take just the host and the path from the URL. So here, HTTPS to this path goes to the local cloud over HTTP.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
'use strict';

const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');

const PATH = '/_local/custom-resources/';

exports.answerOverHttp = () => {
  const { request } = https;
  https.request = (target, ...rest) => {
    const { pathname, path = pathname } = typeof target === 'string' ? new URL(target) : target;
    if (!path?.startsWith(PATH)) return request(target, ...rest);
    const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL_SQS);
    const isUrl = typeof target === 'string' || target instanceof URL;
    return http.request(
      { ...(isUrl ? {} : target), protocol: 'http:', hostname, port, path, agent: undefined },
      ...rest,
    );
  };
  syncBuiltinESMExports();
};
