import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

type Item = Record<string, unknown>;
/** The engine names an item's members in any order. */
const textOf = (item: Item): string =>
  JSON.stringify(item, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
  );
const keyOf = (item: Item): string => `${item.pk} ${item.sk}`;
const image = (item: Item) => marshall(item, { removeUndefinedValues: true }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

/**
 * What a table's stream would say: every look gives the items that are new or other than at the last look. Only the last of several
 * changes of an item is seen.
 */
export function streamOf(everything: () => Promise<Item[]>, isWanted: (sk: string) => boolean) {
  let known = new Map<string, Item>();
  let sequence = 1_000;
  return async (): Promise<DynamoDBRecord[]> => {
    const now = new Map((await everything()).filter(({ sk }) => isWanted(String(sk))).map((item) => [keyOf(item), item]));
    const before = known;
    known = now;
    return [...now].flatMap(([key, item]): DynamoDBRecord[] => {
      const old = before.get(key);
      if (old && textOf(old) === textOf(item)) return [];
      return [
        {
          eventName: old ? 'MODIFY' : 'INSERT',
          dynamodb: {
            SequenceNumber: String(++sequence),
            Keys: { pk: { S: String(item.pk) }, sk: { S: String(item.sk) } },
            NewImage: image(item),
            ...(old ? { OldImage: image(old) } : {}),
          },
        },
      ];
    });
  };
}
