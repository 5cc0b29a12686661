import { abroad, type Place } from './viewer-place.ts';

/** The middle of each province of today: degrees north and east, read off a map to a tenth (11 km). Their sizes blur it far more. */
const middles: Readonly<Record<Place, readonly [north: number, east: number]>> = {
  '01': [21.0, 105.7],
  '04': [22.7, 106.1],
  '08': [22.5, 105.1],
  '11': [21.8, 103.0],
  '12': [22.3, 103.2],
  '14': [21.2, 104.1],
  '15': [22.1, 104.3],
  '19': [21.9, 105.8],
  '20': [21.8, 106.6],
  '22': [21.2, 107.3],
  '24': [21.3, 106.3],
  '25': [21.1, 105.3],
  '31': [20.9, 106.5],
  '33': [20.6, 106.3],
  '37': [20.3, 106.1],
  '38': [20.0, 105.3],
  '40': [19.2, 104.9],
  '42': [18.3, 105.7],
  '44': [17.2, 106.6],
  '46': [16.3, 107.5],
  '48': [15.6, 107.9],
  '51': [14.8, 108.3],
  '52': [13.9, 108.5],
  '56': [12.0, 109.0],
  '66': [12.9, 108.5],
  '68': [11.6, 108.0],
  '75': [11.4, 106.9],
  '79': [10.8, 106.8],
  '80': [11.0, 106.2],
  '82': [10.5, 106.0],
  '86': [10.0, 106.2],
  '91': [10.2, 105.1],
  '92': [9.8, 105.7],
  '96': [9.1, 105.2],
};

const radiusKm = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle kilometres between the middles of two provinces; undefined when one of them is abroad or unknown. */
export function kilometresBetween(a: Place, b: Place): number | undefined {
  const [from, to] = [middles[a], middles[b]];
  if (!from || !to || a === abroad || b === abroad) return undefined;
  const north = radians(to[0] - from[0]);
  const east = radians(to[1] - from[1]);
  const h = Math.sin(north / 2) ** 2 + Math.cos(radians(from[0])) * Math.cos(radians(to[0])) * Math.sin(east / 2) ** 2;
  return 2 * radiusKm * Math.asin(Math.sqrt(h));
}
