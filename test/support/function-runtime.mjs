// A function's process, like Lambda's. It loads and runs a handler when its parent says so. All its
// connections lead to AwsEndpoints, whatever their host.
// It is an ES module like Lambda's own runtime: the loader of ES modules starts before a function is loaded. And
// like that, it takes Node's modules by `require`: an import would load parts of them that a function may not need.
// See https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/build.js
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fs = require('node:fs');
const tls = require('node:tls');
const { pathToFileURL } = require('node:url');

const { connect } = tls;
tls.connect = (options, ...rest) =>
  connect({ ...options, host: '127.0.0.1', port: Number(process.env.TLS_PORT) }, ...rest);

let handler;
let logs = [];
for (const method of ['debug', 'info', 'warn', 'error'])
  console[method] = (...args) => logs.push(JSON.stringify([method, ...args]));

async function load(directory) {
  const begin = performance.now();
  const path = `${directory}/index`;
  const module = fs.existsSync(`${path}.mjs`)
    ? await import(pathToFileURL(`${path}.mjs`).href)
    : require(path);
  handler = module.handler;
  return { time: performance.now() - begin };
}

async function invoke({ event, remainingTime = 4000, variables = {} }) {
  Object.assign(process.env, variables);
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => remainingTime };
  const begin = performance.now();
  try {
    const result = await handler(event, context);
    return { time: performance.now() - begin, result };
  } catch (error) {
    const { name, message } = error;
    return { time: performance.now() - begin, error: { name, message } };
  }
}

process.on('message', async (message) => {
  logs = [];
  const outcome = message.directory ? await load(message.directory) : await invoke(message);
  process.send({ ...outcome, logs });
});
process.on('disconnect', () => process.exit());
process.send('ready');
