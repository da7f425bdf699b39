/** Counts what does nothing in the local cloud. */
export class NotPlayed {
  private readonly counts = new Map<
    string,
    { readonly before: string; readonly type: string; count: number }
  >();

  /** @param before comes before the number, such as `TimeToLiveSpecification of `. */
  add(type: string, before = ''): void {
    const counted = this.counts.get(before + type) ?? { before, type, count: 0 };
    counted.count += 1;
    this.counts.set(before + type, counted);
  }

  /** Such as `2 AWS::S3::Bucket, 1 AWS::ApiGateway::RestApi`; empty if there is none. */
  toString(): string {
    return [...this.counts.values()].map(({ before, type, count }) => `${before}${count} ${type}`).join(', ');
  }
}
