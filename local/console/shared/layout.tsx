import type { Child } from 'hono/jsx';

import { TIME_ZONE } from './format';

const SECTIONS = {
  Users: '/users',
  Mail: '/mail',
  Executions: '',
  'State machines': '/state-machines',
  Queues: '/queues',
  Logs: '/logs',
  Events: '/events',
  Reconciliation: '/reconciliation',
  Access: '/access',
  Faults: '/faults',
};

export interface LayoutProps {
  readonly title: string;
  readonly section: keyof typeof SECTIONS;
  /** How many faults are switched on; every page shows it, because a forgotten fault is confusing. */
  readonly faults: number;
  /** Whether the page may read itself again; the answer to a form may not, or its message is lost. */
  readonly isLive: boolean;
  readonly children?: Child;
}

/** What all pages have in common. */
export function Layout({ title, section, faults, isLive, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Local cloud`}</title>
        <link rel="icon" href="/console/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/console/console.css" />
        <script src="/console/client.js" type="module" />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header data-live={isLive} id="top">
          <a class="brand" href="/console">
            <img src="/console/icon.svg" alt="" width="24" height="24" /> Local cloud
          </a>
          <nav aria-label="Console">
            {Object.entries(SECTIONS).map(([name, path]) => (
              <a
                href={`/console${path}`}
                aria-current={name === section ? 'page' : undefined}
                aria-label={name === 'Faults' && faults > 0 ? `Faults, ${faults} active` : undefined}
              >
                {name} {name === 'Faults' && faults > 0 && <span class="count">{faults} active</span>}
              </a>
            ))}
          </nav>
        </header>
        <p id="connection" role="status" />
        <main id="main" data-live={isLive} tabindex={-1}>
          {children}
        </main>
        <footer>
          Times are in the zone <span id="zone">{TIME_ZONE}</span>. Point at one for the exact time in UTC.
        </footer>
      </body>
    </html>
  );
}
