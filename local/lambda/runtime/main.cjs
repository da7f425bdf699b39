// It stands in for Lambda's Node.js runtime. It runs as the function's process, asks the Runtime API for one
// invocation after the other, and hands each to the handler.
// See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
'use strict';

const dns = require('node:dns');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { format, inspect } = require('node:util');
const { answerOverHttp } = require('./custom-resources.cjs');
const { findModules } = require('./modules.cjs');

const BASE = '/2018-06-01/runtime';

/** The Runtime API is at the other end of this pipe, and so out of reach for everybody else. */
const PIPE = 3;

const LEVELS = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };

// There is one pipe: one request follows the other on it.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
agent.createConnection = () => new net.Socket({ fd: PIPE });

/** The invocation that the handler works on. */
let requestId;

// SDKs put prefixes before the endpoint's host (`sync-…`), and some resolvers do not know *.localhost.
const { lookup } = dns;
dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest);

answerOverHttp();

// Lambda's JSON log format: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
for (const [method, level] of Object.entries(LEVELS)) {
  console[method] = (...args) => {
    const line = { timestamp: new Date().toISOString(), level, requestId, message: messageOf(args) };
    process.stdout.write(`${toJson(line) ?? toJson({ ...line, message: format(...args) })}\n`);
  };
}

// The local cloud has ended, so nothing reads the output. A report would be output, too, and fail again.
process.stdout.on('error', () => process.exit(1));

function messageOf(args) {
  const [first] = args;
  if (args.length > 1 || typeof first !== 'object') return format(...args);
  return first instanceof Error ? { ...describe(first), stackTrace: first.stack?.split('\n') } : first;
}

/** Undefined for a value that JSON cannot hold, such as a cycle. */
function toJson(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** @param {string} method @param {string} url @param {string} [body] */
function call(method, url, body) {
  const headers = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, method, path: BASE + url, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

function describe(error, errorType = error?.name) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: inspect(error) };
  return { errorType, errorMessage: error.message };
}

/** Reports the error to the Runtime API, and logs it as Lambda does. */
async function report(url, description, error) {
  const trace = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  console.error({ ...description, stackTrace: trace });
  await call('POST', url, JSON.stringify({ ...description, trace }));
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
  const esModule = fs.existsSync(`${base}.mjs`) ? `${base}.mjs` : undefined;
  findModules(esModule);
  const module = esModule
    ? await import(pathToFileURL(esModule).href)
    : require(fs.existsSync(`${base}.cjs`) ? `${base}.cjs` : base);
  if (typeof module[name] === 'function') return module[name];
  throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

/** Lambda's name for an error while a function is loaded. */
function initErrorType(error) {
  if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND')
    return 'Runtime.ImportModuleError';
  return error instanceof SyntaxError ? 'Runtime.UserCodeSyntaxError' : error?.name;
}

/** An error outside the handler's promise is reported first and then ends the process. */
function endOn(event, errorTypeOf) {
  process.on(event, async (error) => {
    try {
      if (requestId === undefined) console.error(error);
      else await report(`/invocation/${requestId}/error`, describe(error, errorTypeOf(error)), error);
    } finally {
      process.exit(129);
    }
  });
}

/** A handler answers by its promise or result, or else, with three parameters, by calling the third. */
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const done = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, Object.assign(context, { done, fail: reject, succeed: resolve }), done);
    if (handler.length < 3 || typeof returned?.then === 'function') resolve(returned);
  });
}

async function main() {
  const handler = await loadHandler().catch(async (error) => {
    await report('/init/error', describe(error, initErrorType(error)), error);
    process.exit(1);
  });
  endOn('uncaughtException', (error) => error?.name);
  endOn('unhandledRejection', () => 'Runtime.UnhandledPromiseRejection');
  for (;;) {
    requestId = undefined;
    const { headers, body } = await call('GET', '/invocation/next');
    requestId = headers['lambda-runtime-aws-request-id'];
    try {
      const result = await run(handler, JSON.parse(body), contextOf(headers));
      await call('POST', `/invocation/${requestId}/response`, JSON.stringify(result) ?? 'null');
    } catch (error) {
      await report(`/invocation/${requestId}/error`, describe(error), error);
    }
  }
}

// If the Runtime API is gone, so is the local cloud.
main().catch(() => process.exit(1));
