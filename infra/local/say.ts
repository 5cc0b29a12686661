/** A reason to stop that a person can act upon: shown as a sentence, never as a stack. */
export class Stop extends Error {
  constructor(vi: string, en: string) {
    super(sentence(vi, en));
  }
}

export const sentence = (vi: string, en: string): string => `${vi} [${en}]`;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Says what is being waited for once it has taken two seconds, and every ten seconds after that. */
export async function during<T>(vi: string, en: string, work: Promise<T>): Promise<T> {
  const started = Date.now();
  const say = () => console.log(`… ${sentence(vi, en)} ${Math.round((Date.now() - started) / 1000)} s`);
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    say();
    every = setInterval(say, 10_000);
  }, 2_000);
  try {
    return await work;
  } finally {
    clearTimeout(first);
    clearInterval(every);
  }
}
