import { isOperator } from '../../domain/access/role.ts';
import { SYSTEM_ACTOR } from '../../domain/event.ts';
import type { KnownActor } from '../../store/access/actors.ts';
import { builder } from '../core/builder.ts';
import type { Viewer } from '../core/context.ts';
import { mayUse } from '../core/permission-check.ts';
import { isInReach } from '../core/visibility-check.ts';

const KINDS = {
  SYSTEM: { description: 'The system itself: a background job or the PIN protection.' },
  OPERATOR: { description: 'An API key of the operator.' },
  PARTNER: { description: 'An API key of a partner.' },
  SWITCH: { description: 'An API key of a switch.' },
  PERSON: { description: 'A person signed in through the identity provider.' },
};

const EventActorKind = builder.enumType('EventActorKind', {
  description: 'The kind of actor that caused an event.',
  values: KINDS,
});

export const EventActor = builder.objectRef<KnownActor>('EventActor').implement({
  description:
    'The actor that caused an event. Everyone can see its kind. Its identity is visible to the operator and, for keys of a partner or of those below it, to that partner.',
  fields: (t) => ({
    kind: t.field({ type: EventActorKind, description: 'The kind of actor.', resolve: kindOf }),
    actorId: t.string({
      nullable: true,
      description: 'The identity of the actor, as in the audit trail. Null if you may not see it.',
      resolve: (actor, _args, { viewer }) => (mayKnow(viewer, actor) ? actor.id : null),
    }),
    name: t.string({
      nullable: true,
      description: 'The name of the key, if you may see keys.',
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
