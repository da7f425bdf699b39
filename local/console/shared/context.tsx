import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Services } from '../../services';
import type { LayoutProps } from './layout';

/** Answers with a page. */
export type Render = (
  c: Context,
  page: Pick<LayoutProps, 'title' | 'section'> & { content: Child; status?: 200 | 400 | 404 | 500 },
) => Response | Promise<Response>;

/** What the routes of the console work with. */
export interface ConsoleContext {
  readonly services: Services;
  /** The stack's, once it is deployed. */
  readonly outputs: () => Record<string, string | undefined>;
  readonly render: Render;
}

/** A page that says one thing. */
export function Message({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p>{text}</p>
    </>
  );
}
