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
    description: 'The partner above it. Null when there is none, or none that is yours to see.',
    resolve: ({ parent }, _args, { viewer }) => (isInReach(viewer, parent?.id) ? parent : null),
  }),
);

builder.drizzleObjectField(Partner, 'children', (t) =>
  t.relatedConnection(
    'children',
    { description: 'The partners right below it, newest first.', query: { orderBy: { id: 'desc' } } },
    PartnerConnection,
  ),
);

builder.drizzleObjectField(Transfer, 'partner', (t) =>
  t.field({
    type: Partner,
    nullable: true,
    select: { with: { partner: true } },
    description: 'The partner whose wallet it touched. Null when it is not one of yours.',
    resolve: ({ partner }, _args, { viewer }) => (isInReach(viewer, partner?.id) ? partner : null),
  }),
);

const payload = (name: string) =>
  builder.objectRef<PartnerRow>(name).implement({
    description: 'The partner as it is now.',
    fields: (t) => ({
      partner: t.field({ type: Partner, description: 'The partner.', resolve: (row) => row }),
    }),
  });

builder.mutationField('suspendPartner', (t) =>
  t.field({
    type: payload('SuspendPartnerPayload'),
    description:
      'Ends what the keys of a partner and of all below it may do, their open sockets and streams within seconds, until it is resumed. Its cards go on working. A partner suspends those below it.',
    errors: {
      types: [input.NotFound],
      union: { name: 'SuspendPartnerResult', description: 'The partner, or why nothing changed.' },
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
      'Takes a suspension away. Whoever suspended the partner does, or who stands above: what the operator suspended, only the operator.',
    errors: {
      types: [input.NotFound, access.NotAllowed],
      union: { name: 'ResumePartnerResult', description: 'The partner, or why nothing changed.' },
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
      'Puts a partner with all below it below another, or below none. Who is above it then sees all of it, its past too; who was above it sees nothing of it any more.',
    errors: {
      types: [input.NotFound, input.NameTaken, partners.PartnerMisplaced],
      union: { name: 'MovePartnerResult', description: 'The partner, or why it stays where it is.' },
    },
    args: {
      id: t.arg.id({ required: true, description: 'The partner.' }),
      parentId: t.arg.id({ description: 'The partner that it is to be below. Left out: none.' }),
    },
    resolve: (_root, { id, parentId }, context) => {
      const { database, viewer } = context;
      const above = optionalGlobalId('Partner', parentId);
      return changed(context, movePartner(database.sql, fromGlobalId('Partner', id), above, viewer.actorId));
    },
  }),
);

const below = ({ viewer }: GraphContext, id: string) => partnerBelow(viewer, fromGlobalId('Partner', id));
const changer = ({ viewer }: GraphContext) => ({ actorId: viewer.actorId, branch: viewer.branch });

/** This instance knows of the change when it answers; the others within moments, by the event. */
async function changed({ partners: tree }: GraphContext, change: Promise<PartnerRow>): Promise<PartnerRow> {
  const partner = await change;
  await tree.refresh();
  return partner;
}
