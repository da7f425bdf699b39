const config = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = { ...config, testMatch: ['<rootDir>/test/browser/*.browser.ts'] };
