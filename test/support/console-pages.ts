import { eventually, type TestCloud } from './test-cloud';

/** The text of a page, without its markup. */
export const textOf = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** Reads and uses the pages of a local cloud's console without a browser. */
export class ConsolePages {
  constructor(private readonly cloud: TestCloud) {}

  async get(path: string): Promise<string> {
    const response = await fetch(this.cloud.endpoint + path);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return response.text();
  }

  /** Sends a form, as a page of the given origin does. */
  async post(path: string, fields: Record<string, string> = {}, origin = this.cloud.endpoint) {
    const response = await fetch(this.cloud.endpoint + path, {
      method: 'POST',
      headers: { Origin: origin },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      html: await response.text(),
    };
  }

  async textAt(path: string): Promise<string> {
    return textOf(await this.get(path));
  }

  /** Waits until the page shows the text. */
  async until(path: string, text: string, timeLimit?: number): Promise<void> {
    await eventually(async () => (await this.textAt(path)).includes(text), timeLimit);
  }
}
