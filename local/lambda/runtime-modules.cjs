// Where a function finds modules. On AWS there is nothing above its code, so the packages of the project that the
// code lies in are out of its sight. Then come its layers, and the SDK that Lambda's runtime brings.
// See https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html#nodejs-package-searchpath
'use strict';

const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const SDK = /^@(aws-sdk|smithy|aws-crypto|aws)\//;

const { layers, missingLayers, sdk } = JSON.parse(
  process.argv[2] ?? '{"layers":[],"missingLayers":[],"sdk":[]}',
);
const taskRoot = process.env.LAMBDA_TASK_ROOT;
const [major] = process.versions.node.split('.');

/** The directories that a layer can hold modules in. */
const layerPaths = layers.flatMap((layer) => {
  return [`nodejs/node${major}/node_modules`, 'nodejs/node_modules'].map((folder) =>
    path.join(layer, folder),
  );
});

/** The function's own code, and that of its layers. */
const ownRoots = [taskRoot, ...layers];

function rootOf(file) {
  return ownRoots.find((root) => file === root || file.startsWith(root + path.sep));
}

/**
 * What a function finds besides its own modules.
 *
 * @returns {string | undefined} the file.
 */
function findElsewhere(request) {
  const inLayer = Module._findPath(request, layerPaths);
  if (inLayer) return inLayer;
  if (!SDK.test(request)) return undefined;
  for (const root of sdk) {
    try {
      return Module.createRequire(path.join(root, 'index.js')).resolve(request);
    } catch {}
  }
  return undefined;
}

function notFound(request) {
  const inRuntime = SDK.test(request)
    ? `: Lambda's runtime has it, but neither this project nor the local cloud does. Run \`npm install --save-dev ${request}\``
    : '';
  const inLayers =
    missingLayers.length > 0 ? ` (layers that are not in the app: ${missingLayers.join(', ')})` : '';
  const error = new Error(`Cannot find module '${request}'${inRuntime}${inLayers}`);
  return Object.assign(error, { code: 'MODULE_NOT_FOUND' });
}

function patchRequire() {
  const { _nodeModulePaths: nodeModulePaths, _resolveFilename: resolveFilename } = Module;
  Module._nodeModulePaths = (from) => {
    const root = rootOf(from);
    return root === undefined
      ? nodeModulePaths(from)
      : nodeModulePaths(from).filter((folder) => folder.startsWith(root));
  };
  Module._resolveFilename = function (request, parent, ...rest) {
    try {
      return resolveFilename.call(this, request, parent, ...rest);
    } catch (error) {
      const isPackage = !/^[./]/.test(request);
      if (error.code !== 'MODULE_NOT_FOUND' || !isPackage || rootOf(parent?.filename ?? '') === undefined)
        throw error;
      const found = findElsewhere(request);
      if (found) return found;
      throw notFound(request);
    }
  };
}

/** @param {boolean} isModule whether the function is an ES module: only then the loader of those is needed. */
exports.findModules = (isModule) => {
  patchRequire();
  if (!isModule) return;
  const hooks = pathToFileURL(path.join(__dirname, 'runtime-hooks.mjs')).href;
  Module.register(hooks, { data: process.argv[2] });
};

exports.find = { findElsewhere, notFound, rootOf };
