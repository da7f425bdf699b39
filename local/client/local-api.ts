/** A client of the local cloud's own API below `/_local`. */
export class LocalApi {
  constructor(private readonly endpoint: string) {}

  /** @param query parameters; one that is undefined is left out. */
  get<T>(path: string, query: Record<string, string | undefined> = {}): Promise<T> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
    return this.send('GET', `${path}${search}`);
  }

  /** @throws Error with the answer, if it is not a success. */
  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const url = `${this.endpoint}/_local${path}`;
    const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}
