// Whether an ES module needs the search of `hooks.mjs`. It runs in a thread of its own, which takes a fifth of a cold
// start. A bundle imports only its own files and Node's modules, so it does not need it.
'use strict';

const fs = require('node:fs');
const { isBuiltin } = require('node:module');
const path = require('node:path');

/** What follows `from` or `import`: the text of a specifier, or the beginning of anything else that is loaded. */
const IMPORTS = /\b(?:from|import)\s*(?:\(\s*)?(?:(["'])(?<specifier>.*?)\1|[`/])|\bimport\s*\(/g;

/**
 * Whether a file, or one that it imports, may import a package. Text that looks like an import counts as one.
 *
 * @param {string} file
 * @param {Set<string>} [seen]
 * @returns {boolean}
 */
exports.importsPackages = (file, seen = new Set()) => {
  if (seen.has(file)) return false;
  seen.add(file);
  return [...fs.readFileSync(file, 'utf8').matchAll(IMPORTS)].some(({ groups: { specifier } }) => {
    if (specifier === undefined) return true;
    if (isBuiltin(specifier)) return false;
    const imported = path.resolve(path.dirname(file), specifier);
    return !/^\.\.?\//.test(specifier) || !fs.existsSync(imported) || exports.importsPackages(imported, seen);
  });
};
