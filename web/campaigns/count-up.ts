/** A number that runs up to its new value, so that a viewer sees that something was sold. */
import { useEffect, useRef, useState } from 'preact/hooks';

const runMs = 900;

/** Whole steps, fast first and slow at the end; `share` is how much of the time is over, 0–1. */
export const between = (from: number, to: number, share: number): number =>
  share >= 1 ? to : Math.round(from + (to - from) * (1 - (1 - share) ** 3));

/** Whoever asked the device for less motion gets the number at once. */
export function useCountUp(target: number): number {
  const [shown, setShown] = useState(target);
  const from = useRef(target);
  useEffect(() => {
    const begin = from.current;
    if (begin === target || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      from.current = target;
      return setShown(target);
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = (now - began) / runMs;
      from.current = between(begin, target, share);
      setShown(from.current);
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return shown;
}
