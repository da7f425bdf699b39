// Where a function finds modules. On AWS there is nothing above its code, so the packages of the project that the
// code lies in are out of its sight. Then come its layers, and the SDK that Lambda's runtime brings.
// See https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html#nodejs-package-searchpath
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { importsPackages } = require('./package-imports.cjs');

const SDK = /^@(aws-sdk|smithy|aws-crypto|aws)\//;

/**
 * Finds what a function does not bring itself.
 *
 * @param {{ taskRoot: string, layers: string[], missingLayers: string[], sdk: string[] }} sources
 */
exports.moduleFinder = ({ taskRoot, layers, missingLayers, sdk }) => {
  const [major] = process.versions.node.split('.');
  const folders = [`nodejs/node${major}/node_modules`, 'nodejs/node_modules'];
  const layerPaths = layers.flatMap((layer) => folders.map((folder) => path.join(layer, folder)));
  // Node takes the real path of a file, and a temporary directory can be a link.
  const ownRoots = [taskRoot, ...layers].flatMap((root) => [root, fs.realpathSync(root)]);

  return {
    /** The root of the function's own code, or of the layer, that holds a file; undefined for any other file. */
    rootOf: (file) => ownRoots.find((root) => file === root || file.startsWith(root + path.sep)),
    /** The file of a module in the layers or the SDK; undefined if it is in neither. */
    findElsewhere: (request) => Module._findPath(request, layerPaths) || findInSdk(request, sdk),
    notFound: (request) => notFound(request, missingLayers),
  };
};

function findInSdk(request, roots) {
  if (!SDK.test(request)) return undefined;
  for (const root of roots) {
    try {
      return Module.createRequire(path.join(root, 'index.js')).resolve(request);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

function notFound(request, missingLayers) {
  const inRuntime = SDK.test(request)
    ? `: Lambda's runtime has it, but neither this project nor the local cloud does. Run \`npm install --save-dev ${request}\``
    : '';
  const inLayers =
    missingLayers.length > 0 ? ` (layers that are not in the app: ${missingLayers.join(', ')})` : '';
  const error = new Error(`Cannot find module '${request}'${inRuntime}${inLayers}`);
  return Object.assign(error, { code: 'MODULE_NOT_FOUND' });
}

function patchRequire({ rootOf, findElsewhere, notFound: refusal }) {
  const { _nodeModulePaths: nodeModulePaths, _resolveFilename: resolveFilename } = Module;
  Module._nodeModulePaths = (from) => {
    const root = rootOf(from);
    return nodeModulePaths(from).filter((folder) => root === undefined || folder.startsWith(root));
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
      throw refusal(request);
    }
  };
}

/** @param {string} [module] the function's file if it is an ES module: only then the loader of those is needed. */
exports.findModules = (module) => {
  const given = process.argv[2] ? JSON.parse(process.argv[2]) : { layers: [], missingLayers: [], sdk: [] };
  const sources = { ...given, taskRoot: process.env.LAMBDA_TASK_ROOT };
  patchRequire(exports.moduleFinder(sources));
  const hooks = pathToFileURL(path.join(__dirname, 'hooks.mjs')).href;
  if (module && importsPackages(module)) Module.register(hooks, { data: sources });
};
