import { AwsError } from '../aws/api';

/**
 * Reads a filter pattern of terms, which must all be in the message: words, or any text in double quotes.
 *
 * @throws AwsError InvalidParameterException for a pattern of another kind.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForLogGroups.html
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  if (!/^(?:\s*(?:"[^"]*"|\w+))*\s*$/.test(pattern))
    throw new AwsError(
      'InvalidParameterException',
      `the local cloud knows filter patterns of words and of texts in double quotes, not: ${pattern}`,
    );
  const terms = [...pattern.matchAll(/"([^"]*)"|\w+/g)].map(([word, quoted]) => quoted ?? word);
  return (message) => terms.every((term) => message.includes(term));
}
