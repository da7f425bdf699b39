const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');
const validateWithCompiledSchemas = require('./asl-validator-once.cjs');

/** Packages that keep nothing of a test. jest would load and compile them anew for each file of tests. */
const SHARED = /^(aws-cdk-lib|constructs|cdk-nag|typescript|@aws-cdk\/[^/]+)(\/|$)/;

/** jest's own runtime, except that all files of tests in a process share the big packages. */
module.exports = class RuntimeWithSharedPackages extends Runtime {
  requireModuleOrMock(from, moduleName) {
    if (moduleName === 'asl-validator') return validateWithCompiledSchemas;
    if (SHARED.test(moduleName)) return createRequire(from)(moduleName);
    return super.requireModuleOrMock(from, moduleName);
  }
};
