import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanPhoto } from '../../../shared/traceability/photos/clean-photo.ts';
import { alphaWebp, baseline, losslessWebp, lossyWebp, png, progressive, sideways } from './pictures.ts';

const joined = (...parts: (Uint8Array | string | number[])[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))));
const has = (bytes: Uint8Array | undefined, text: string): boolean => Buffer.from(bytes ?? []).includes(Buffer.from(text, 'latin1'));
const all = { baseline, progressive, sideways, png, lossyWebp, losslessWebp, alphaWebp };

describe('a sound picture', () => {
  test.each([
    ['baseline', 'image/jpeg', 16, 8],
    ['progressive', 'image/jpeg', 16, 8],
    // 8 × 16 once it is turned upright.
    ['sideways', 'image/jpeg', 8, 16],
    ['png', 'image/png', 16, 8],
    ['lossyWebp', 'image/webp', 16, 8],
    ['losslessWebp', 'image/webp', 16, 8],
    ['alphaWebp', 'image/webp', 16, 8],
  ] as const)('%s is %s of %i × %i', (name, type, width, height) => {
    expect(cleanPhoto(all[name])).toMatchObject({ type, width, height });
  });

  test('that holds nothing but the picture stays as it is, byte for byte', () => {
    for (const bytes of [baseline, progressive, lossyWebp, losslessWebp]) expect(cleanPhoto(bytes)?.bytes).toEqual(bytes);
  });

  test('cleaned twice is cleaned once', () => {
    for (const bytes of Object.values(all)) {
      const once = cleanPhoto(bytes);
      expect(cleanPhoto(once?.bytes ?? new Uint8Array())).toEqual(once);
    }
  });
});

describe('what is in a file besides the picture is gone', () => {
  test('place, device and profile of a JPEG; which way is up stays, in 36 bytes of our own', () => {
    expect([has(sideways, 'SecretPhone'), has(sideways, 'ICC_PROFILE')]).toEqual([true, true]);
    const cleaned = cleanPhoto(sideways)?.bytes;
    expect([has(cleaned, 'SecretPhone'), has(cleaned, 'ICC_PROFILE')]).toEqual([false, false]);
    const orientation = [
      ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
      ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
    ];
    expect([...(cleaned ?? []).slice(2, 38)]).toEqual(orientation);
    expect(cleaned?.length).toBe(baseline.length + 36);
  });

  test('comments, application data and a program behind the end of a JPEG', () => {
    const hidden = joined(
      baseline.subarray(0, 2),
      [0xff, 0xfe, 0, 10],
      'location',
      [0xff, 0xe5, 0, 9],
      '<script',
      [0xff, 0xff, 0xee, 0, 6],
      'name',
      baseline.subarray(2),
      '<script>alert(1)</script>PK\x03\x04',
    );
    expect(cleanPhoto(hidden)?.bytes).toEqual(baseline);
  });

  test('texts, times and EXIF of a PNG, and what follows its end', () => {
    const chunk = (name: string, content: string) => {
      const checked = joined(name, content);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(content.length);
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc32(checked));
      return joined(length, checked, sum);
    };
    const [head, rest] = [png.subarray(0, 33), png.subarray(33)];
    const hidden = joined(head, chunk('tEXt', 'GPS\0 21.27'), chunk('eXIf', 'MM secret'), chunk('iTXt', 'x'), rest, 'tail');
    expect(cleanPhoto(hidden)).toEqual(cleanPhoto(png));
    // A chunk a picture cannot do without, and nobody knows.
    expect(cleanPhoto(joined(head, chunk('EVIL', 'x'), rest))).toBeUndefined();
    expect(cleanPhoto(joined(head, chunk('tEXt', 'x').fill(0, -1), rest))).toBeUndefined();
    expect(cleanPhoto(joined(head, head.subarray(8), rest))).toBeUndefined();
  });

  test('EXIF of a WebP, and what follows its end', () => {
    expect(has(alphaWebp, 'SecretPhone')).toBe(true);
    const cleaned = cleanPhoto(joined(alphaWebp, 'tail'))?.bytes;
    expect([has(cleaned, 'SecretPhone'), has(cleaned, 'tail'), has(cleaned, 'ALPH')]).toEqual([false, false, true]);
    // Flags: alpha only; the canvas is 16 × 8.
    expect([...(cleaned ?? []).slice(20, 30)]).toEqual([0x10, 0, 0, 0, 15, 0, 0, 7, 0, 0]);
  });
});

describe('no photo is', () => {
  const changed = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy.set(values, at);
    return copy;
  };
  const frame = Buffer.from(baseline).indexOf(Buffer.from([0xff, 0xc0]));

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', joined('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML that begins like a JPEG', joined([0xff, 0xd8, 0xff], '<html><script>alert(1)</script>')],
    ['a GIF', joined('GIF89a', [1, 0, 1, 0, 0, 0, 0, 0x3b])],
    ['a JPEG without its end', baseline.subarray(0, -2)],
    ['a JPEG without a picture', joined([0xff, 0xd8, 0xff, 0xd9])],
    ['a JPEG of 12 bits', changed(baseline, frame + 4, 12)],
    ['a JPEG without height', changed(baseline, frame + 5, 0, 0)],
    ['a JPEG of 60,000 × 16 pixels', changed(baseline, frame + 5, 0xea, 0x60)],
    ['a JPEG of 9,000 × 9,000 pixels', changed(baseline, frame + 5, 0x23, 0x28, 0x23, 0x28)],
    ['a lossless JPEG', changed(baseline, frame + 1, 0xc3)],
    ['a JPEG of two frames', joined(baseline.subarray(0, -2), baseline.subarray(frame))],
    ['a PNG cut short', png.subarray(0, -13)],
    ['a PNG of a billion pixels', changed(png, 16, 0x7f, 0xff)],
    ['a WebP that claims more than there is', changed(lossyWebp, 4, 0xff, 0xff)],
    ['a WebP of two pictures', joined('RIFF', [132, 0, 0, 0], 'WEBP', lossyWebp.subarray(12), lossyWebp.subarray(12))],
    ['a WebP without a picture', joined('RIFF', [12, 0, 0, 0], 'WEBPEXIF', [0, 0, 0, 0])],
  ])('%s', (_, bytes) => expect(cleanPhoto(bytes)).toBeUndefined());

  test('anything that makes the market stumble: bytes changed, cut, doubled; what passes, passes again unchanged', () => {
    const picture = fc.constantFrom(...Object.values(all));
    const change = fc.tuple(fc.nat({ max: 1_100 }), fc.oneof(fc.constantFrom(0, 0xff, 0xd8, 0xd9, 0xda, 0xc0), fc.nat({ max: 255 })));
    fc.assert(
      fc.property(picture, fc.array(change, { maxLength: 6 }), fc.nat({ max: 1_100 }), fc.boolean(), (bytes, changes, cut, doubled) => {
        const spoiled = Uint8Array.from(bytes);
        for (const [at, value] of changes) spoiled[at % spoiled.length] = value;
        const cleaned = cleanPhoto(doubled ? joined(spoiled, spoiled) : spoiled.subarray(0, Math.max(cut, 30)));
        if (!cleaned) return;
        expect(cleanPhoto(cleaned.bytes)).toEqual(cleaned);
        expect(cleaned.width * cleaned.height).toBeLessThanOrEqual(25_000_000);
      }),
      { numRuns: 3_000 },
    );
  });
});
