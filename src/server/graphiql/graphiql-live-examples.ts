/** Subscriptions to single nouns. */
export const live = `# Run one of these and leave it open. Then change something:
# in a second window, or with "npm run demo". To go on where
# you were, add the last cursor that you saw:
# cardBalanceChanged(after: "...").

# 1. Every change of a balance.
subscription Balances {
  cardBalanceChanged {
    at
    cursor
    serials { from to count }
    change { amount currency }
    balance { amount }
  }
}

# 2. Every lock.
subscription Locks {
  cardLockChanged {
    at
    cursor
    serials { from to }
    locked
    reason
  }
}

# 3. The making of a batch. Put its id into "Variables".
#    Order a million cards to have time to look.
subscription BatchProgress($batchId: ID!) {
  cardBatchProgress(batchId: $batchId) {
    at
    state
    made
    total
    cardsPerSecond
    secondsLeft
  }
}
`;

/** The whole feed, live and as pages, and the wall board. */
export const feed = `# Everything that happens, in one order: the same events for
# who watches and for who asks now and then.

# 1. The log from its beginning, a page at a time. Put its
#    "endCursor" into "Variables" for the next page.
query Log($after: Cursor) {
  events(after: $after, first: 10) {
    items {
      ...What
    }
    endCursor
    hasMore
  }
}

# 2. The same, live: begins behind the cursor and goes on.
subscription Everything($after: Cursor) {
  events(after: $after) {
    ...What
  }
}

# 3. Locks, and cards that fall below their batch's threshold.
subscription Worries {
  events(filter: { types: [CARD_LOCKED, LOW_BALANCE] }) {
    ...What
    cardLockChanged { reason note unlockAt }
    lowBalance { threshold { amount } }
  }
}

# 4. A wall board: figures every second.
subscription Board {
  liveStats {
    callsInProgress
    authorizationsPerMinute
    rechargesPerMinute
    locksPerMinute
    failedPinsPerMinute
    turnover { recharged { amount currency } }
  }
}

fragment What on Event {
  cursor
  at
  type
  actor { kind name }
  serials { from to count }
  change { amount currency }
  card { state version balance { amount } }
}
`;
