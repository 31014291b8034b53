import { readFileSync, statSync } from 'node:fs';
import { crc32, inflateSync } from 'node:zlib';
import type { Refusal } from './app.ts';
import { svgProblem } from './svg.ts';

/** Each page holds the whole logo, a third larger in base64. */
const MAX_BYTES = 32 * 1024;

/** What is wrong with the file of a logo. */
export function logoProblem(file: string): Refusal | undefined {
  const bytes = bytesOf(file);
  if (!bytes)
    return {
      why: 'is no file that can be read',
      fix: 'Write the path of an SVG or PNG file; a relative one begins in the folder where the command runs.',
    };
  if (bytes === TOO_LARGE)
    return { why: 'has more than 32 KB', fix: 'Optimise it: svgo logo.svg, or a smaller PNG.' };
  const why = isPng(bytes) ? pngProblem(bytes) : svgProblemOf(bytes);
  return why === undefined ? undefined : { why, fix: FIXES[isPng(bytes) ? 'png' : 'svg'] };
}

const FIXES = {
  png: `Export it anew as a still PNG of at most 1024 pixels a side.`,
  svg: 'Export it anew as plain SVG, text as paths and without pictures in it, or as PNG.',
};

/** A checked logo as a data URI. */
export function logoDataUri(file: string): string {
  const bytes = readFileSync(file);
  return `data:image/${isPng(bytes) ? 'png' : 'svg+xml'};base64,${bytes.toString('base64')}`;
}

const TOO_LARGE = 'too large';

/** No device or pipe is read, which might have no end. */
function bytesOf(file: string): Buffer | typeof TOO_LARGE | undefined {
  try {
    const found = statSync(file);
    if (!found.isFile()) return undefined;
    return found.size > MAX_BYTES ? TOO_LARGE : readFileSync(file);
  } catch {
    return undefined;
  }
}

function svgProblemOf(bytes: Buffer): string | undefined {
  const text = utf8(bytes);
  return text === undefined ? 'is neither PNG nor SVG in UTF-8' : svgProblem(text);
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** @see {@link https://www.w3.org/TR/png-3/#5PNG-file-signature PNG, file signature} */
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/** Beyond this a picture is none for a page, and a few bytes of it could fill a browser's memory. */
const MAX_SIDE = 1024;

/** Of a pixel with four channels of 16 bits, and the filter byte of each row. */
const MAX_PICTURE_BYTES = MAX_SIDE * (MAX_SIDE * 8 + 1);

function pngProblem(bytes: Buffer): string | undefined {
  const chunks = chunksOf(bytes);
  const [header] = chunks ?? [];
  if (!chunks || header?.type !== 'IHDR' || header.data.length !== 13) return DAMAGED;
  if (chunks.some(({ type }) => type === 'acTL')) return 'is animated';
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  if (Math.max(width, height) > MAX_SIDE) return `has more than ${MAX_SIDE} pixels a side`;
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  try {
    const pixels = inflateSync(Buffer.concat(data), { maxOutputLength: MAX_PICTURE_BYTES });
    return width > 0 && height > 0 && pixels.length >= leastBytes(header.data)
      ? undefined
      : DAMAGED;
  } catch {
    return DAMAGED;
  }
}

/** How many numbers a pixel has, by its colour type. @see {@link https://www.w3.org/TR/png-3/#11IHDR PNG, image header} */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Of the picture that a header announces: its pixels, and a byte for each row. An interlaced one has more rows. */
function leastBytes(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colorType] = [header.readUInt8(8), header.readUInt8(9)];
  const bits = depth * (CHANNELS[colorType] ?? Number.POSITIVE_INFINITY);
  return height * (1 + Math.ceil((width * bits) / 8));
}

const DAMAGED = 'is a damaged PNG';

/** A part of a PNG. */
interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** Up to the last one, behind which nothing may stand; `undefined` when a chunk is cut off or its sum is wrong. */
function chunksOf(bytes: Buffer): readonly Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length && chunks.at(-1)?.type !== 'IEND') {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end))
      return undefined;
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, end),
    });
    at = end + 4;
  }
  return chunks.at(-1)?.type === 'IEND' && at === bytes.length ? chunks : undefined;
}
