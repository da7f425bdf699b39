import { AwsError } from '../aws/api';
import { arn, type Environment } from '../aws/environment';
import { functionNameOf } from './function-name';
import type { LocalFunction } from './local-function';

/** A function that only AWS can run. */
interface ForeignFunction {
  readonly arn: string;
  /** What it is, such as `has the runtime python3.13`. */
  readonly reason: string;
}

/** The functions of the app, by name; where a name is asked for, an ARN with or without a qualifier does as well. */
export class Functions {
  private readonly local = new Map<string, LocalFunction>();
  private readonly foreign = new Map<string, ForeignFunction>();
  /** They were replaced, and still have running invocations. */
  private readonly retiring = new Set<LocalFunction>();

  /** The names of those that can run here. */
  get names(): string[] {
    return [...this.local.keys()];
  }

  /** @throws Error if another stack has a function of this name. */
  add(name: string, fn: LocalFunction): void {
    if (this.local.has(name)) throw new Error(`there are two functions named ${name}: choose a stack`);
    this.local.set(name, fn);
  }

  /** Takes note of a function that cannot run here. Whoever invokes it is told so. */
  addForeign(name: string, reason: string, environment: Environment): void {
    this.foreign.set(name, { arn: arn('lambda', `function:${name}`, environment), reason });
  }

  /**
   * Puts a function in the place of one whose code, layers or properties differ. Running invocations end as they began.
   *
   * @returns whether it was replaced.
   */
  replace(name: string, next: LocalFunction): boolean {
    const previous = this.local.get(name);
    if (previous && next.isSameAs(previous)) return false;
    if (previous) next.takeVersionsOf(previous);
    this.local.set(name, next);
    this.foreign.delete(name);
    if (previous) next.startAfter(this.retire(previous));
    return true;
  }

  async delete(name: string): Promise<void> {
    const fn = this.local.get(name);
    this.local.delete(name);
    this.foreign.delete(name);
    await fn?.close();
  }

  /** Whether the app has this function, even if only AWS can run it. */
  has(nameOrArn: string): boolean {
    const name = functionNameOf(nameOrArn);
    return this.local.has(name) || this.foreign.has(name);
  }

  /** A function that can run here, if there is one. */
  get(nameOrArn: string): LocalFunction | undefined {
    return this.local.get(functionNameOf(nameOrArn));
  }

  /**
   * A function that is about to be used.
   *
   * @throws AwsError ResourceNotFoundException, or InvalidRuntimeException for a function that cannot run here.
   */
  find(nameOrArn: string): LocalFunction {
    const name = functionNameOf(nameOrArn);
    const fn = this.local.get(name);
    if (fn) return fn;
    const { reason } = this.foreign.get(name) ?? {};
    if (reason === undefined) throw notFound(this.arnOf(nameOrArn));
    throw new AwsError(
      'InvalidRuntimeException',
      `the local cloud runs functions of Node.js only, from a directory or a .zip: ${name} ${reason}`,
      502,
    );
  }

  arnOf(nameOrArn: string): string {
    const name = functionNameOf(nameOrArn);
    const known = this.local.get(name) ?? this.foreign.get(name);
    return known?.arn ?? arn('lambda', `function:${name}`);
  }

  /** Ends every function's processes. */
  async close(): Promise<void> {
    await Promise.all([...this.local.values(), ...this.retiring].map((fn) => fn.close()));
  }

  private async retire(fn: LocalFunction): Promise<void> {
    this.retiring.add(fn);
    await fn.retire();
    this.retiring.delete(fn);
  }
}

/** The error of Lambda for a function, version or alias that is not there. */
export function notFound(functionArn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
}
