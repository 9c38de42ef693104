import { expect, test } from 'vitest';
import { Undo } from '../../src/server/undo.ts';

test('steps are undone from the last to the first, each once, whatever fails', async () => {
  const undo = new Undo();
  const undone: string[] = [];
  const step = (name: string, failing = false) =>
    undo.add(async () => {
      undone.push(name);
      if (failing) throw new Error(name);
    });
  step('database');
  step('pools', true);
  step('jobs');
  step('port', true);
  const failure = await undo.all().catch((error) => error);
  expect(undone).toEqual(['port', 'jobs', 'pools', 'database']);
  expect(failure).toBeInstanceOf(AggregateError);
  expect(failure.errors.map(({ message }: Error) => message)).toEqual(['port', 'pools']);
  await undo.all();
  expect(undone).toHaveLength(4);
});
