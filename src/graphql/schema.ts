import { lexicographicSortSchema } from 'graphql';
import './scalars.ts';
import './api-keys.ts';
import './authentication.ts';
import './balance-changes.ts';
import './batch-export.ts';
import './batch-progress.ts';
import './card-activation.ts';
import './card-batch-type.ts';
import './card-batches.ts';
import './card-adjustments.ts';
import './card-events.ts';
import './card-locks.ts';
import './card-queries.ts';
import './card-replacements.ts';
import './event-cursor.ts';
import './lock-changes.ts';
import './number-bindings.ts';
import './call-quotes.ts';
import './partners.ts';
import './rate-groups.ts';
import './rate-imports.ts';
import './rate-queries.ts';
import './rate-types.ts';
import './recharges.ts';
import './verification.ts';
import './viewer.ts';
import { builder } from './builder.ts';
import { implementErrorInterface } from './errors.ts';

implementErrorInterface();

/** The whole API: each imported file adds the types, queries and mutations of its noun. */
export const schema = lexicographicSortSchema(builder.toSchema());
