import type { Template } from '../aws/template';

/** Its functions are among the local cloud's own, apart from `Fn::ForEach`, which is refused where it stands. */
const KNOWN = ['AWS::LanguageExtensions'];

/** @throws Error for a template that AWS would change before it deploys it. */
export function assertNoTransform({ Transform = [] }: Template, stackName: string): void {
  const unknown = [Transform].flat().filter((name) => !KNOWN.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `the stack ${stackName} has the transform ${unknown.join(', ')}, which only AWS can apply: ` +
      'put what it makes into the template itself',
  );
}
