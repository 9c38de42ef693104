import type { Offer } from './offer-cell.ts';

const GONE = 'deleted|removed';
/** Whole words: Barbados, Lockport and mobile termination are places and services. */
const NOT_SOLD = [
  GONE,
  'blocked|barred|closed|suspended|discontinued|withdrawn|terminated|disabled|inactive|deactivated|locked|cancell?ed',
  'unavailable|stopped|forbidden|prohibited|expired|disconnected|decommissioned|ceased|banned|excluded|ended|halted',
  'paused|frozen|revoked|fraud|nfs',
  'not (?:for (?:re)?sale|sold|available|offered|allowed|supported|served|active|routed|permitted|in service|in use)',
  'no (?:service|access|routes?|sales?|coverage|termination|traffic)|no longer (?:available|offered|sold|served)',
  "out of (?:service|order|use)|(?:do not|don't|dont) (?:sell|use|send|route|call|offer)|on hold",
  'gesperrt|geschlossen|bloquead[oa]|cerrad[oa]|suspendid[oa]|bloqu[ée]e?|fermée?|bloccat[oa]|chius[oa]',
  'заблокирован[аоы]?|закрыт[аоы]?',
]
  .join('|')
  // NOT_FOR_SALE, not-for-sale and notforsale.
  .replaceAll(' ', '[\\s_-]*');
/** Words that say it only where nothing else is said, and even then not surely. */
const WEAK =
  'block|stop|off|hold|dead|lock|deny|closing|closure|suspension|blocking|barring|obsolete|maintenance|phased out';

const ADVERBS = '(?:(?:now|currently|temporarily|permanently|temp\\.?|perm\\.?|routes?|codes?|prefix)\\s+)*';
const TAIL = '(?:\\s+(?:until|till|since|from|as of|by|due|on|for|pending|effective|temporarily|now)\\s.*)?';
const word = (words: string) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`;

const IS_MARK = new RegExp(`^${ADVERBS}(?:${NOT_SOLD})${TAIL}[\\s.!]*$`, 'iu');
const ENDS_MARKED = new RegExp(`(?<!\\b(?:not|never|no longer)\\s+)${word(NOT_SOLD)}[\\s.!]*$`, 'iu');
const HAS_WORD = new RegExp(word(NOT_SOLD), 'iu');
const IS_GONE = new RegExp(word(GONE), 'iu');
const IS_WEAK = new RegExp(`${word(WEAK)}[\\s.!]*$|^down$`, 'iu');
/** In capitals: County Down is a place. */
const IS_DOWN = /(?<![\p{L}\p{N}]|county )DOWN[\s.!]*$/u;
const NOT_APPLICABLE = /(?:^|[\s([{-])n\/a(?:$|[\s)\]}])/i;
/** Brackets, and dashes with a blank beside them: Guinea-Bissau is one part. */
const BETWEEN_PARTS = /[()[\]{}<>*#|:;,/]+|\s[-–—]+\s*|[-–—]+\s/;

/**
 * What the name of a destination says of its offer: "Cuba (closed)" and "Italy mobile BLOCKED" have a mark, which stands
 * alone between brackets or dashes or ends the name. Null when such a word stands anywhere else: "Closed user group".
 */
export function readDestinationMark(name: string): Offer | null {
  const parts = name
    .split(BETWEEN_PARTS)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const mark = parts.find((part) => IS_MARK.test(part) || ENDS_MARKED.test(part));
  if (mark !== undefined) return IS_GONE.test(mark) ? 'WITHDRAWN' : 'BARRED';
  const isDoubtful =
    HAS_WORD.test(name) ||
    NOT_APPLICABLE.test(name) ||
    parts.some((part) => IS_WEAK.test(part) || IS_DOWN.test(part));
  return isDoubtful ? null : 'OFFERED';
}
