import { builder } from '../core/builder.ts';
import { Money, MoneyInput, type MoneyValue } from '../core/money.ts';

interface Policy {
  readonly allowed: boolean;
  readonly fee: MoneyValue | null;
}

export const ReplacementPolicy = builder.objectRef<Policy>('ReplacementPolicy').implement({
  description: 'Whether and at what price lost cards can be replaced.',
  fields: (t) => ({
    allowed: t.exposeBoolean('allowed', { description: 'Whether replaceCard is allowed.' }),
    fee: t.expose('fee', {
      type: Money,
      nullable: true,
      description:
        'The fee charged to the lost card, or its whole balance if that is less. Null if there is no fee.',
    }),
  }),
});

export const ReplacementPolicyInput = builder.inputType('ReplacementPolicyInput', {
  description: 'Whether and at what price lost cards can be replaced.',
  fields: (t) => ({
    allowed: t.boolean({
      defaultValue: true,
      required: true,
      description: 'Whether replaceCard is allowed.',
    }),
    fee: t.field({
      type: MoneyInput,
      description:
        "The fee charged to the lost card, in the batch's currency, which must be greater than zero. If omitted, no fee.",
    }),
  }),
});
