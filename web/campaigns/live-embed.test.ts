import { expect, it } from 'vitest';
import { embedOf } from './live-embed.ts';

it('turns the addresses people copy into ones a frame may show', () => {
  expect(embedOf('https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3')).toBe('https://www.youtube.com/embed/dQw4w9WgXcQ');
  expect(embedOf('https://youtu.be/dQw4w9WgXcQ')).toBe('https://www.youtube.com/embed/dQw4w9WgXcQ');
  expect(embedOf('https://www.youtube.com/live/dQw4w9WgXcQ?si=x')).toBe('https://www.youtube.com/embed/dQw4w9WgXcQ');
  expect(embedOf('https://www.youtube.com/embed/dQw4w9WgXcQ')).toBe('https://www.youtube.com/embed/dQw4w9WgXcQ');
  expect(embedOf('https://www.facebook.com/vaithieu/videos/1')).toBe(
    'https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fvaithieu%2Fvideos%2F1',
  );
});

it('frames nothing else', () => {
  expect(
    [
      'https://evil.example/embed/x',
      'http://www.youtube.com/embed/x',
      'javascript:alert(1)',
      'https://www.youtube.com/watch?v=../x',
      '',
    ].map(embedOf),
  ).toEqual(Array(5).fill(undefined));
});
