/** A tab of GraphiQL. */
interface Example {
  readonly query: string;
  /** JSON. */
  readonly variables: string;
  /** JSON. GraphiQL has headers for each tab, so the key goes into each. */
  readonly headers: string;
}

const start = `# Welcome. Nothing here is open without an API key. Put yours into "Headers", at the bottom of this page:
#
#   { "Authorization": "Bearer clk_..." }
#
# The first start of the server showed an administrator's key; "cardline create-key" makes another.
# Then press Ctrl-Enter, or the round button and choose: this tab and the others have several operations,
# in the order in which you need them. Each tab has its own headers: put the key into each.

# 1. Who am I?
query WhoAmI {
  viewer { name role partner { name balance { amount currency } } }
}

# 2. The price lists. Keep the id of one: cards call by it.
query PriceLists {
  rateGroups(first: 10) { edges { node { id name currency rateCount } } }
}

# 3. What a list says of a place. Put its id into "Variables".
query Rates($rateGroupId: ID!) {
  rates(rateGroupId: $rateGroupId, filter: { destination: "mexico city" }, first: 5) {
    edges { node { prefix destination ratePerMinute initialIncrement increment } }
  }
}

# 4. How long five euro last for a call there.
query Quote($rateGroupId: ID!) {
  quoteCall(rateGroupId: $rateGroupId, number: "+52 55 1234 5678", balance: { amount: "5.00", currency: "EUR" }) {
    ... on CallQuote { number destination affordableSeconds rate { ratePerMinute } }
    ... on Error { code message }
  }
}
`;

const batch = `# 1. Order a thousand cards. Put the id of a price list in EUR (first tab) into "Variables" below.
mutation OrderBatch($rateGroupId: ID!) {
  createCardBatch(
    input: {
      name: "My first batch"
      type: RECHARGEABLE
      quantity: 1000
      faceValue: { amount: "5.00", currency: "EUR" }
      validityDays: 90
      graceDays: 7
      serialPrefix: "TRY-"
      rateGroupId: $rateGroupId
    }
  ) {
    ... on CreateCardBatchPayload { cardBatch { id state quantity } }
    ... on Error { code message }
  }
}

# 2. How far is it? The last tab has the same as a subscription.
query Progress {
  cardBatches(first: 1) { edges { node { id name state made quantity failure } } }
}

# 3. Put the cards into service: each gets its 5.00 EUR.
mutation Activate {
  activateCards(cards: { serials: { from: "TRY-0000000001", to: "TRY-0000001000" } }) {
    ... on ActivateCardsPayload { activated refused refusals { serial error { code message } } }
    ... on Error { code message }
  }
}

# 4. The print file, the one place where PINs are readable. Put the id of the batch into "Variables",
#    and open the link in another window: it works once.
mutation PrintFile($batchId: ID!) {
  exportCardBatch(id: $batchId) {
    ... on ExportCardBatchPayload { download { url expiresAt } }
    ... on Error { code message }
  }
}
`;

const callers = `# What a switch or IVR asks. An administrator may too; in earnest it has a key with the role SWITCH.

# 1. A caller keys a PIN. Put one from the print file into "Variables". Its first use starts the 90 days.
mutation CallerWithPin($pin: String!) {
  authenticateCard(input: { by: { pin: $pin } }) {
    ... on AuthenticateCardPayload { balance { amount currency } state remainingSeconds card { serial } }
    ... on Error { code message }
  }
}

# 2. From now on the caller's number stands for the card.
mutation Bind($serial: String!) {
  bindNumber(input: { card: { serial: $serial }, number: "+994 50 212 34 56" }) {
    ... on BindNumberPayload { number card { serial } }
    ... on Error { code message }
  }
}

# 3. A call from that number, in another form: no PIN needed.
mutation CallerByNumber {
  authenticateCard(input: { by: { ani: "00994502123456" } }) {
    ... on AuthenticateCardPayload { balance { amount currency } state remainingSeconds card { serial } }
    ... on Error { code message }
  }
}
`;

const money = `# 1. Recharge a card. Run it twice: the same key moves the money once and gets the same answer.
#    For another recharge change "idempotencyKey" in "Variables".
mutation Recharge($serial: String!, $idempotencyKey: ID!) {
  rechargeCard(
    input: {
      card: { serial: $serial }
      amount: { amount: "10.00", currency: "EUR" }
      idempotencyKey: $idempotencyKey
    }
  ) {
    ... on RechargeCardPayload { transfer { id createdAt } balance { amount currency } }
    ... on Error { code message retryable }
  }
}

# 2. The statement of the card, newest first.
query Statement($serial: String!) {
  card(by: { serial: $serial }) {
    serial
    state
    balance { amount currency }
    validUntil
    statement(first: 10) {
      edges { node { createdAt kind cardChange { amount } cardBalanceAfter { amount } reason } }
    }
  }
}

# 3. Lock it and unlock it.
mutation Lock($serial: String!) {
  lockCard(input: { card: { serial: $serial }, reason: OPERATOR, note: "Trying it out" }) {
    ... on LockCardPayload { card { state lock { reason lockedAt } } }
    ... on Error { code message }
  }
}

mutation Unlock($serial: String!) {
  unlockCard(input: { card: { serial: $serial } }) {
    ... on UnlockCardPayload { card { state } }
    ... on Error { code message }
  }
}
`;

const live = `# Run one of these, leave this tab open, and change something: in a second window, or with "npm run demo".
# The cursor of what you saw last resumes there: add (after: "...").

# 1. Every change of a balance.
subscription Balances {
  cardBalanceChanged { at cursor serials { from to count } change { amount currency } balance { amount } }
}

# 2. Every lock.
subscription Locks {
  cardLockChanged { at cursor serials { from to } locked reason note }
}

# 3. The making of a batch. Put its id into "Variables". Order a million cards to have time to look.
subscription BatchProgress($batchId: ID!) {
  cardBatchProgress(batchId: $batchId) { at made total cardsPerSecond secondsLeft state }
}
`;

/** The tabs that GraphiQL opens with: a tour, in the order in which a newcomer needs it. */
export const graphiqlExamples: Example[] = [
  example(start, { rateGroupId: '' }),
  example(batch, { rateGroupId: '', batchId: '' }),
  example(callers, { pin: '', serial: 'TRY-0000000001' }),
  example(money, { serial: 'TRY-0000000001', idempotencyKey: 'my-first-recharge' }),
  example(live, { batchId: '' }),
];

function example(query: string, variables: Record<string, string>): Example {
  const headers = { Authorization: 'Bearer clk_...' };
  return { query, variables: JSON.stringify(variables, null, 2), headers: JSON.stringify(headers, null, 2) };
}
