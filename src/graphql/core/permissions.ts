import type { Scope } from '../../domain/access/role.ts';
import type { RoleLetters } from './role-letters.ts';

/** The roles that may use a field, and the scope that a restricted key needs for it. */
export type PermissionLine = `${RoleLetters} ${Scope}`;

/**
 * The single table of permissions. All role checks derive from it, and a field that is missing from it fails the build.
 * Each letter is a role: Administrator, Support, aUditor, Partner, sWitch, Cardholder. The word is the scope that a
 * restricted key needs. Which objects a role may see is checked where the data is loaded.
 */
// biome-ignore format: a table is read by its columns
export const PERMISSIONS = {
  Query: {
    activeCalls:          'ASUP-- READ',
    apiKeys:              'A-UP-- READ',
    auditLog:             'A-U--- READ',
    batchLifeReport:      'ASUP-- READ',
    call:                 'ASUPW- READ',
    calls:                'ASUP-- READ',
    card:                 'ASUPWC READ',
    cardBatches:          'ASUP-- READ',
    cardImports:          'A-U--- READ',
    cards:                'ASUP-- READ',
    cardStatementReport:  'ASUP-- READ',
    cardStatesReport:     'ASUP-- READ',
    eventCursor:          'ASUP-C READ',
    events:               'ASUP-C READ',
    expiringCardsReport:  'ASUP-- READ',
    failedAuthentications: 'ASU--- READ',
    failedAuthenticationsReport: 'ASU--- READ',
    guessBudget:          'ASU--- READ',
    importRatesPreview:   'A----- RATES',
    liabilityReport:      'ASU--- READ',
    node:                 'ASUPWC READ',
    nodes:                'ASUPWC READ',
    numberBindings:       'ASUP-- READ',
    partners:             'ASUP-- READ',
    pinReveals:           'A-U--- READ',
    quoteCall:            'ASUPW- READ',
    rateGroups:           'ASUPW- READ',
    rates:                'ASUPW- READ',
    recharges:            'ASUP-- READ',
    rechargesReport:      'ASUP-- READ',
    revenueReport:        'ASU--- READ',
    securityAlerts:       'ASU--- READ',
    usageReport:          'ASUP-- READ',
    verification:         'A-U--- READ',
    viewer:               'ASUPWC READ',
    walletStatementReport: 'ASUP-- READ',
  },
  Mutation: {
    activateCards:        'A--P-- CARDS',
    adjustCardBalance:    'A----- CARDS',
    approvePinReveal:     'A----- BATCHES',
    authenticateCard:     'A---W- CALLS',
    authorizeCall:        'A---W- CALLS',
    bindNumber:           'AS-PW- CARDS',
    cancelCall:           'A---W- CALLS',
    cancelCardBatch:      'A----- BATCHES',
    changeCards:          'A--P-- CARDS',
    completeCall:         'A---W- CALLS',
    confirmClock:         'A----- ACCESS',
    createApiKey:         'A--P-- ACCESS',
    createCardBatch:      'A----- BATCHES',
    createCardUpload:     'A----- BATCHES',
    createPartner:        'A--P-- PARTNERS',
    createRateGroup:      'A----- RATES',
    createRateUpload:     'A----- RATES',
    deactivateCards:      'A--P-- CARDS',
    eraseNumber:          'A----- CARDS',
    exportAuditLog:       'A-U--- READ',
    exportCardBatch:      'A----- BATCHES',
    exportReport:         'ASUP-- READ',
    extendCall:           'A---W- CALLS',
    importCards:          'A----- BATCHES',
    importRates:          'A----- RATES',
    lockCard:             'AS-P-- CARDS',
    moveNumber:           'AS-P-- CARDS',
    movePartner:          'A----- PARTNERS',
    rechargeCard:         'A--P-- RECHARGES',
    rechargeCards:        'A--P-- RECHARGES',
    redeemVoucher:        'A--PW- RECHARGES',
    removeCardBatch:      'A----- BATCHES',
    removePartner:        'A----- PARTNERS',
    removeRateGroup:      'A----- RATES',
    reopenCard:           'A----- CARDS',
    replaceCard:          'A--P-- CARDS',
    reportCalls:          'A---W- CALLS',
    resumePartner:        'A--P-- PARTNERS',
    revealPin:            'A----- BATCHES',
    reverseRecharge:      'A--P-- RECHARGES',
    revokeApiKey:         'A--P-- ACCESS',
    rotateApiKey:         'A--P-- ACCESS',
    setCallTerms:         'A----- RATES',
    setRate:              'A----- RATES',
    terminateCall:        'AS---- CALLS',
    suspendPartner:       'A--P-- PARTNERS',
    topUpPartner:         'A--P-- PARTNERS',
    unbindNumber:         'AS-PW- CARDS',
    unlockCard:           'AS-P-- CARDS',
    updateCardBatch:      'A----- BATCHES',
    updatePartner:        'A----- PARTNERS',
    updateRateGroup:      'A----- RATES',
    withdrawFromPartner:  'A--P-- PARTNERS',
    withdrawRate:         'A----- RATES',
  },
  Subscription: {
    callActivity:         'ASUP-C READ',
    cardBalanceChanged:   'ASUP-C READ',
    cardBatchProgress:    'ASUP-- READ',
    cardImportProgress:   'A-U--- READ',
    cardLockChanged:      'ASUP-C READ',
    cardStateChanged:     'ASUP-C READ',
    events:               'ASUP-C READ',
    liveStats:            'ASUP-- READ',
    lowBalance:           'ASUP-C READ',
    rechargeMade:         'ASUP-C READ',
    securityAlerts:       'ASU--- READ',
  },
  // Fields that not every role that sees the object may see.
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
  CardBatchProgress: {
    cardBatch:            'ASUP-- READ',
  },
  Event: {
    batchId:              'ASUP-- READ',
    partnerId:            'ASUP-- READ',
  },
  Partner: {
    apiKeys:              'A-UP-- READ',
  },
  Transfer: {
    discount:             'ASUPW- READ',
    partner:              'ASUP-- READ',
    reason:               'ASUPW- READ',
    walletBalanceAfter:   'ASUPW- READ',
    walletChange:         'ASUPW- READ',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, PermissionLine>>>>;

/** Fields visible to everyone who may see the object. */
export const OPEN: Readonly<Record<string, string>> = {
  AccessSurcharge: 'accessNumber connectionFee pricePerMinute',
  ApiKey: `
    callerNumberForm createdAt dialedNumberForm expiresAt id lastUse name networks partner prefix revokedAt role scopes
    switchGroup
  `,
  ApiKeyUse: 'address at',
  AuditEntry: `
    actorId address at id keyPrefix objectId objectType operation outcome requestId role
  `,
  BatchCardStates: `
    active cardBatchId cardBatchName closed deactivated expired inGrace inactive locked made
    partnerId partnerName
  `,
  BatchLife: `
    activated adjusted averageDaysToFirstUse cardBatchId cardBatchName exhausted expired fees
    firstUsed forfeited issued left made moved partnerId partnerName recharged replaced used
    usedWithinDay usedWithinMonth usedWithinQuarter usedWithinWeek
  `,
  Call: `
    accessNumber answeredAt authorizedAt card charge destination endedAt expiresAt grantedSeconds
    hangupCause held id number rating refusal state switchCallId terminating uncollected
    usedSeconds
  `,
  CallActivity: `
    actor at call card charge currentCard cursor destination grantedSeconds limit refusal serials
    state switchCallId type usedSeconds
  `,
  CallGrant: 'final limit seconds',
  CallQuote: `
    affordableSeconds billedSeconds charge connectionFee destination freeSeconds increment initialIncrement
    minimumCharge number pricePerMinute rate timeBand
  `,
  CallRating: `
    connectionFee destination freeSeconds included increment initialIncrement minimumCharge prefix
    pricePerMinute surcharge timeBand
  `,
  CallReportOutcome: 'result switchCallId',
  CallTerms: `
    blockedPrefixes freeSeconds maxCharge maxSeconds minimumCharge sliceSeconds surcharges
    timeBands timeZone
  `,
  Card: `
    activatedAt available balance callsInProgress closedAt createdAt faceValue firstUsedAt graceUntil held id
    lock nextFeeAt ownGraceDays ownMaxBoundNumbers ownMaxConcurrentCalls ownValidityDays serial state validUntil
    version
  `,
  CardBalanceChange: 'actor at balance card change currentCard cursor held serials version',
  CardBatch: `
    callSurcharge createdAt faceValue failure finishedAt firstUseBy firstUseFee graceDays id
    imported language lowBalanceThreshold made maintenanceFee maxBoundNumbers maxConcurrentCalls
    name plan quantity rateGroup recharge replacement
    serialPrefix startedAt state type validityDays
  `,
  CardBatchProgress: 'actor at cardBatchId cardsPerSecond cursor made secondsLeft state total',
  CardChangeOutcome: 'key result',
  CardEvent: `
    actor at balance card change currentCard cursor note number reason serials type version
  `,
  CardImport:
    'cardBatch check columns createdAt failure finishedAt id notes problemCount problems rowCount state totals',
  CardImportTotals: 'boundNumbers expired file leftOut numbersLeft overdrawn states taken withFaceValue',
  CardImportTally: 'amount count state',
  CardFileColumn: 'head ignoredAsRequested readAs refused',
  CardImportProblem: 'code column line message',
  CardImportProgress: 'at cardImport cursor problems readShare rows state',
  CardLock: 'lockedAt reason unlockAt',
  CardLockChange: 'actor at card currentCard cursor locked note reason serials unlockAt',
  CardRefusal: 'error serial',
  CardStateChange: 'actor at before card cause currentCard cursor reason serials state',
  CardVersion: `
    available balance cardId graceUntil held lockReason serial state unlockAt validUntil version
  `,
  ChangedCard: 'cardId serial state',
  DayLiability: 'day owed',
  DayRecharges: 'amount day discount discountReturned partnerId partnerName recharges reversals reversed',
  DayRevenue: 'day fees forfeited total usage',
  DayUsage: `
    answerRatioPercent answered averageSeconds calls charge day destination minutes partnerId
    partnerName rateGroupId rateGroupName
  `,
  DestinationRateChange: `
    added cheaper dearer destination highestAfter highestBefore lowestAfter lowestBefore mixed removed unchanged
  `,
  Discrepancy: 'check problem row',
  Download: 'expiresAt url',
  Event: `
    actor at callActivity card cardBalanceChanged cardBatchProgress cardLockChanged
    cardStateChanged change currentCard cursor lowBalance note number reason rechargeMade
    securityAlert serials type walletBalanceAfter
  `,
  EventActor: 'actorId kind name',
  EventPage: 'endCursor hasMore items',
  ExpiringCard: `
    balance cardBatchId cardBatchName cardId graceUntil partnerId partnerName serial state
    validUntil
  `,
  FailedAuthentication: `
    accessNumber address attempts callerNumber card credential lastAt minute operation reason
    serial
  `,
  FailureSource: 'attempts compared firstAt lastAt source',
  GuessAllowance: 'allowed reserved share since trippedAt until used',
  GuessBudget: 'formats pin serialAndPin voucher',
  LiveCardEvent: 'actor at card currentCard cursor serials',
  LiveEvent: 'actor at cursor',
  LiveStats: `
    at authorizationsPerMinute callsInProgress failedPinsPerMinute locksPerMinute
    rechargesPerMinute refusalsPerMinute turnover
  `,
  LiveTurnover: 'charged currency recharged',
  LowBalance: 'actor at balance card currentCard cursor serials threshold',
  MaintenanceFee: 'amount everyDays',
  Money: 'amount currency',
  NumberBinding: 'card createdAt number',
  Partner: `
    allowedBatchIds allowedRateGroupIds available balance batches children createdAt creditLimit
    dailyCardLimit dailyLimit discountPercent id name parent statement suspendedAt
  `,
  PinFormatInUse: 'cards density format possible',
  PinReveal: 'approvedAt approvedBy batch card expiresAt id reason requestedAt requestedBy revealedAt',
  Plan: 'fairUseDaySeconds fairUseMonthSeconds maxCallSeconds',
  Rate: `
    barred connectionFee destination effectiveFrom effectiveTo group id increment initialIncrement prefix
    pricePerMinute withdrawn
  `,
  RateBarChange: 'destination effectiveFrom isPriced prefix pricePerMinute',
  RateDeckColumn: 'head readAs',
  RateDeckProblem: 'code column line message value',
  RateDifference: `
    added cheaper dearer destinationCount destinations ineffective liftedBarCount liftedBars mixed newlyBarred
    newlyBarredCount removed unchanged
  `,
  RateGroup: 'callTerms createdAt currency id name rateCount version',
  RateImportPreview:
    'changed columns difference encoding imported laterRatesDeleted notes otherSheets sheet skippedLines withdrawn',
  RechargedCard: 'balance transfer',
  RechargeMade: `
    actor amount at card currentCard cursor kind payerId serials transfer transferId
    walletBalanceAfter
  `,
  RechargeRowOutcome: 'key result',
  RechargeRules: 'extendsValidityDays max min',
  ReportedCall: 'balance call grant',
  ReplacementPolicy: 'allowed fee',
  SecurityAlert: 'at card credential kind message partner source sourceKind',
  SecurityAlertEvent: 'actor alert at cardId cursor kind message partnerId',
  SerialRange: 'count from to',
  TimeBand: 'fromMinute name percent toMinute weekdays',
  Transfer: 'amount card cardBalanceAfter cardChange createdAt id kind reversal reverses',
  Upload: 'expiresAt id url',
  Verification: 'auditEntries cards clean discrepancies events idempotencyKeys lastSeal partners transfers',
  Viewer: 'apiKey card name partner role scopes',
};
