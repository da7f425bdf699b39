import type { TemplateParameter } from '../../aws/template';

/** The part of a type of parameter that is looked up in the parameter store. */
const STORED = /^AWS::SSM::Parameter::Value<(.+)>$/;

/**
 * The value of a parameter: what a stack around this one passes, or else its default.
 *
 * @param stored finds the value of a parameter of the parameter store; undefined if the app has no such parameter.
 * @throws Error that says what to do, for a parameter without a value.
 */
export function parameterValue(
  name: string,
  { Type, Default }: TemplateParameter,
  passed: unknown,
  stored: (parameterName: string) => unknown,
): unknown {
  const given = passed ?? Default;
  if (given === undefined)
    throw new Error(
      `the parameter ${name} has no default, and nobody is asked for its value: give it a default`,
    );
  const [, storedType] = STORED.exec(Type) ?? [];
  if (storedType === undefined) return typed(given, Type);
  const value = stored(String(given));
  if (value !== undefined) return typed(value, storedType);
  throw new Error(
    `the parameter ${name} has its value in the parameter store, under ${given}: the app must hold ` +
      `an AWS::SSM::Parameter of this name`,
  );
}

function typed(value: unknown, type: string): unknown {
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (isList && !Array.isArray(value))
    return String(value)
      .split(',')
      .map((item) => item.trim());
  return typeof value === 'number' ? String(value) : value;
}
