import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { graphiqlExamples } from './graphiql-examples.ts';

const OPTIONS = {
  title: 'Cardline',
  defaultTabs: graphiqlExamples,
  shouldPersistHeaders: true,
  // A placeholder for the key.
  headers: JSON.stringify({ Authorization: 'Bearer clk_...' }, null, 2),
};

const BEGIN = '<script>';
const END = '</script>';

/**
 * Sends GraphiQL's page. All its files come from this server, so that it works on a network without internet access. The
 * page is rendered for each request: kept, its 17 MB would be a fifth of the server's heap.
 */
export function sendGraphiqlPage(response: ServerResponse): void {
  const html = renderGraphiQL(OPTIONS);
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Content-Security-Policy': policyFor(html),
  };
  response.writeHead(200, headers).end(html);
}

/**
 * Allows only the scripts in the page, by their hashes (Content Security Policy, level 3), and the workers of its editor,
 * which it makes from blobs. The editor sets inline styles.
 */
function policyFor(html: string): string {
  const scripts = scriptsIn(html).map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self' ws: wss:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The text of a script may contain `<script>`, but not `</script>`. */
function scriptsIn(html: string): string[] {
  const scripts: string[] = [];
  for (let start = html.indexOf(BEGIN); start !== -1; ) {
    const end = html.indexOf(END, start);
    scripts.push(html.slice(start + BEGIN.length, end));
    start = html.indexOf(BEGIN, end);
  }
  return scripts;
}
