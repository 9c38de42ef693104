import { describe, expect, test } from 'vitest';
import { ReplaceCardDocument, SecurityAlertsDocument } from '../../../src/client/operations.ts';
import { alertsAbout, type PartnerActivity } from '../../../src/domain/security/partner-activity.ts';
import { watchPartners } from '../../../src/jobs/partner-watch.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { rechargeCommand } from '../../../src/store/writer/commands/recharges.ts';
import { newKey, useApi } from '../../harness/api.ts';
import { succeeded } from '../../harness/refusals.ts';

const LIMITS = { replacementsADay: 3, rechargesFactor: 5 };

function activity(changes: Partial<PartnerActivity>): PartnerActivity {
  const nothing = { recharges: 0, amount: 0 };
  return { partnerId: 'p', replacementsToday: 0, thisHour: nothing, usual: nothing, ...changes };
}

const kindsFor = (changes: Partial<PartnerActivity>) =>
  alertsAbout(activity(changes), LIMITS).map(({ kind }) => kind);

describe('what a partner does', () => {
  test('is unusual in number or in worth, beyond what is always usual', () => {
    const hour = (recharges: number, amount: number) => ({ recharges, amount });
    expect(kindsFor({ thisHour: hour(200, 1e9) })).toEqual([]);
    expect(kindsFor({ thisHour: hour(201, 1) })).toEqual(['UNUSUAL_RECHARGES']);
    expect(kindsFor({ thisHour: hour(500, 5_000), usual: hour(100, 1_000) })).toEqual([]);
    expect(kindsFor({ thisHour: hour(501, 5_000), usual: hour(100, 1_000) })).toEqual(['UNUSUAL_RECHARGES']);
    expect(kindsFor({ thisHour: hour(500, 5_001), usual: hour(100, 1_000) })).toEqual(['UNUSUAL_RECHARGES']);
  });

  test('is too many replacements when it is more than the limit', () => {
    expect(kindsFor({ replacementsToday: 3 })).toEqual([]);
    expect(kindsFor({ replacementsToday: 4 })).toEqual(['TOO_MANY_REPLACEMENTS']);
  });
});

describe('the watch over partners', () => {
  const api = useApi({ environment: { MAX_REPLACEMENTS_A_DAY: '3' } });

  const alerts = async () => {
    const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
      filter: { kinds: ['TOO_MANY_REPLACEMENTS', 'UNUSUAL_RECHARGES'] },
    });
    return securityAlerts.edges.map(({ node }) => [node.kind, node.partner?.id]).toSorted();
  };

  test('counts each event once, whoever counts, and raises one alert for a partner and a time', async () => {
    const { sql } = api.db.database;
    const watch = () => Promise.all([1, 2, 3].map(() => watchPartners({ sql, limits: LIMITS })));
    await expect.poll(() => sql`SELECT FROM partner_watch`, { timeout: 10_000 }).toHaveLength(1);

    const writer = new CommandWriter(sql, { lanes: 1 });
    const [card] = api.partner.batch.cards;
    const giver = { actorId: api.partner.uuid, partnerId: api.partner.uuid };
    await Promise.all(
      Array.from({ length: 250 }, () =>
        writer.run(
          rechargeCommand(giver, {
            card: { id: card?.uuid ?? '', reference: 'r' },
            amount: 10_000n,
            currency: 'EUR',
            idempotencyKey: newKey(),
          }),
        ),
      ),
    );
    const stock = await api.cards({ count: 8, partnerId: api.rival.uuid, active: false });
    for (const [place, lost] of api.rival.batch.cards.slice(0, 4).entries()) {
      const input = {
        card: { id: lost.id },
        newCard: { id: stock.cards[place]?.id ?? '' },
        reason: 'Lost',
        idempotencyKey: newKey(),
      };
      succeeded((await api.rival.client.request(ReplaceCardDocument, { input })).result);
    }
    await watch();
    await watch();
    const expected = [
      ['TOO_MANY_REPLACEMENTS', api.rival.id],
      ['UNUSUAL_RECHARGES', api.partner.id],
    ];
    // The server's own job may be at it too: then it is the one that counts.
    await expect.poll(alerts, { timeout: 10_000 }).toEqual(expected);
    const [sums] = await sql`
      SELECT sum(recharges)::int AS recharges, sum(amount)::float8 AS amount, sum(replacements)::int AS replacements
      FROM partner_hours`;
    expect(sums).toEqual({ recharges: 250, amount: 2.5, replacements: 4 });
    await watch();
    expect(await alerts()).toEqual(expected);
  });
});
