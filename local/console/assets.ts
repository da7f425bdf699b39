import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';

const ASSETS = {
  'console.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** Serves the files that the pages load, which lie beside this one. */
export function serveAssets(app: Hono): void {
  for (const [name, type] of Object.entries(ASSETS)) {
    const content = readFileSync(join(__dirname, name), 'utf8');
    app.get(`/${name}`, (c) => c.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }));
  }
}
