import { epcisContext } from '../epcis/document.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { epcOf } from '../graph/names.ts';

const cbv = 'urn:epcglobal:cbv:mda:';

/** What the document says of the lot itself, for whoever reads it without the market. */
export interface DocumentLot {
  gtin: string;
  lot: string;
  productName: string;
  useBy?: string | undefined;
}

/**
 * An EPCISDocument (EPCIS 2.0, JSON-LD) of a lot's events, with the lot as master data: it is valid where there are no events, too. Each
 * event carries the prefixes it uses itself.
 */
export const lotDocument = (lot: DocumentLot, events: readonly EpcisEvent[], now: Date) => ({
  '@context': [epcisContext],
  type: 'EPCISDocument' as const,
  schemaVersion: '2.0' as const,
  creationDate: now.toISOString(),
  epcisHeader: {
    epcisMasterData: {
      vocabularyList: [
        {
          type: 'urn:epcglobal:epcis:vtype:EPCClass',
          vocabularyElementList: [
            {
              id: epcOf({ gtin: lot.gtin, lot: lot.lot }),
              attributes: [
                { id: `${cbv}descriptionShort`, attribute: lot.productName },
                { id: `${cbv}lotNumber`, attribute: lot.lot },
                ...(lot.useBy === undefined ? [] : [{ id: `${cbv}bestBeforeDate`, attribute: lot.useBy }]),
              ],
            },
          ],
        },
      ],
    },
  },
  epcisBody: { eventList: events },
});
