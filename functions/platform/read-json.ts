/** Half of a surrogate pair is no character: JSON can spell it (`"\ud800"`), but no UTF-8 and no DynamoDB can keep it. */
const wellFormed = (_name: string, value: unknown): unknown => {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('half of a surrogate pair');
  return value;
};

/** JSON in well-formed UTF-8, holding well-formed texts only. @throws whatever is wrong with it */
export const readJson = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), wellFormed);
