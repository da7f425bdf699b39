import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';

/** In the order in which they apply. */
const STYLES = ['colours', 'page', 'top', 'parts', 'tables', 'forms', 'outcomes', 'graph', 'narrow'];

/** Serves the files that the pages load; they are in the folder of this file. */
export function serveAssets(app: Hono): void {
  const read = (name: string) => readFileSync(join(__dirname, name), 'utf8');
  const assets = [
    {
      path: '/console.css',
      type: 'text/css',
      content: STYLES.map((name) => read(`styles/${name}.css`)).join('\n'),
    },
    { path: '/client.js', type: 'text/javascript', content: read('client.js') },
    { path: '/icon.svg', type: 'image/svg+xml', content: read('icon.svg') },
  ];
  for (const { path, type, content } of assets) {
    app.get(path, (c) =>
      c.body(content, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }),
    );
  }
}
