import * as z from 'zod';

/** How a seller names a lot of his in a path. */
export const LotName = z.string().max(40).meta({
  description: '`{gtin}:{lot}`, or the lot number alone while it stands on one product only: of several lots it is 409, naming them',
});
