const NEGATED =
  /\b(?:not|never|no longer)\s+(?:yet\s+|to be\s+)?(?:block|barr|clos|suspend|lock|disab|terminat|discontin|withdr|delet|remov|cancel|expired|forbid|prohibit)/i;
const WITHDRAWN = /\b(?:delet|remov)/i;
const BARRED =
  /^off$|\b(?:block|barr|bar\b|clos|suspend|withdr|discontin|terminat|disab|inactiv|lock|cancel|unavail|stop|forbid|prohibit|deactivat|expired|ceased|decommission|out of (?:service|order|use)|no (?:service|access|routes?|sale|coverage)|no longer (?:available|offered|sold|supported)|not in (?:service|use)|on hold|disconnect|fraud|ended\b|not (?:available|offered|allowed|supported|permitted|sold|active|for sale)|(?:do not|don't|dont) (?:sell|use|send|route|offer)|gesperrt|geschlossen|bloque|cerrad|suspendid|bloccat|chius)|заблокир|закрыт/i;

/** What a word such as "Deleted" or "Blocked" says of the row that has it; null when it says neither. */
export function barringWord(cell: string): 'WITHDRAWN' | 'BARRED' | null {
  if (WITHDRAWN.test(cell)) return 'WITHDRAWN';
  return BARRED.test(cell) ? 'BARRED' : null;
}

/** Whether a text says of such a word that it is not so: "not blocked". */
export function deniesBarring(cell: string): boolean {
  return NEGATED.test(cell);
}

/** Whether a text somewhere in a row says that what the row lists is not for sale, or out of service. */
export function saysBarred(cell: string): boolean {
  return cell.length > 2 && barringWord(cell) !== null;
}
