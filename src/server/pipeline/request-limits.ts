import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { counted } from '../../domain/rejections/counted.ts';
import type { Viewer } from '../../graphql/core/context.ts';
import { requestError } from '../../graphql/core/error-codes.ts';
import { OwnerLimiter } from '../../store/batching/owner-limiter.ts';
import type { RequestContext } from '../authentication/request-context.ts';
import type { Settings } from '../settings/settings.ts';
import { type Admission, OVERLOADED, ownerOf } from './admission.ts';
import { operationKind } from './operation-kind.ts';

type Limits = Pick<Settings, 'maxRequestsPerKey' | 'maxRequestsPerPartner' | 'databasePoolSize'>;
type Run = (args: ExecutionArgs) => unknown;

/** Lists of one owner: one looks up its cards while the writer works for the other. */
const LISTS_AT_ONCE = 2;

/**
 * Limits the concurrent operations of one credential, of all credentials of one partner, and of all, over every transport.
 * Queries of one owner share half of the database connections and wait for each other, so that the rest stay free for
 * others. Lists of one owner wait for each other before their arguments are read, which takes milliseconds; the command
 * writer shares out all other mutations by itself.
 */
export function useRequestLimits(limits: Limits, admission: Admission): Plugin<RequestContext> {
  const inProgress = new Map<string, number>();
  const turns = {
    QUERY: new OwnerLimiter(Math.ceil(limits.databasePoolSize / 2)),
    LIST: new OwnerLimiter(LISTS_AT_ONCE),
    SINGLE: undefined,
  };

  const count = (name: string, by: 1 | -1) => {
    const now = (inProgress.get(name) ?? 0) + by;
    if (now === 0) inProgress.delete(name);
    else inProgress.set(name, now);
  };

  const limited =
    (run: Run): Run =>
    (args) => {
      const { viewer } = args.contextValue as RequestContext;
      const shares = sharesOf(viewer, limits);
      const full = shares.find(({ name, limit }) => (inProgress.get(name) ?? 0) >= limit);
      if (full) return tooMany(full);
      const kind = operationKind(args);
      if (kind !== 'LIST' && admission.refuses(viewer)) return overloaded();
      for (const { name } of shares) count(name, 1);
      const owner = ownerOf(viewer);
      const turn = turns[kind]?.enter(owner);
      const leave = () => {
        turns[kind]?.leave(owner);
        for (const { name } of shares) count(name, -1);
      };
      const begin = () => (kind === 'LIST' ? run(args) : admitted(admission, viewer, () => run(args)));
      return leaving(() => (turn ? turn.then(begin) : begin()), leave);
    };
  return {
    onExecute: ({ executeFn, setExecuteFn }) => setExecuteFn(limited(executeFn as Run) as typeof executeFn),
  };
}

interface Share {
  readonly name: string;
  readonly whose: string;
  readonly limit: number;
}

function sharesOf({ actorId, partnerId }: Viewer, limits: Limits): Share[] {
  const { maxRequestsPerKey, maxRequestsPerPartner } = limits;
  const shares = [{ name: actorId, whose: 'of this key', limit: maxRequestsPerKey }];
  if (partnerId !== null)
    shares.push({ name: partnerId, whose: "of this partner's keys", limit: maxRequestsPerPartner });
  return shares;
}

/**
 * Counts what the process works for. Operations that wait for their owner's turn make nobody else wait, and lists take
 * long and have their own limit: neither says how long the next operation would take.
 */
function admitted(admission: Admission, viewer: Viewer, run: () => unknown): unknown {
  admission.enter(viewer);
  return leaving(run, () => admission.leave(viewer));
}

/** Runs a function that may return a result or a promise, and calls `leave` when it has settled. */
function leaving(run: () => unknown, leave: () => void): unknown {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    leave();
    throw error;
  }
  if (!(result instanceof Promise)) {
    leave();
    return result;
  }
  return result.then(
    (value) => {
      leave();
      return value;
    },
    (error) => {
      leave();
      throw error;
    },
  );
}

function tooMany({ whose, limit }: Share): ExecutionResult {
  const message = `${counted(limit, 'request')} ${whose} ${limit === 1 ? 'is' : 'are'} in progress, which is the limit: nothing was done. Send it again when others have been answered.`;
  return { errors: [requestError('TOO_MANY_REQUESTS', message)] };
}

function overloaded(): ExecutionResult {
  return { errors: [requestError(OVERLOADED.code, OVERLOADED.message)] };
}
