// Takes the place of what the interpreter would need to call AWS and to check definitions.
module.exports = {};
