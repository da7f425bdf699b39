/** Links to the other pages of a list. */
export function Paging({
  page,
  pages,
  href,
}: {
  page: number;
  pages: number;
  href: (page: number) => string;
}) {
  if (pages === 1) return null;
  return (
    <nav class="paging" aria-label="Pages">
      {page > 1 && <a href={href(1)}>First</a>}
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          Previous
        </a>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          Next
        </a>
      )}
      {page < pages && <a href={href(pages)}>Last</a>}
    </nav>
  );
}
