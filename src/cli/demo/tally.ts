import { grouped } from './narrator.ts';

/** What the demo has done so far. */
export class Tally {
  cards = 0;
  callers = 0;
  refusedCallers = 0;
  numbersBound = 0;
  calls = 0;
  recharges = 0;
  rechargesSent = 0;
  locks = 0;
  changesSeen = 0;

  toString(): string {
    const count = (some: number, things: string) => `${grouped(some)} ${things}`;
    return [
      count(this.cards, 'cards'),
      `${count(this.callers, 'callers')} (${grouped(this.refusedCallers)} refused)`,
      count(this.numbersBound, 'numbers bound'),
      count(this.calls, 'calls'),
      `${count(this.recharges, 'recharges')} (sent ${grouped(this.rechargesSent)} times)`,
      count(this.locks, 'locks'),
      count(this.changesSeen, 'changes seen live'),
    ].join(', ');
  }
}
