const ADDRESS_BITS = 32;

/**
 * The first blocks of a network of IPv4, each with a number of bits for its hosts.
 *
 * @throws Error for anything but a network of IPv4.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cidrBlocks(network: string, count: number, hostBits: number): string[] {
  const [, address = '', prefix] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(network) ?? [];
  if (!prefix) throw new Error(`Fn::Cidr: "${network}" is not a network of IPv4, such as 10.0.0.0/16`);
  if (count * 2 ** hostBits > 2 ** (ADDRESS_BITS - Number(prefix)))
    throw new Error(`Fn::Cidr: ${network} has no room for ${count} blocks of ${hostBits} bits`);
  const first = address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);
  return Array.from({ length: count }, (_, index) => {
    return `${addressOf(first + index * 2 ** hostBits)}/${ADDRESS_BITS - hostBits}`;
  });
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
