/**
 * `npm run bench [section …]`: what the market promises about speed, cost and memory, measured on this machine. Prints a table and
 * asserts nothing about speed, for machines differ; exits 1 when an invariant broke under load. Every section that sells ends with
 * the audit. Without arguments: all but the long ones; `all` runs those too. To try the long ones out, FLAT_ORDERS=2000 fills `flat`
 * with fewer orders than its 100,000, and SCAN_CODES=20000 `scan` with fewer codes than its million.
 */
import { capture } from './capture.ts';
import { checkout } from './checkout.ts';
import { codes, labels } from './codes.ts';
import { coldImport } from './cold-import.ts';
import { copies } from './copies.ts';
import { type Findings, isMet, table } from './figures.ts';
import { flat } from './flat.ts';
import { graph } from './graph.ts';
import { megalive, memory } from './megalive.ts';
import { watchOthers } from './processes.ts';
import { read } from './read.ts';
import { rush } from './rush.ts';
import { scan } from './scan.ts';
import { units } from './units.ts';

const sections: Record<string, () => Promise<Findings>> = {
  checkout,
  rush,
  megalive,
  memory,
  read,
  units,
  import: coldImport,
  copies,
  codes,
  capture,
  graph,
  labels,
  scan,
  flat,
};
const long = ['graph', 'labels', 'scan', 'flat'];

/** The sections asked for. @throws naming one there is not */
function wanted(asked: readonly string[]): string[] {
  const all = Object.keys(sections);
  if (asked.includes('all')) return all;
  const unknown = asked.find((name) => !all.includes(name));
  if (unknown) throw new Error(`there is no section ${unknown}; there are ${all.join(', ')}, all`);
  return asked.length > 0 ? [...asked] : all.filter((name) => !long.includes(name));
}

const others = watchOthers();
const findings: Findings[] = [];
for (const name of wanted(process.argv.slice(2))) {
  const began = performance.now();
  try {
    findings.push(await (sections[name] as () => Promise<Findings>)());
  } catch (error) {
    findings.push({ figures: [], broken: [`${name}: ${error instanceof Error ? error.stack : String(error)}`] });
  }
  console.error(`${name} took ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}

const figures = findings.flatMap((f) => f.figures);
const broken = findings.flatMap((f) => f.broken);
console.log(`\n${table(figures)}\n`);
for (const note of findings.flatMap((f) => f.notes ?? [])) console.log(note);
const promised = figures.filter((f) => f.target);
console.log(`\n${promised.filter(isMet).length} of ${promised.length} targets met on this machine. ${others() ?? ''}`);
for (const what of broken) console.log(`BROKEN ${what}`);
process.exit(broken.length > 0 ? 1 : 0);
