import type { ReadCardLine } from './card-file.ts';

/**
 * What a line says, whatever the form of the file: without its number, with amounts in micro-units and instants. Two
 * files whose lines have the same content in the same order are the same import.
 */
export function rowContent({ card, isLeftOut, problems }: ReadCardLine): string {
  return JSON.stringify([
    card.serial,
    card.pin,
    card.balance?.toString() ?? null,
    card.overdrawn.toString(),
    card.state,
    card.lockReason,
    card.activatedAt,
    card.firstUsedAt,
    card.expiresAt,
    card.ownValidityDays,
    card.ownGraceDays,
    card.ownMaxBoundNumbers,
    card.ownMaxConcurrentCalls,
    card.boundNumbers.toSorted(),
    card.numbersLeft,
    isLeftOut,
    problems.map(({ code }) => code),
  ]);
}
