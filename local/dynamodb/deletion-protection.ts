import { AwsError } from '../aws/api';

interface Answer {
  readonly Table?: Record<string, unknown>;
  readonly TableDescription?: Record<string, unknown>;
}

/** Knows which tables must not be deleted. The emulator deletes any table. */
export class DeletionProtection {
  private readonly tables = new Map<string, boolean>();

  set(tableName: string, isProtected: boolean): void {
    this.tables.set(tableName, isProtected);
  }

  /**
   * @throws AwsError ValidationException for a protected table.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html#WorkingWithTables.Basics.DeletionProtection
   */
  assertMayDelete(tableName: string): void {
    if (!this.tables.get(tableName)) return;
    const reason = 'Resource cannot be deleted as it is currently protected against deletion.';
    throw new AwsError('ValidationException', `${reason} Disable deletion protection first.`);
  }

  /** The description of a table with its protection. */
  describe(body: string): string {
    const answer = JSON.parse(body) as Answer;
    const table = answer.Table ?? answer.TableDescription;
    if (!table) return body;
    table.DeletionProtectionEnabled = this.tables.get(String(table.TableName)) ?? false;
    return JSON.stringify(answer);
  }
}
