/** Remembers what was used last, up to a total weight. For things that never change, or whose name holds their version. */
export class Kept<V> {
  readonly #values = new Map<string, { value: V; weight: number }>();
  readonly #most: number;
  #weight = 0;

  constructor(mostWeight: number) {
    this.#most = mostWeight;
  }

  get(name: string): V | undefined {
    const found = this.#values.get(name);
    if (!found) return undefined;
    // The order of a Map is that of putting in: what was used goes behind.
    this.#values.delete(name);
    this.#values.set(name, found);
    return found.value;
  }

  set(name: string, value: V, weight: number): void {
    this.#weight += weight - (this.#values.get(name)?.weight ?? 0);
    this.#values.delete(name);
    this.#values.set(name, { value, weight });
    for (const [oldest, { weight: freed }] of this.#values) {
      if (this.#weight <= this.#most) break;
      this.#values.delete(oldest);
      this.#weight -= freed;
    }
  }
}
