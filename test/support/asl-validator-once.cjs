const { createHash, randomUUID } = require('node:crypto');
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * asl-validator, which is asked once for each definition in a run of the tests. It compiles its schemas for every
 * call, and that takes longer than all else in the start of a local cloud. The verdicts are files in the folder
 * that the teardown removes.
 */
module.exports = function validate(definition, options) {
  const key = createHash('sha256')
    .update(JSON.stringify([definition, options]))
    .digest('hex');
  const file = join(tmpdir(), `definition-${key}.json`);
  const verdict = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : judge(definition, options, file);
  // The validator writes the query language into each state.
  Object.assign(definition, verdict.definition);
  return { ...verdict, errorsText: (separator = '\n') => verdict.texts.join(separator) };
};

function judge(definition, options, file) {
  // The name of the package leads to this file.
  const validateNow = require('../../node_modules/asl-validator/dist/src/validator.js');
  const { isValid, errors, errorsText } = validateNow(definition, options);
  const texts = isValid ? [] : errorsText('\0').split('\0');
  const verdict = { isValid, errors, texts, definition };
  // Another worker may read the file at the same time.
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, JSON.stringify(verdict));
  renameSync(unfinished, file);
  return verdict;
}
