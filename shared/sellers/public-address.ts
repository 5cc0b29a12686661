import type { LegalType } from '../catalog/contract.ts';
import { findCommune } from '../shipping/places.ts';

/** An organisation shows its head office; a person only the commune, never the street (ND 248/2026/NĐ-CP, Art. 18; Law 91/2025). */
export function publicAddress({
  legalType,
  commune,
  street,
}: {
  legalType: LegalType;
  commune: { code: string; name: string };
  street: string;
}): string {
  const place = findCommune(commune.code);
  const town = place ? `${place.fullName}, ${place.province.fullName}` : commune.name;
  return legalType === 'household' || legalType === 'individual' ? town : `${street}, ${town}`;
}
