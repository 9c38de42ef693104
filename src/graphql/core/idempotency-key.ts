/** For the description of every idempotency key. */
export const KEY_RULE =
  'Compared as it is, with upper and lower case; it must not begin or end with a blank.';
