const ajv = require('ajv');
const validate = require('asl-validator');

const { default: Ajv } = ajv;
const compiled = new Map();

/**
 * asl-validator, with its schemas compiled once for each of its options. It compiles them for every call, and that
 * takes longer than all else in the start of a local cloud.
 */
module.exports = function validateWithCompiledSchemas(definition, options) {
  ajv.default = function CompiledAjv(settings) {
    const key = JSON.stringify(options);
    if (compiled.has(key)) return compiled.get(key);
    const validator = new Ajv(settings);
    // Its keywords cannot be added twice.
    compiled.set(key, Object.create(validator, { addKeyword: { value: () => validator } }));
    return validator;
  };
  try {
    return validate(definition, options);
  } finally {
    ajv.default = Ajv;
  }
};
