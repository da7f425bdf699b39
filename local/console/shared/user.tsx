/** The users of a user pool. */
export function usersHref(userPoolId: string): string {
  return `/console/users?${new URLSearchParams({ pool: userPoolId })}`;
}

/** The page of a user. @param id the `sub` or the username. */
export function userHref(id: string): string {
  return `/console/users/${encodeURIComponent(id)}`;
}

/** A user, by the name that people know and by the ones that AWS knows, with a link to all about them. */
export function User({ sub, username, email }: { sub: string; username: string; email?: string }) {
  return (
    <>
      <a class="value id" href={userHref(sub)}>
        {email ?? sub}
      </a>
      {email && <span class="note id">{sub}</span>}
      {username !== sub && <span class="note id">{username}</span>}
    </>
  );
}
