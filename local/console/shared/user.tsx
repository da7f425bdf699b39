/** A user, by the name that people know and by the ones that AWS knows. */
export function User({ sub, username, email }: { sub: string; username: string; email?: string }) {
  return (
    <>
      {email && <span class="value">{email}</span>}
      <span class={email ? 'note id' : 'value id'}>{sub}</span>
      {username !== sub && <span class="note">{username}</span>}
    </>
  );
}
