import { type Place, viewerPlace } from '../../../shared/traceability/scans/viewer-place.ts';

/** Whoever asks without an account, as far as the network and the page tell. */
export interface Visitor {
  address: string;
  headers: {
    'cloudfront-viewer-country'?: string | undefined;
    'cloudfront-viewer-country-region'?: string | undefined;
    'x-device'?: string | undefined;
  };
}

/** The province a visitor's network is in, if it says so. */
export const visitorPlace = ({ headers }: Visitor): Place | undefined =>
  viewerPlace(headers['cloudfront-viewer-country'], headers['cloudfront-viewer-country-region']);
