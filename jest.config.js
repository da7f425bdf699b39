const { availableParallelism } = require('node:os');

/** As tsconfig.json has it. */
const jsx = {
  jsc: {
    parser: { syntax: 'typescript', tsx: true },
    target: 'es2022',
    transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
  },
  module: { type: 'commonjs' },
};

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  transform: { '\\.[jt]s$': '@swc/jest', '\\.tsx$': ['@swc/jest', jsx] },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  runtime: '<rootDir>/test/support/runtime.cjs',
  // Parts of the emulators and of the simulation are ES modules only, which jest has to transform like our own.
  moduleNameMapper: {
    '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js',
  },
  transformIgnorePatterns: ['/node_modules/(?!(fauxqs|pure-rand|tinyqueue|toad-cache|@scure|@noble)/)'],
  restoreMocks: true,
  // Only for a test that hangs, on the slowest machine. More than `eventually` waits, so that what did not come
  // true is told.
  testTimeout: 180_000,
  // While one waits for a process of a function, another one has work.
  maxWorkers: availableParallelism() + 1,
};
