/** Counts the resources that do nothing in the local cloud. */
export class NotPlayed {
  private readonly counts = new Map<string, number>();

  add(type: string): void {
    this.counts.set(type, (this.counts.get(type) ?? 0) + 1);
  }

  /** Such as `2 AWS::S3::Bucket, 1 AWS::ApiGateway::RestApi`; empty if there is none. */
  toString(): string {
    return [...this.counts].map(([type, count]) => `${count} ${type}`).join(', ');
  }
}
