import { setTimeout as wait } from 'node:timers/promises';
import { startEngine } from '../store/engine.ts';
import { startMarket } from '../system/market.ts';
import { openClient } from './drive.ts';
import { type Findings, median } from './figures.ts';
import { openGarden } from './lots.ts';
import { isTold, peakMb, pidsOf } from './processes.ts';
import { startWire, sumOf, type Wire } from './wire.ts';

/** The most one call gives. */
const perCall = 10_000;
const rounds = 3;
const labelled = 100_000;
const perPdf = 1_000;
const perSheet = 72;

const isDistinct = (serials: readonly string[], count: number) => serials.length === count && new Set(serials).size === count;

/** Issues at full speed, without anything between market and engine. */
async function timed(): Promise<{ seconds: number[]; broken: string[] }> {
  const market = await startMarket();
  const client = openClient(market.origin, 4);
  try {
    const { recordLot, issue } = await openGarden(client);
    await recordLot('TOC-DO', (rounds + 1) * perCall);
    const seconds: number[] = [];
    const all: string[] = [];
    for (let n = 0; n <= rounds; n++) {
      const began = performance.now();
      all.push(...(await issue('TOC-DO', perCall, n)).serials);
      if (n > 0) seconds.push((performance.now() - began) / 1_000);
    }
    const again = await issue('TOC-DO', perCall, rounds);
    const broken = [
      ...(isDistinct(all, (rounds + 1) * perCall) ? [] : ['codes: serials are missing or came twice']),
      ...(JSON.stringify(again.serials) === JSON.stringify(all.slice(-perCall)) ? [] : ['codes: a repeated call answered other serials']),
    ];
    return { seconds, broken };
  } finally {
    client.close();
    await market.stop();
  }
}

/** What an idle market consumes in as many milliseconds: here its clock looks for work every second. */
async function idleUnits(wire: Wire, milliseconds: number): Promise<{ write: number; read: number }> {
  await wire.settled();
  wire.take();
  await wait(milliseconds);
  const { units } = wire.take();
  return { write: sumOf(units, 'write'), read: sumOf(units, 'read') };
}

async function counted(): Promise<{ write: number; read: number }> {
  const engine = await startEngine();
  const wire = await startWire(engine.endpoint);
  const market = await startMarket({ env: { DYNAMODB_ENDPOINT: wire.endpoint } });
  const client = openClient(market.origin, 4);
  try {
    const { recordLot, issue } = await openGarden(client);
    await recordLot('GIA', perCall);
    await wire.settled();
    wire.take();
    const began = performance.now();
    await issue('GIA', perCall, 0);
    await wire.settled();
    const { units } = wire.take();
    const idle = await idleUnits(wire, performance.now() - began);
    return { write: (sumOf(units, 'write') - idle.write) / perCall, read: (sumOf(units, 'read') - idle.read) / perCall };
  } finally {
    client.close();
    await market.stop();
    wire.stop();
    await engine.stop();
  }
}

/** 10,000 codes in one call: how long, and what a code costs on AWS. */
export async function codes(): Promise<Findings> {
  const { seconds, broken } = await timed();
  const { write, read } = await counted();
  return {
    figures: [
      { what: 'codes: 10,000 in one call', value: median(seconds), unit: 's', target: { atMost: 5 } },
      { what: 'codes: writes per code', value: write, unit: 'WRU' },
      { what: 'codes: reads per code', value: read, unit: 'RRU' },
    ],
    broken,
    notes: [`codes: rounds ${seconds.map((s) => s.toFixed(2)).join(', ')} s.`],
  };
}

/** Sheets of a PDF, as its table of pages counts them. */
const sheetsOf = (pdf: Buffer): number => Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1] ?? 0);

/** A season's labels of one seller, taken part by part as the seller's page does. */
export async function labels(): Promise<Findings> {
  const market = await startMarket();
  const client = openClient(market.origin, 4);
  try {
    const { seller, recordLot, issue } = await openGarden(client);
    await recordLot('TEM', labelled);
    for (let n = 0; n < labelled / perCall; n++) await issue('TEM', perCall, n);
    const wrong: number[] = [];
    let bytes = 0;
    const began = performance.now();
    for (let page = 1; page <= labelled / perPdf; page++) {
      const answer = await fetch(`${market.origin}/api/seller/lots/TEM/codes.pdf?page=${page}`, { headers: seller.headers });
      const pdf = Buffer.from(await answer.arrayBuffer());
      bytes += pdf.length;
      if (answer.headers.get('x-pages') !== String(labelled / perPdf) || sheetsOf(pdf) !== Math.ceil(perPdf / perSheet)) wrong.push(page);
    }
    const minutes = (performance.now() - began) / 60_000;
    return {
      figures: [
        { what: 'labels: 100,000 as PDF', value: minutes, unit: 'min', target: { atMost: 5 } },
        ...(isTold
          ? [
              {
                what: 'labels: most memory of the market’s process',
                value: peakMb(pidsOf(market).market),
                unit: 'MB',
                target: { atMost: 512 },
              },
            ]
          : []),
      ],
      broken: wrong.length === 0 ? [] : [`labels: parts ${wrong.slice(0, 10).join(', ')} are not ${perPdf} labels`],
      notes: [`labels: ${labelled / perPdf} parts of ${Math.ceil(perPdf / perSheet)} sheets, ${Math.round(bytes / 1_048_576)} MB in all.`],
    };
  } finally {
    client.close();
    await market.stop();
  }
}
