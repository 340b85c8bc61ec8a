// What a text is made of before it is Markdown or HTML: nothing in it is markup.
import { escapeHtml } from '../page/index.js';
import { code, text } from './markdown-text.js';
import { plainText } from './plain-text.js';

/** A piece of text: a name in code style, a figure that stands right in a table, or plain. */
export type Piece = string | { code: string } | { figure: string };

/** A part of a page. */
export type Block =
  | { heading: string; level: 1 | 2 | 3 }
  | { paragraph: readonly Piece[] }
  | { list: readonly (readonly Piece[])[] }
  | { heads: readonly Piece[]; rows: readonly (readonly Piece[])[] };

/**
 * Blocks as Markdown.
 *
 * @example
 * blocksToMarkdown([{ heading: 'Runs', level: 2 }]) // '## Runs\n'
 */
export function blocksToMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(toMarkdown).join('\n\n')}\n`;
}

function toMarkdown(block: Block): string {
  if ('heading' in block) return `${'#'.repeat(block.level)} ${text(block.heading)}`;
  if ('paragraph' in block) return line(block.paragraph);
  if ('list' in block) return block.list.map((pieces) => `- ${line(pieces)}`).join('\n');
  const rule = block.heads.map((head) => (isFigure(head) ? '---:' : '---'));
  const rows = [block.heads.map(markdownOf), rule, ...block.rows.map((cells) => cells.map(markdownOf))];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function line(pieces: readonly Piece[]): string {
  return pieces.map(markdownOf).join('');
}

function markdownOf(piece: Piece): string {
  if (typeof piece === 'string') return text(piece);
  return 'code' in piece ? code(piece.code) : text(piece.figure);
}

function isFigure(piece: Piece): boolean {
  return typeof piece === 'object' && 'figure' in piece;
}

/**
 * Blocks as markup for the body of a page.
 *
 * @example
 * blocksToHtml([{ paragraph: ['a < b'] }]) // '<p>a &lt; b</p>'
 */
export function blocksToHtml(blocks: readonly Block[]): string {
  return blocks.map(toHtml).join('\n');
}

function toHtml(block: Block): string {
  if ('heading' in block) return `<h${block.level}>${escaped(block.heading)}</h${block.level}>`;
  if ('paragraph' in block) return `<p>${block.paragraph.map(htmlOf).join('')}</p>`;
  if ('list' in block)
    return `<ul>${block.list.map((pieces) => `<li>${pieces.map(htmlOf).join('')}</li>`).join('')}</ul>`;
  const head = block.heads.map((each) => `<th scope="col"${figureClass(each)}>${htmlOf(each)}</th>`).join('');
  const rows = block.rows.map(([first = '', ...others]) => {
    const cells = others.map((each) => `<td${figureClass(each)}>${htmlOf(each)}</td>`).join('');
    return `<tr><th scope="row">${htmlOf(first)}</th>${cells}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table class="cases"><thead><tr>${head}</tr></thead>\n<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function htmlOf(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece);
  return 'code' in piece ? `<code>${escaped(piece.code)}</code>` : escaped(piece.figure);
}

function figureClass(piece: Piece): string {
  return isFigure(piece) ? ' class="figure"' : '';
}

function escaped(value: string): string {
  return escapeHtml(plainText(value));
}
