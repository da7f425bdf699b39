declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** @param options `createTableMs` is how long a table stays in CREATING, in ms. */
  export default function dynalite(options: { createTableMs: number }): Server;
}
