import { AwsError } from '../aws/api';

/** A resource that was created, and how to delete it. */
interface CreatedResource {
  /** Such as `Shop/Table`. */
  readonly path: string;
  readonly deletionPolicy?: string;
  readonly delete: () => unknown;
}

const RETAINING = ['Retain', 'RetainExceptOnCreate'];

/** What a deployment has created so far, over all stacks. */
export class CreatedResources {
  /** In the order of their creation. */
  private readonly resources: CreatedResource[] = [];

  add(resource: CreatedResource): void {
    this.resources.push(resource);
  }

  /**
   * Deletes the resources in the opposite order, except those that the templates retain.
   *
   * @param isRollback whether the creation failed: `RetainExceptOnCreate` then does not retain.
   * @throws Error with the reason why a resource could not be deleted. The remaining resources then stay, and
   * this can be called again.
   */
  async delete({ isRollback = false } = {}): Promise<void> {
    const retaining = isRollback ? ['Retain'] : RETAINING;
    for (const resource of this.resources.toReversed()) {
      if (!retaining.includes(resource.deletionPolicy ?? 'Delete')) await deleteIfThere(resource);
      this.resources.pop();
    }
  }

  /** Whether a resource was created, and not deleted. */
  has(path: string): boolean {
    return this.resources.some((resource) => resource.path === path);
  }

  /**
   * Deletes one resource, unless its template retains it.
   *
   * @returns whether it was there and is gone.
   */
  async deleteOne(path: string): Promise<boolean> {
    const index = this.resources.findIndex((resource) => resource.path === path);
    const resource = this.resources[index];
    if (!resource) return false;
    const isDeleted = RETAINING.every((policy) => policy !== resource.deletionPolicy);
    if (isDeleted) await deleteIfThere(resource);
    this.resources.splice(index, 1);
    return isDeleted;
  }

  /** Deletes everything because of an error, and throws the error. */
  async rollBack(error: Error): Promise<never> {
    await this.delete({ isRollback: true }).catch((left) => {
      throw new Error(`${error.message}; then the rollback failed: ${(left as Error).message}`);
    });
    throw error;
  }
}

/** To CloudFormation, what somebody else has deleted is deleted. */
async function deleteIfThere(resource: CreatedResource): Promise<void> {
  try {
    await resource.delete();
  } catch (error) {
    const isGone = error instanceof AwsError && /(NotFoundException|DoesNotExist)$/.test(error.code);
    if (!isGone) throw error;
  }
}
