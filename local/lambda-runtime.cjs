// What Lambda's Node.js runtime is to a function: it runs as the function's process, asks the Runtime API for
// one invocation after the other, and hands each to the handler.
// See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
'use strict';

const dns = require('node:dns');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { format } = require('node:util');

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const LEVELS = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };

let requestId;

// SDKs put prefixes before the endpoint's host (`sync-…`), and not every resolver knows *.localhost.
const { lookup } = dns;
dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest);

// Lambda's JSON log format: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
for (const [method, level] of Object.entries(LEVELS)) {
  console[method] = (...args) => {
    const [first] = args;
    const message = args.length === 1 && typeof first === 'object' ? first : format(...args);
    const line = { timestamp: new Date().toISOString(), level, requestId, message };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}

/** @param {string} method @param {string} url @param {unknown} [body] */
function call(method, url, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(API + url, { method }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function loadHandler() {
  const [file, name] = process.env._HANDLER.split('.');
  const base = path.join(process.env.LAMBDA_TASK_ROOT, file);
  const module = fs.existsSync(`${base}.mjs`)
    ? await import(pathToFileURL(`${base}.mjs`).href)
    : require(base);
  const handler = module[name];
  if (typeof handler === 'function') return handler;
  throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

async function main() {
  const handler = await loadHandler().catch(async (error) => {
    await call('POST', '/init/error', describe(error));
    process.exit(1);
  });
  for (;;) {
    const { headers, body } = await call('GET', '/invocation/next');
    requestId = headers['lambda-runtime-aws-request-id'];
    try {
      const result = await handler(JSON.parse(body), contextOf(headers));
      await call('POST', `/invocation/${requestId}/response`, result ?? null);
    } catch (error) {
      console.error({ ...describe(error), stackTrace: describe(error).trace });
      await call('POST', `/invocation/${requestId}/error`, describe(error));
    }
  }
}

main();
