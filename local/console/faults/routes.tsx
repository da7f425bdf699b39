import type { Context, Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { COMMON_FAULTS, FaultsPage } from './faults-page';

/** `GET /faults`: the active faults; `POST /faults/on`, `/off` and `/clear` change them. */
export function addFaultRoutes(app: Hono, { services: { faults }, render }: ConsoleContext): void {
  const chosenIn = async (c: Context) => COMMON_FAULTS.get(String((await c.req.parseBody()).key))?.fault;
  const back = (c: Context) => c.redirect('/console/faults', 303);
  app.get('/faults', (c) => {
    const content = <FaultsPage faults={faults.list()} />;
    return render(c, { title: 'Faults', section: 'Faults', content });
  });
  app.post('/faults/on', async (c) => {
    const fault = await chosenIn(c);
    if (!fault) return c.notFound();
    faults.add(fault);
    return back(c);
  });
  app.post('/faults/off', async (c) => {
    const fault = await chosenIn(c);
    if (!fault) return c.notFound();
    faults.remove(fault);
    return back(c);
  });
  app.post('/faults/clear', (c) => {
    faults.clear();
    return back(c);
  });
}
