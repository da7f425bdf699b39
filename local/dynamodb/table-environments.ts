import { arn, DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';

const TABLE_ARN = /arn:aws:dynamodb:[\w-]+:\d{12}:table\/([\w.-]+)/g;

/** Knows the accounts and regions of tables. The emulator has one account and one region for all. */
export class TableEnvironments {
  private readonly environments = new Map<string, Environment>();

  set(name: string, environment: Environment): void {
    this.environments.set(name, environment);
  }

  /** A description of tables with the table's own account and region in each ARN. */
  outwards(body: string): string {
    return body.replace(TABLE_ARN, (_, name: string) => {
      return arn('dynamodb', `table/${name}`, this.environments.get(name) ?? DEFAULT_ENVIRONMENT);
    });
  }
}
