import type { Role, Scope } from '../domain/role.ts';

/**
 * Who may do what: the one table. All checks of roles are made from it, and a field that is not in it does not build.
 * A letter is a role: Administrator, Support, aUditor, Partner, sWitch, Cardholder. Whose data a role then sees is
 * checked where the data is loaded. The word is the scope that a restricted key needs.
 */
// biome-ignore format: a table is read by its columns
export const PERMISSIONS = {
  Query: {
    activeCalls:          'ASUP-- READ',
    apiKeys:              'A-UP-- READ',
    call:                 'ASUPW- READ',
    calls:                'ASUP-- READ',
    card:                 'ASUPWC READ',
    cardBatches:          'ASUP-- READ',
    cards:                'ASUP-- READ',
    eventCursor:          'ASUP-C READ',
    node:                 'ASUPWC READ',
    nodes:                'ASUPWC READ',
    numberBindings:       'ASUP-- READ',
    partners:             'ASUP-- READ',
    quoteCall:            'ASUPW- READ',
    rateGroups:           'ASUPW- READ',
    rates:                'ASUPW- READ',
    recharges:            'ASUP-- READ',
    verification:         'A-U--- READ',
    viewer:               'ASUPWC READ',
  },
  Mutation: {
    activateCards:        'A--P-- CARDS',
    adjustCardBalance:    'A----- CARDS',
    authenticateCard:     'A---W- CALLS',
    authorizeCall:        'A---W- CALLS',
    bindNumber:           'AS-PW- CARDS',
    cancelCall:           'A---W- CALLS',
    cancelCardBatch:      'A----- BATCHES',
    completeCall:         'A---W- CALLS',
    createApiKey:         'A--P-- ACCESS',
    createCardBatch:      'A----- BATCHES',
    createPartner:        'A----- PARTNERS',
    createRateGroup:      'A----- RATES',
    createRateUpload:     'A----- RATES',
    deactivateCards:      'A--P-- CARDS',
    exportCardBatch:      'A----- BATCHES',
    extendCall:           'A---W- CALLS',
    importRates:          'A----- RATES',
    lockCard:             'AS-P-- CARDS',
    moveNumber:           'AS-P-- CARDS',
    rechargeCard:         'A--P-- RECHARGES',
    redeemVoucher:        'A--PW- RECHARGES',
    replaceCard:          'A--P-- CARDS',
    reportCalls:          'A---W- CALLS',
    reverseRecharge:      'A--P-- RECHARGES',
    revokeApiKey:         'A--P-- ACCESS',
    rotateApiKey:         'A--P-- ACCESS',
    setCallTerms:         'A----- RATES',
    terminateCall:        'AS---- CALLS',
    topUpPartner:         'A----- PARTNERS',
    unbindNumber:         'AS-PW- CARDS',
    unlockCard:           'AS-P-- CARDS',
  },
  Subscription: {
    callActivity:         'ASUP-C READ',
    cardBalanceChanged:   'ASUP-C READ',
    cardBatchProgress:    'ASUP-- READ',
    cardLockChanged:      'ASUP-C READ',
  },
  // What not everybody may see who sees the object.
  Call: {
    transfers:            'ASUP-C READ',
  },
  Card: {
    batch:                'ASUP-- READ',
    calls:                'ASUP-C READ',
    events:               'ASUP-C READ',
    numberBindings:       'ASUP-C READ',
    partner:              'ASUP-- READ',
    replacedBy:           'ASUP-- READ',
    replaces:             'ASUP-- READ',
    statement:            'ASUP-C READ',
  },
  CardBatch: {
    cards:                'ASUP-- READ',
    partner:              'ASUP-- READ',
  },
  Partner: {
    apiKeys:              'A-UP-- READ',
  },
  Transfer: {
    partner:              'ASUP-- READ',
    reason:               'ASUPW- READ',
    walletBalanceAfter:   'ASUPW- READ',
    walletChange:         'ASUPW- READ',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The columns, in order. */
const LETTERS: Readonly<Record<string, Role>> = {
  A: 'ADMINISTRATOR',
  S: 'SUPPORT',
  U: 'AUDITOR',
  P: 'PARTNER',
  W: 'SWITCH',
  C: 'CARDHOLDER',
};

interface Permission {
  readonly roles: ReadonlySet<Role>;
  readonly scope: Scope;
}

const permissions: ReadonlyMap<string, Permission> = new Map(
  Object.entries(PERMISSIONS).flatMap(([type, fields]) =>
    Object.entries(fields).map(([field, line]) => [`${type}.${field}`, readLine(line)] as const),
  ),
);

/** Whether a field, such as `Query.cards`, has a line of its own. */
export function hasPermission(field: string): boolean {
  return permissions.has(field);
}

/** What a key of a role, restricted to some scopes or to none (null), may ask for. */
export function mayUse(
  { role, scopes }: { readonly role: Role; readonly scopes: readonly Scope[] | null },
  field: string,
): boolean {
  const permission = permissions.get(field);
  if (!permission?.roles.has(role)) return false;
  return scopes === null || scopes.includes(permission.scope);
}

function readLine(line: string): Permission {
  const [letters = '', scope] = line.split(' ');
  const roles = [...letters].flatMap((letter) => LETTERS[letter] ?? []);
  return { roles: new Set(roles), scope: scope as Scope };
}
