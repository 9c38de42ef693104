import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import type { Credential } from '../../src/server/authentication/request-context.ts';
import { watchCredentials } from '../../src/server/streams/credential-watch.ts';
import { testViewer } from '../harness/http-server.ts';

test('connections end when their key does, and a key is checked once for all of them', async () => {
  const valid = new Set<string | undefined>(['a', 'b']);
  const checked: (string | undefined)[] = [];
  let failing = false;
  const authenticate = async ({ header }: Credential) => {
    checked.push(header);
    if (failing) throw new Error('The database is away.');
    return valid.has(header) ? testViewer : undefined;
  };
  const credentials = watchCredentials(authenticate, pino({ level: 'silent' }), 5);
  const ended: string[] = [];
  credentials.watch({ header: 'a', address: '192.0.2.1' }, () => ended.push('a1'));
  credentials.watch({ header: 'a', address: '192.0.2.1' }, () => ended.push('a2'));
  credentials.watch({ header: 'b', address: '192.0.2.1' }, () => ended.push('b'));
  credentials.watch({ header: 'a', address: '192.0.2.1' }, () => ended.push('gone'))();

  await vi.waitFor(() => expect(checked.slice(0, 2)).toEqual(['a', 'b']));
  failing = true;
  valid.delete('a');
  const before = checked.length;
  await vi.waitFor(() => expect(checked.length).toBeGreaterThan(before + 2));
  expect(ended).toEqual([]);

  failing = false;
  await vi.waitFor(() => expect(ended.slice(0, 2)).toEqual(['a1', 'a2']));
  expect(ended).not.toContain('b');
  credentials.stop();
});
