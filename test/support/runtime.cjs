const Module = require('node:module');
const { dirname, resolve } = require('node:path');
const { default: Runtime } = require('jest-runtime');
const { register } = require('tsx/cjs/api');
const validateWithCompiledSchemas = require('./asl-validator-once.cjs');

/** Packages that keep nothing of a test. jest would load and compile them anew for each file of tests. */
const SHARED = /^(aws-cdk-lib|constructs|cdk-nag|typescript|@aws-cdk\/[^/]+)(\/|$)/;

const LOCAL_CLOUD = resolve(__dirname, '..', '..', 'local', 'local-cloud');

// `require` understands TypeScript from here on, outside of the tests' own modules.
register();

/** The local cloud, whose interpreter finds the validator with the compiled schemas. */
function loadLocalCloud() {
  const validator = Module.createRequire(require.resolve('aws-local-stepfunctions')).resolve('asl-validator');
  require.cache[validator] ??= Object.assign(new Module(validator), {
    loaded: true,
    exports: validateWithCompiledSchemas,
  });
  return require(LOCAL_CLOUD);
}

/** jest's own runtime, except that all files of tests in a process share the big packages and the local cloud. */
module.exports = class SharingRuntime extends Runtime {
  requireModuleOrMock(from, moduleName) {
    if (moduleName === 'asl-validator') return validateWithCompiledSchemas;
    if (SHARED.test(moduleName)) return Module.createRequire(from)(moduleName);
    if (resolve(dirname(from), moduleName) === LOCAL_CLOUD) return loadLocalCloud();
    return super.requireModuleOrMock(from, moduleName);
  }
};
