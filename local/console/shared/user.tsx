/** A user as people know them, and as AWS does. */
export function User({ sub, username, email }: { sub: string; username: string; email?: string }) {
  return (
    <>
      {email && <span class="value">{email}</span>}
      <span class={email ? 'note id' : 'value id'}>{sub}</span>
      {username !== sub && <span class="note">{username}</span>}
    </>
  );
}
