import { Overloaded } from '../../domain/rejections/commands.ts';
import type { Command, CommandClass } from './command.ts';

interface Owner {
  count: number;
  /** For each card that its waiting commands name: how many name it, and the class in which they wait. */
  readonly cards: Map<string, { count: number; readonly class: CommandClass }>;
}

const URGENCY: Readonly<Record<CommandClass, number>> = { CALL: 2, SINGLE: 1, BULK: 0 };

/** The owner whose share of the writer a command uses. */
export const ownerOf = ({ ownerId, actorId }: Command<unknown>) => ownerId ?? actorId;

/** Counts each owner's waiting commands, and the cards they name. */
export class CommandOwners {
  readonly #owners = new Map<string, Owner>();
  readonly #limits: { readonly inAll: number; readonly each: number };
  #count = 0;

  constructor(limits: { inAll: number; each: number }) {
    this.#limits = limits;
  }

  /**
   * Beyond the total limit, refuses owners that already have an equal share of it waiting: no owner's commands can
   * leave others without room.
   *
   * @throws Overloaded
   */
  refuseMore(command: Command<unknown>): void {
    const { inAll, each } = this.#limits;
    const own = this.#owners.get(ownerOf(command))?.count ?? 0;
    const part = Math.ceil(inAll / Math.max(1, this.#owners.size));
    if (own >= each || (this.#count >= inAll && own >= part)) throw new Overloaded({ queued: own });
  }

  /**
   * Adds a command and returns the class it must wait in: its own, or that of another command of its owner that waits
   * for the same card, which it must not overtake.
   */
  enter(command: Command<unknown>): CommandClass {
    const ownerId = ownerOf(command);
    const owner = this.#owners.get(ownerId) ?? { count: 0, cards: new Map() };
    this.#owners.set(ownerId, owner);
    const cards = command.needs.cards ?? [];
    const found = cards.flatMap((id) => owner.cards.get(id)?.class ?? []);
    const named = found.reduce<CommandClass | undefined>(lessUrgent, undefined) ?? command.class ?? 'SINGLE';
    this.#count += 1;
    owner.count += 1;
    for (const id of cards) {
      const known = owner.cards.get(id);
      if (known) known.count += 1;
      else owner.cards.set(id, { count: 1, class: named });
    }
    return named;
  }

  leave(command: Command<unknown>): void {
    const ownerId = ownerOf(command);
    const owner = this.#owners.get(ownerId);
    if (!owner) return;
    this.#count -= 1;
    owner.count -= 1;
    if (owner.count === 0) this.#owners.delete(ownerId);
    for (const id of command.needs.cards ?? []) {
      const known = owner.cards.get(id);
      if (!known) continue;
      known.count -= 1;
      if (known.count === 0) owner.cards.delete(id);
    }
  }
}

function lessUrgent(one: CommandClass | undefined, other: CommandClass): CommandClass {
  return one !== undefined && URGENCY[one] < URGENCY[other] ? one : other;
}
