import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { logoDataUri, logoProblem } from '../../../branding/logo.ts';
import { svgProblem } from '../../../branding/svg.ts';

const SVG = 'http://www.w3.org/2000/svg';
const svg = (content: string, more = '') => `<svg xmlns="${SVG}" ${more}>${content}</svg>`;

function fileWith(content: string | Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'logo-')), 'logo');
  writeFileSync(file, content);
  return file;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(data, crc32(type)));
  return Buffer.concat([head, data, sum]);
}

/** A black picture. */
function png({
  side = 2,
  data = deflateSync(Buffer.alloc(side * (side + 1))),
  end = 'IEND',
  first = 'tEXt',
} = {}) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(8, 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const others = [chunk(first, Buffer.alloc(8)), chunk('IDAT', data), chunk(end, Buffer.alloc(0))];
  return Buffer.concat([signature, chunk('IHDR', header), ...others]);
}

/** The same bytes but for one bit. */
function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((bytes[at] ?? 0) ^ 1, at);
  return copy;
}

describe('a logo', () => {
  it('in SVG or PNG becomes a data URI of its bytes', () => {
    const picture = svg('<path d="M0 0h8v8z"/>', 'viewBox="0 0 8 8"');
    for (const [content, type] of [
      [Buffer.from(picture), 'svg+xml'],
      [png(), 'png'],
    ] as const) {
      const file = fileWith(content);
      expect(logoProblem(file)).toBeUndefined();
      expect(logoDataUri(file)).toBe(`data:image/${type};base64,${content.toString('base64')}`);
    }
  });

  it('has at most 32 KB', () => {
    const padded = (bytes: number) => fileWith(svg('').padEnd(bytes));
    expect(logoProblem(padded(32 * 1024))).toBeUndefined();
    expect(logoProblem(padded(32 * 1024 + 1))?.why).toBe('has more than 32 KB');
  });

  it.each([
    ['that is not there', '/nowhere/logo.svg', 'is no file that can be read'],
    ['that is a folder', tmpdir(), 'is no file that can be read'],
    ['of another kind', fileWith('GIF89a'), 'is neither PNG nor SVG'],
    [
      'that is no text',
      fileWith(Buffer.from('ffd8ffe0', 'hex')),
      'is neither PNG nor SVG in UTF-8',
    ],
    ['that has no end', '/dev/zero', 'is no file that can be read'],
    ['in UTF-16', fileWith(Buffer.from(svg(''), 'utf16le')), 'is no well-formed XML'],
    ['in Latin-1', fileWith(Buffer.from(svg('é'), 'latin1')), 'is neither PNG nor SVG in UTF-8'],
    ['that is empty', fileWith(''), 'is neither PNG nor SVG'],
  ])('is refused when it is a file %s', (_what, file, why) => {
    expect(logoProblem(file)?.why).toBe(why);
  });

  it.each([
    ['cut off', png().subarray(0, 50), 'is a damaged PNG'],
    [
      'with something behind its end',
      Buffer.concat([png(), Buffer.from('<script>')]),
      'is a damaged PNG',
    ],
    ['without an end', png({ end: 'tEXt' }), 'is a damaged PNG'],
    ['whose pixels cannot be read', png({ data: Buffer.from('pixels') }), 'is a damaged PNG'],
    ['without pixels', png({ side: 0 }), 'is a damaged PNG'],
    ['with too few pixels', png({ data: deflateSync(Buffer.alloc(5)) }), 'is a damaged PNG'],
    ['with a bit that is wrong', damaged(png(), 40), 'is a damaged PNG'],
    ['that moves', png({ first: 'acTL' }), 'is animated'],
    ['that is huge', png({ side: 1025 }), 'has more than 1024 pixels a side'],
    [
      'that unpacks to more than its size',
      png({ data: deflateSync(Buffer.alloc(9_000_000)) }),
      'is a damaged PNG',
    ],
  ])('is refused when it is a PNG %s', (_what, bytes, why) => {
    expect(logoProblem(fileWith(bytes))?.why).toBe(why);
  });
});

describe('an SVG', () => {
  it.each([
    [
      'a drawing of an editor',
      svg(
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs><g fill="url(#a)" data-name="Layer 1"><path d="M0 0" transform="translate(1 2) rotate(4)" style="fill:rgb(1,2,3)"/></g>',
      ),
    ],
    ['classes', svg('<style>.a{fill:#f00;stroke:url("#b")}</style><path class="a"/>')],
    [
      'a title and a part that is used again',
      svg('<title>url(x) &amp; @</title><symbol id="s"/><use href="#s"/>'),
    ],
    [
      'the older way to refer',
      svg('<use xlink:href="#s"/>', 'xmlns:xlink="http://www.w3.org/1999/xlink"'),
    ],
    [
      'a declaration and a comment',
      `<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->${svg('')}`,
    ],
    ['a name for those who do not see it', svg('', 'aria-label="Sync (v2) @ home"')],
    ['an older transformation', svg('<path transform="rotate (45)"/>')],
    ['a prefix', `<s:svg xmlns:s="${SVG}"><s:path/></s:svg>`],
  ])('with %s only draws', (_what, text) => {
    expect(svgProblem(text)).toBeUndefined();
  });

  it.each([
    ['a script', svg('<script>alert(1)</script>'), 'has an element script'],
    [
      'a script by another prefix',
      `<s:svg xmlns:s="${SVG}"><s:script/></s:svg>`,
      'has an element script',
    ],
    [
      'a script of HTML',
      svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>'),
      'has an element script',
    ],
    ['a handler', svg('', 'onload="alert(1)"'), 'has an attribute onload'],
    ['a handler in upper case', svg('<path ONCLICK="a"/>'), 'has an attribute ONCLICK'],
    ['another document', svg('<foreignObject/>'), 'has an element foreignObject'],
    ['a picture', svg('<image href="data:image/png;base64,AA=="/>'), 'has an element image'],
    ['a link', svg('<a href="https://a.example"/>'), 'has an element a'],
    ['an animation', svg('<set attributeName="href" to="javascript:a"/>'), 'has an element set'],
    ['a reference to a file', svg('<use href="b.svg#s"/>'), 'refers to something outside'],
    [
      'a reference with a blank',
      svg('<use href=" https://b.example/#s"/>'),
      'refers to something outside',
    ],
    [
      'a data reference',
      svg('<use href="data:image/svg+xml,a#s"/>'),
      'refers to something outside',
    ],
    [
      'a style that imports',
      svg('<style>@import "https://a.example/a.css";</style>'),
      'has a style that may load something',
    ],
    [
      'a style that loads',
      svg('<style>path{fill:url(https://a.example)}</style>'),
      'has a style that may load something',
    ],
    [
      'a style that loads, in CDATA',
      svg('<style><![CDATA[path{fill:URL( "https://a.example")}]]></style>'),
      'has a style that may load something',
    ],
    [
      'a style with an escape',
      svg('<path style="fill:u\\72l(https://a.example)"/>'),
      'has a style that may load something',
    ],
    [
      'a style with a set of pictures',
      svg('<path style="mask:image-set(\'a.png\' 1x)"/>'),
      'has a style that may load something',
    ],
    [
      'an attribute that loads',
      svg('<path fill="url(//a.example#b)"/>'),
      'has a style that may load something',
    ],
    [
      'a character reference that hides one',
      svg('<path fill="&#117;rl(//a.example)"/>'),
      'has a style that may load something',
    ],
    ['a base', svg('', 'xml:base="https://a.example/"'), 'has an attribute base'],
    [
      'a document type',
      `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`,
      'has a document type, which may name other files',
    ],
    [
      'a style sheet',
      `<?xml-stylesheet href="https://a.example/a.css"?>${svg('')}`,
      'has an instruction: xml-stylesheet',
    ],
    [
      'another encoding, in which it may say something else',
      `<?xml version="1.0" encoding="ISO-2022-JP"?>${svg('')}`,
      'says that it is in another encoding than UTF-8',
    ],
    ['a character that no XML has', svg('<title>\u001b</title>'), 'is no well-formed XML'],
    [
      'an attribute of a namespace with an odd name',
      svg('<path x:a="1" xmlns:x="constructor"/>'),
      'has an attribute a',
    ],
    ['no namespace', '<svg><path/></svg>', 'does not begin with an svg element of SVG'],
    ['another root', `<g xmlns="${SVG}"/>`, 'does not begin with an svg element of SVG'],
    ['an entity of nobody', svg('&xxe;'), 'is no well-formed XML'],
    ['an open element', `<svg xmlns="${SVG}"><path>`, 'is no well-formed XML'],
    ['a second root', `${svg('')}<script/>`, 'is no well-formed XML'],
    ['an attribute twice', svg('<path d="a" d="b"/>'), 'is no well-formed XML'],
  ])('with %s is refused', (_what, text, why) => {
    expect(svgProblem(text)).toBe(why);
  });
});
