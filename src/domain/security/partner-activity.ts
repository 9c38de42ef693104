import type { NewSecurityAlert } from './security-alert.ts';

/** What a partner did in one hour, or does per hour on average. */
interface HourOfRecharges {
  readonly recharges: number;
  /** In units of the partner's currency: compared only with the same partner. */
  readonly amount: number;
}

export interface PartnerActivity {
  readonly partnerId: string;
  /** Cards replaced since the start of the day, in UTC. */
  readonly replacementsToday: number;
  readonly thisHour: HourOfRecharges;
  /** Averages of the previous days; zeros when there was no activity. */
  readonly usual: HourOfRecharges;
}

export interface PartnerLimits {
  readonly replacementsADay: number;
  /** Multiple of its usual recharges per hour. */
  readonly rechargesFactor: number;
}

/** Fewer recharges per hour never raise an alert, however few are usual. */
const ALWAYS_USUAL = 200;
const HOUR_SECONDS = 3_600;

/** The alerts that a partner's activity raises. */
export function alertsAbout(activity: PartnerActivity, limits: PartnerLimits): NewSecurityAlert[] {
  const { partnerId, replacementsToday, thisHour } = activity;
  const about = { subject: partnerId, partnerId };
  const alerts: NewSecurityAlert[] = [];
  if (replacementsToday > limits.replacementsADay) {
    alerts.push({
      ...about,
      kind: 'TOO_MANY_REPLACEMENTS',
      windowSeconds: 24 * HOUR_SECONDS,
      message: `More than ${limits.replacementsADay} cards of one partner were replaced in a day.`,
    });
  }
  if (isUnusual(activity, limits.rechargesFactor)) {
    alerts.push({
      ...about,
      kind: 'UNUSUAL_RECHARGES',
      windowSeconds: HOUR_SECONDS,
      message: `A partner made ${thisHour.recharges} recharges this hour: their number or value is more than ${limits.rechargesFactor} times the usual.`,
    });
  }
  return alerts;
}

/** Compares both number and value. A partner without history has no usual value. */
function isUnusual({ thisHour, usual }: PartnerActivity, factor: number): boolean {
  if (thisHour.recharges <= ALWAYS_USUAL) return false;
  if (thisHour.recharges > factor * usual.recharges) return true;
  return usual.amount > 0 && thisHour.amount > factor * usual.amount;
}
