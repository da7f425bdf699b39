declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** @param options how long a table stays in CREATING and in DELETING, in ms. */
  export default function dynalite(options: { createTableMs: number; deleteTableMs: number }): Server;
}
