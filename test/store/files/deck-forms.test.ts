import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ListedRate,
  listedRates,
  meant,
  readAs,
  readDeck,
  type SavedForm,
  savedForm,
  savedText,
  savedWorkbook,
} from '../../harness/deck-forms.ts';

/** What a form may leave open, so that it is refused by name instead of guessed at. */
const MAY_BE_OPEN = ['AMBIGUOUS_DECIMAL', 'MIXED_DECIMALS'];

function isOpen(rates: readonly ListedRate[], form: SavedForm): boolean {
  // "1,234" in a file with no other price that tells what its comma means.
  return form.decimalMark === ',' && rates.some(({ price }) => price >= 100_000_000n);
}

test('a list gives the same rates in whatever form it is saved, or is refused by name', async () => {
  await fc.assert(
    fc.asyncProperty(listedRates, savedForm, async (rates, form) => {
      const { rates: read, problems } = await readDeck(savedText(rates, form), form);
      if (problems.length > 0) {
        for (const { code } of problems) expect(MAY_BE_OPEN).toContain(code);
        expect(isOpen(rates, form)).toBe(true);
      } else {
        expect(readAs(read)).toEqual(meant(rates));
      }
    }),
    { numRuns: 400 },
  );
});

test('a workbook gives the same rates', async () => {
  await fc.assert(
    fc.asyncProperty(listedRates, savedForm, async (rates, form) => {
      const { rates: read, problems } = await readDeck(await savedWorkbook(rates, form), form);
      expect(problems).toEqual([]);
      expect(readAs(read)).toEqual(meant(rates));
    }),
    { numRuns: 60 },
  );
});
