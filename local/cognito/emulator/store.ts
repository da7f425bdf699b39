import type { DataStore } from 'cognito-local/lib/services/dataStore/dataStore';
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory';

type Tree = Record<string, unknown>;

/** Keeps the emulator's data in memory instead of in files. */
export const inMemoryDataStores: DataStoreFactory = {
  create: async (_ctx, _id, defaults) => new InMemoryDataStore({ ...defaults }),
};

class InMemoryDataStore implements DataStore {
  constructor(private readonly root: Tree) {}

  async get<T>(_ctx: unknown, key: string | string[], defaultValue?: T): Promise<T> {
    const value = pathOf(key).reduce<unknown>((node, name) => ownMember(node, name), this.root);
    return (value ?? defaultValue ?? null) as T;
  }

  async getRoot<T>(): Promise<T> {
    return this.root as T;
  }

  async set<T>(_ctx: unknown, key: string | string[], value: T): Promise<void> {
    const path = pathOf(key);
    const last = path.pop() as string;
    const parent = path.reduce<Tree>((node, name) => {
      if (!Object.hasOwn(node, name)) define(node, name, {});
      return node[name] as Tree;
    }, this.root);
    define(parent, last, value);
  }

  async delete(_ctx: unknown, key: string | string[]): Promise<void> {
    const path = pathOf(key);
    const last = path.pop() as string;
    const parent = path.reduce<unknown>((node, name) => ownMember(node, name), this.root);
    if (parent) delete (parent as Tree)[last];
  }
}

function pathOf(key: string | string[]): string[] {
  return Array.isArray(key) ? [...key] : [key];
}

// Keys are names that people choose, and `__proto__` is a legal one.
function ownMember(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, name)
    ? (node as Tree)[name]
    : undefined;
}

function define(node: Tree, name: string, value: unknown): void {
  Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });
}
