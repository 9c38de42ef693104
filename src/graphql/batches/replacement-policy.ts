import { builder } from '../core/builder.ts';
import { Money, MoneyInput, type MoneyValue } from '../core/money.ts';

interface Policy {
  readonly allowed: boolean;
  readonly fee: MoneyValue | null;
}

export const ReplacementPolicy = builder.objectRef<Policy>('ReplacementPolicy').implement({
  description: 'Whether cards that were lost are replaced, and for what.',
  fields: (t) => ({
    allowed: t.exposeBoolean('allowed', { description: 'Whether replaceCard may be asked for.' }),
    fee: t.expose('fee', {
      type: Money,
      nullable: true,
      description: 'What the lost card pays for it, or all it has when that is less. Null: nothing.',
    }),
  }),
});

export const ReplacementPolicyInput = builder.inputType('ReplacementPolicyInput', {
  description: 'Whether cards that were lost shall be replaced, and for what.',
  fields: (t) => ({
    allowed: t.boolean({
      defaultValue: true,
      required: true,
      description: 'Whether replaceCard may be asked for.',
    }),
    fee: t.field({
      type: MoneyInput,
      description:
        "What the lost card shall pay for it, in the batch's currency: more than zero. Left out: nothing.",
    }),
  }),
});
