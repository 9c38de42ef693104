import type { Partner as PartnerRow } from '../../domain/partners/partner.ts';
import * as access from '../../domain/rejections/access.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import { movePartner, resumePartner, suspendPartner } from '../../store/partners/partner-changes.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { fromGlobalId, optionalGlobalId } from '../core/global-id.ts';
import { isInReach, partnerBelow } from '../core/visibility-check.ts';
import { Transfer } from '../money/transfers.ts';
import { Partner, PartnerConnection } from './partners.ts';

builder.drizzleObjectField(Partner, 'parent', (t) =>
  t.field({
    type: Partner,
    nullable: true,
    select: { with: { parent: true } },
    description: 'The parent partner. Null if there is none that you can see.',
    resolve: ({ parent }, _args, { viewer }) => (isInReach(viewer, parent?.id) ? parent : null),
  }),
);

builder.drizzleObjectField(Partner, 'children', (t) =>
  t.relatedConnection(
    'children',
    { description: 'The direct child partners, newest first.', query: { orderBy: { id: 'desc' } } },
    PartnerConnection,
  ),
);

builder.drizzleObjectField(Transfer, 'partner', (t) =>
  t.field({
    type: Partner,
    nullable: true,
    select: { with: { partner: true } },
    description: 'The partner whose wallet was affected. Null if you cannot see it.',
    resolve: ({ partner }, _args, { viewer }) => (isInReach(viewer, partner?.id) ? partner : null),
  }),
);

const payload = (name: string) =>
  builder.objectRef<PartnerRow>(name).implement({
    description: 'The partner in its current state.',
    fields: (t) => ({
      partner: t.field({ type: Partner, description: 'The partner.', resolve: (row) => row }),
    }),
  });

builder.mutationField('suspendPartner', (t) =>
  t.field({
    type: payload('SuspendPartnerPayload'),
    description:
      'Suspends a partner until it is resumed: the keys of the partner and of all partners below it stop working, and their open WebSockets and streams are closed within seconds. Its cards keep working. A partner can suspend those below it.',
    errors: {
      types: [input.NotFound],
      union: { description: 'The partner, or the reason why nothing changed.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The partner.' }) },
    resolve: (_root, { id }, context) =>
      changed(context, suspendPartner(context.database.sql, below(context, id), changer(context))),
  }),
);

builder.mutationField('resumePartner', (t) =>
  t.field({
    type: payload('ResumePartnerPayload'),
    description:
      'Ends a suspension. Only the account that suspended the partner, or one above it, can do this: if the operator suspended the partner, only the operator.',
    errors: {
      types: [input.NotFound, access.NotAllowed],
      union: { description: 'The partner, or the reason why nothing changed.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The partner.' }) },
    resolve: (_root, { id }, context) =>
      changed(context, resumePartner(context.database.sql, below(context, id), changer(context))),
  }),
);

builder.mutationField('movePartner', (t) =>
  t.field({
    type: payload('MovePartnerPayload'),
    description:
      'Moves a partner, with all partners below it, below another partner or to the top level. The new parents can then see all of its data, including the past; the former parents can no longer see any of it.',
    errors: {
      types: [input.NotFound, input.InvalidInput, input.NameTaken, partners.PartnerMisplaced],
      union: { description: 'The partner, or the reason why it was not moved.' },
    },
    args: {
      id: t.arg.id({ required: true, description: 'The partner.' }),
      parentId: t.arg.id({
        description: 'The new parent; null moves the partner to the top level. Required.',
      }),
    },
    resolve: (_root, { id, parentId }, context) => {
      const { database, viewer } = context;
      if (parentId === undefined) {
        const problem = 'is missing: name the new parent, or send null to move the partner to the top level.';
        throw new input.InvalidInput({ field: 'parentId', problem });
      }
      const above = optionalGlobalId('Partner', parentId);
      return changed(context, movePartner(database.sql, fromGlobalId('Partner', id), above, viewer.actorId));
    },
  }),
);

const below = ({ viewer }: GraphContext, id: string) => partnerBelow(viewer, fromGlobalId('Partner', id));
const changer = ({ viewer }: GraphContext) => ({ actorId: viewer.actorId, branch: viewer.branch });

/** This instance applies the change before it responds; the others do so moments later, when they receive the event. */
async function changed({ partners: tree }: GraphContext, change: Promise<PartnerRow>): Promise<PartnerRow> {
  const partner = await change;
  await tree.refresh();
  return partner;
}
