/** Why a WebSocket is closed. */
export interface CloseCode {
  readonly code: number;
  /** Sent with the code. Undefined: the library's own. */
  readonly reason?: string;
  /** For docs/limits.md. */
  readonly about: string;
  /** Whether a graphql-ws client connects again by itself. */
  readonly reconnects: boolean;
}

/**
 * All close codes, those of the graphql-ws library too: docs/limits.md is generated from this table. A graphql-ws client
 * gives up on 4401, so that it does not retry a wrong key, and on 4429. It does not retry an operation that ends with
 * an error, so a subscription that fails because the database is unavailable closes its socket.
 */
export const CLOSE_CODES = {
  RESTARTING: {
    code: 1012,
    reason: 'Restarting: connect again',
    about: 'the server restarts',
    reconnects: true,
  },
  AWAY: {
    code: 1013,
    reason: 'The database is away: connect again in a moment',
    about: 'its database is unavailable',
    reconnects: true,
  },
  BROKEN: {
    code: 1006,
    about: 'the connection broke, or a ping was not answered within `HEARTBEAT_SECONDS`',
    reconnects: true,
  },
  TOO_LONG: { code: 1009, about: 'a message is larger than `MAX_BODY_BYTES`', reconnects: false },
  CREDENTIAL_ENDED: {
    code: 4403,
    reason: 'API key ended',
    about: 'the key was revoked, has expired, or its partner was suspended: have another key ready',
    reconnects: true,
  },
  INIT_TIMEOUT: {
    code: 4408,
    about: 'the client sent no `connection_init` within five seconds of opening',
    reconnects: true,
  },
  TOO_SLOW: {
    code: 4413,
    reason: 'Too slow: connect again and go on after your last cursor',
    about:
      'the client read nothing of what was sent for `SLOW_CLIENT_SECONDS`, or left `MAX_UNSENT_BYTES` unread',
    reconnects: true,
  },
  BAD_MESSAGE: { code: 4400, about: 'a message that is not of the protocol', reconnects: false },
  NO_VALID_KEY: {
    code: 4401,
    reason: 'Unauthenticated: send {"authorization": "Bearer <API key>"} on connection',
    about: 'no valid key was sent, or an operation before `connection_ack`',
    reconnects: false,
  },
  BAD_PROTOCOL: {
    code: 4406,
    about: 'the client does not speak `graphql-transport-ws`',
    reconnects: false,
  },
  SAME_ID: { code: 4409, about: 'two operations at once have the same id', reconnects: false },
  TOO_MANY: {
    code: 4429,
    reason: 'Too many sockets are open: close some, or try again later',
    about:
      'more sockets and streams are open than `MAX_SOCKETS` or `MAX_SOCKETS_PER_KEY`, or `connection_init` was sent twice',
    reconnects: false,
  },
} as const satisfies Record<string, CloseCode>;

/** Closes with a code of the server's own. */
export function closeWith(
  socket: { close(code: number, reason: string): unknown },
  { code, reason }: { readonly code: number; readonly reason: string },
): void {
  socket.close(code, reason);
}
