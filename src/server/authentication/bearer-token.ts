/**
 * The token of an Authorization header. The scheme is case-insensitive, and one or more spaces follow it (RFC 9110, 11.1
 * and 11.4).
 */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S{1,8192})$/i.exec(header ?? '')?.[1];
}
