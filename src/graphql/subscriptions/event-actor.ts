import { isOperator } from '../../domain/access/role.ts';
import { SYSTEM_ACTOR } from '../../domain/event.ts';
import type { KnownActor } from '../../store/access/actors.ts';
import { builder } from '../core/builder.ts';
import type { Viewer } from '../core/context.ts';
import { mayUse } from '../core/permission-check.ts';
import { isInReach } from '../core/visibility-check.ts';

const KINDS = {
  SYSTEM: { description: 'What runs by itself: a job, or the defence of PINs.' },
  OPERATOR: { description: "One of the operator's keys." },
  PARTNER: { description: "A partner's key." },
  SWITCH: { description: "A switch's key." },
  PERSON: { description: 'A person who came by way of the identity provider.' },
};

const EventActorKind = builder.enumType('EventActorKind', {
  description: 'What kind of actor caused an event.',
  values: KINDS,
});

export const EventActor = builder.objectRef<KnownActor>('EventActor').implement({
  description:
    'Who caused an event. Everybody is told what kind of actor it was. Which one, only the operator is told, and a partner of the keys of its own branch.',
  fields: (t) => ({
    kind: t.field({ type: EventActorKind, description: 'What kind of actor.', resolve: kindOf }),
    actorId: t.string({
      nullable: true,
      description: 'Which one, as the audit trail names it. Null when it is not for you to know.',
      resolve: (actor, _args, { viewer }) => (mayKnow(viewer, actor) ? actor.id : null),
    }),
    name: t.string({
      nullable: true,
      description: 'The name of the key, for who may see keys.',
      resolve: (actor, _args, { viewer }) =>
        mayKnow(viewer, actor) && mayUse(viewer, 'Query.apiKeys') ? actor.name : null,
    }),
  }),
});

function kindOf({ id, role }: KnownActor): keyof typeof KINDS {
  if (id === SYSTEM_ACTOR) return 'SYSTEM';
  if (role === null) return 'PERSON';
  return isOperator(role) ? 'OPERATOR' : (role as 'PARTNER' | 'SWITCH');
}

function mayKnow(viewer: Viewer, { partnerId }: KnownActor): boolean {
  return isOperator(viewer.role) || (partnerId !== null && isInReach(viewer, partnerId));
}
