const { createRequire } = require('node:module');
const { dirname, resolve } = require('node:path');
const { default: Runtime } = require('jest-runtime');
const { register } = require('tsx/cjs/api');
const validateWithCompiledSchemas = require('./asl-validator-once.cjs');

/** Packages that keep nothing of a test. jest would load and compile them anew for each file of tests. */
const SHARED = /^(aws-cdk-lib|constructs|cdk-nag|typescript|@aws-cdk\/[^/]+)(\/|$)/;

const LOCAL_CLOUD = resolve(__dirname, '..', '..', 'local', 'local-cloud');

/** The local cloud, with an interpreter that finds the validator with the compiled schemas. */
function loadLocalCloud() {
  if (require.cache[`${LOCAL_CLOUD}.ts`]) return require(`${LOCAL_CLOUD}.ts`);
  const interpreter = createRequire(require.resolve('aws-local-stepfunctions'));
  const validator = interpreter.resolve('asl-validator');
  require.cache[validator] = {
    id: validator,
    filename: validator,
    loaded: true,
    exports: validateWithCompiledSchemas,
  };
  register();
  return require(`${LOCAL_CLOUD}.ts`);
}

/** jest's own runtime, except that all files of tests in a process share the big packages and the local cloud. */
module.exports = class SharingRuntime extends Runtime {
  requireModuleOrMock(from, moduleName) {
    if (moduleName === 'asl-validator') return validateWithCompiledSchemas;
    if (SHARED.test(moduleName)) return createRequire(from)(moduleName);
    if (resolve(dirname(from), moduleName) === LOCAL_CLOUD) return loadLocalCloud();
    return super.requireModuleOrMock(from, moduleName);
  }
};
