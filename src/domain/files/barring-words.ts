const NEGATED =
  /\b(?:not|never|no longer)\s+(?:yet\s+|to be\s+)?(?:block|barr|clos|suspend|lock|disab|terminat|discontin|withdr|delet|remov|cancel|expired|forbid|prohibit)/i;
const WITHDRAWN = /\b(?:delet|remov)/i;
const BARRED =
  /^off$|\b(?:block|barr|bar\b|clos|suspend|withdr|discontin|terminat|disab|inactiv|lock|cancel|unavail|stop|forbid|prohibit|deactivat|expired|ceased|decommission|excluded|banned|revoked|halted|paused|frozen|out of (?:service|order|use)|no (?:service|access|routes?|sale|coverage|traffic)|no longer (?:available|offered|sold|supported)|not in (?:service|use)|on hold|disconnect|fraud|ended\b|not (?:available|offered|allowed|supported|permitted|sold|active|for (?:re)?sale)|notforsale|nfs\b|(?:do not|don't|dont) (?:sell|use|send|route|offer)|gesperrt|geschlossen|bloque|cerrad|suspendid|bloccat|chius)|заблокир|закрыт/i;

/** What a word such as "Deleted" or "Blocked" says of the row that has it; null when it says neither. */
export function barringWord(cell: string): 'WITHDRAWN' | 'BARRED' | null {
  const words = spaced(cell);
  if (WITHDRAWN.test(words)) return 'WITHDRAWN';
  return BARRED.test(words) ? 'BARRED' : null;
}

/** Whether a text says of such a word that it is not so: "not blocked". */
export function deniesBarring(cell: string): boolean {
  return NEGATED.test(spaced(cell));
}

/** Whether a text somewhere in a row says that what the row lists is not for sale, or out of service. */
export function saysBarred(cell: string): boolean {
  return cell.length > 2 && barringWord(cell) !== null;
}

/** "not_for-sale" is not for sale. */
const spaced = (cell: string) => cell.replace(/[\s_-]+/g, ' ');
