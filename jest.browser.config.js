const config = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  globalSetup: '<rootDir>/test/browser/global-setup.ts',
  testMatch: ['<rootDir>/test/browser/*.browser.ts'],
};
