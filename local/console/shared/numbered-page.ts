/** The page of a list that is nearest to the wanted one; pages count from 1. */
export function numberedPage<T>(items: readonly T[], wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(1, Math.floor(wanted) || 1), pages);
  const first = (page - 1) * size;
  return { items: items.slice(first, first + size), page, pages };
}
