import { describe, expect, test } from 'vitest';
import { connectionLost, outcomeUnknown, rolledBack } from '../../../src/store/postgres/database-errors.ts';

const failed = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

describe('what becomes of a transaction when the database is away', () => {
  test.each([
    failed('ECONNREFUSED', { syscall: 'connect' }),
    failed('ENOTFOUND', { syscall: 'getaddrinfo' }),
    failed('EAI_AGAIN', { syscall: 'getaddrinfo' }),
    failed('EHOSTUNREACH', { syscall: 'connect' }),
    failed('ENETUNREACH', { syscall: 'connect' }),
    failed('ETIMEDOUT', { syscall: 'connect' }),
    failed('57P01'),
  ])('%s: nothing was done, the same may be tried again', (error) => {
    expect([rolledBack(error), outcomeUnknown(error)]).toEqual([true, false]);
  });

  test.each([
    failed('CONNECTION_CLOSED'),
    failed('ECONNRESET', { syscall: 'read' }),
    failed('ETIMEDOUT', { syscall: 'read' }),
    failed('EHOSTUNREACH', { syscall: 'write' }),
    failed('08006'),
    failed('08P01'),
  ])('%s: it may have been committed', (error) => {
    expect([rolledBack(error), outcomeUnknown(error), connectionLost(error)]).toEqual([false, true, true]);
  });

  test.each([failed('23505'), failed('55P03'), new Error('no code')])('%s: is of the command', (error) => {
    expect([rolledBack(error), outcomeUnknown(error), connectionLost(error)]).toEqual([false, false, false]);
  });
});
