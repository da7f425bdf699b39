import { cidrBlocks } from './cidr';

/**
 * The intrinsic functions that need nothing but their arguments.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const INTRINSICS: Record<string, (argument: never) => unknown> = {
  'Fn::Base64': (text: string) => Buffer.from(text).toString('base64'),
  'Fn::Cidr': ([block, count, bits]: [string, number | string, number | string | undefined]) => {
    return cidrBlocks(block, Number(count), Number(bits ?? 8));
  },
  'Fn::Join': ([separator, parts]: [string, unknown[]]) => parts.join(separator),
  'Fn::Length': (list: unknown[]) => list.length,
  'Fn::Select': ([index, values]: [number | string, unknown[]]) => {
    if (Number(index) in values) return values[Number(index)];
    throw new Error(`Fn::Select: there is no item ${index} in a list of ${values.length}`);
  },
  'Fn::Split': ([separator, text]: [string, string]) => String(text).split(separator),
  'Fn::ToJsonString': (value: unknown) => JSON.stringify(value),
  'Fn::And': (conditions: boolean[]) => conditions.every(Boolean),
  'Fn::Or': (conditions: boolean[]) => conditions.some(Boolean),
  'Fn::Not': ([condition]: [boolean]) => !condition,
  'Fn::Equals': ([left, right]: [unknown, unknown]) => {
    return typeof left === 'object'
      ? JSON.stringify(left) === JSON.stringify(right)
      : String(left) === String(right);
  },
};
