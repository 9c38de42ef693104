import { feed, live } from './graphiql-live-examples.ts';

/** A tab of GraphiQL. */
interface Example {
  readonly query: string;
  /** JSON. */
  readonly variables: string;
  /** JSON. GraphiQL has headers for each tab, so the key goes into each. */
  readonly headers: string;
}

/** Without variables: GraphiQL omits those of the first tab. */
const start = `# Welcome. Nothing is open here without an API key.
# Click "Headers" at the bottom and put this there:
#
#   { "Authorization": "Bearer clk_..." }
#
# with your key instead of clk_... The first start of the
# server wrote one to a file and said where; "cardline
# create-key" makes another.
#
# Then press the button on the right and choose an
# operation, or put the cursor into one and press
# Ctrl-Enter. The tabs follow the order in which you need
# them. Each has its own headers: put the key into each.

# 1. Who am I?
query WhoAmI {
  viewer {
    name
    role
    partner { name balance { amount currency } }
  }
}

# 2. The price lists. Keep the id of the one in EUR: the
#    next tab asks for it.
query PriceLists {
  rateGroups(first: 10) {
    edges { node { id name currency rateCount } }
  }
}
`;

const batch = `# Put the id of a price list (first tab) into "Variables"
# below, and your key into "Headers".

# 1. What does a call cost?
query Rates($rateGroupId: ID!) {
  rates(
    rateGroupId: $rateGroupId
    filter: { destination: "mexico city" }
    first: 5
  ) {
    edges {
      node {
        prefix
        destination
        pricePerMinute
        initialIncrement
        increment
      }
    }
  }
}

# 2. Order a thousand cards of 5.00 EUR. They are made in
#    the background.
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
    ... on CreateCardBatchPayload {
      cardBatch { id state quantity }
    }
    ... on Error { code message }
  }
}

# 3. How far is it? The tab "Balances" has it live.
query Progress {
  cardBatches(first: 1) {
    edges { node { id state made quantity failure } }
  }
}

# 4. Put the cards into service: each gets its 5.00 EUR.
mutation Activate {
  activateCards(
    cards: {
      serials: { from: "TRY-0000000001", to: "TRY-0000001000" }
    }
  ) {
    ... on ActivateCardsPayload {
      activated
      refused
      refusals { serial error { code message } }
    }
    ... on Error { code message }
  }
}

# 5. The print file, the one place where PINs are readable.
#    Put the id of the batch into "Variables" and open the
#    link you get in another window: it works once.
mutation PrintFile($batchId: ID!) {
  exportCardBatch(id: $batchId) {
    ... on ExportCardBatchPayload {
      download { url expiresAt }
    }
    ... on Error { code message }
  }
}
`;

const callers = `# What a switch or IVR asks. An administrator may too; in
# earnest it has a key with the role SWITCH.

# 1. A caller keys a PIN. Put one from the print file into
#    "Variables". The first call starts the card's 90 days.
mutation CallerWithPin($pin: String!) {
  authenticateCard(input: { by: { pin: $pin } }) {
    ... on AuthenticateCardPayload {
      card { serial }
      state
      balance { amount currency }
      remainingSeconds
    }
    ... on Error { code message }
  }
}

# 2. From now on the caller's number stands for a card.
mutation BindNumber($serial: String!) {
  bindNumber(
    input: {
      card: { serial: $serial }
      number: "+994 50 212 34 56"
    }
  ) {
    ... on BindNumberPayload { number card { serial } }
    ... on Error { code message }
  }
}

# 3. A call from that number, written in another form: no
#    PIN needed.
mutation CallerByNumber {
  authenticateCard(input: { by: { ani: "00994502123456" } }) {
    ... on AuthenticateCardPayload {
      card { serial }
      state
      balance { amount currency }
      remainingSeconds
    }
    ... on Error { code message }
  }
}

# 4. How long 5.00 EUR last for a call. Put the id of the
#    price list into "Variables".
query QuoteCall($rateGroupId: ID!) {
  quoteCall(
    rateGroupId: $rateGroupId
    number: "+52 55 1234 5678"
    balance: { amount: "5.00", currency: "EUR" }
  ) {
    ... on CallQuote {
      number
      destination
      affordableSeconds
      rate { prefix pricePerMinute }
    }
    ... on Error { code message }
  }
}
`;

const money = `# 1. Recharge a card. Run it twice: one key moves the money
#    once and gets one answer. For another recharge change
#    "idempotencyKey" in "Variables".
mutation Recharge($serial: String!, $idempotencyKey: ID!) {
  rechargeCard(
    input: {
      card: { serial: $serial }
      amount: { amount: "10.00", currency: "EUR" }
      idempotencyKey: $idempotencyKey
    }
  ) {
    ... on RechargeCardPayload {
      transfer { id createdAt }
      balance { amount currency }
    }
    ... on Error { code message retryable }
  }
}

# 2. The statement of the card, newest first.
query Statement($serial: String!) {
  card(by: { serial: $serial }) {
    serial
    state
    validUntil
    balance { amount currency }
    statement(first: 10) {
      edges {
        node {
          createdAt
          kind
          cardChange { amount }
          cardBalanceAfter { amount }
        }
      }
    }
  }
}

# 3. Lock the card.
mutation Lock($serial: String!) {
  lockCard(
    input: { card: { serial: $serial }, reason: OPERATOR }
  ) {
    ... on LockCardPayload {
      card { state lock { reason lockedAt } }
    }
    ... on Error { code message }
  }
}

# 4. Unlock it.
mutation Unlock($serial: String!) {
  unlockCard(input: { card: { serial: $serial } }) {
    ... on UnlockCardPayload { card { state } }
    ... on Error { code message }
  }
}
`;

/** The tabs that GraphiQL opens with: a tour, in the order in which a newcomer needs it. */
export const graphiqlExamples: Example[] = [
  example(start),
  example(batch, { rateGroupId: '', batchId: '' }),
  example(callers, { pin: '', serial: 'TRY-0000000001', rateGroupId: '' }),
  example(money, { serial: 'TRY-0000000001', idempotencyKey: 'my-first-recharge' }),
  example(live, { batchId: '' }),
  example(feed, { after: null }),
];

function example(query: string, variables: Record<string, string | null> = {}): Example {
  const headers = { Authorization: 'Bearer clk_...' };
  return { query, variables: JSON.stringify(variables, null, 2), headers: JSON.stringify(headers, null, 2) };
}
