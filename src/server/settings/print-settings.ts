import { writeFileSync } from 'node:fs';
import { variablesIn } from './variable-forms.ts';
import { TOPICS } from './variables.ts';

// For `npm run generate`: writes .env.example and docs/settings.md.

const WIDTH = 118;
const OPEN_TELEMETRY =
  'If `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is set, such as to http://127.0.0.1:4318, traces go to an OpenTelemetry collector, over HTTP as JSON. These and all other `OTEL_*` variables (`OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`, `OTEL_SDK_DISABLED`) belong to OpenTelemetry. Its SDK reads them.';

const topics = Object.entries(TOPICS).map(([topic, shape]) => ({ topic, variables: variablesIn(shape) }));

function example(): string {
  const comment = (text: string) => text.replace(new RegExp(`(.{1,${WIDTH}})(?: |$)`, 'g'), '# $1\n');
  const parts = topics.map(({ topic, variables }) => {
    const lines = variables.map(({ variable, about, usual, otherwise }) => {
      const standard = otherwise === undefined ? '' : comment(`Default: ${otherwise}`);
      return `${comment(about)}${standard}${variable}=${usual}\n`;
    });
    return `# ${topic}\n\n${lines.join('')}`;
  });
  const head =
    'All settings of the server, with their defaults. Copy this file to .env, or set the variables in the environment, which takes precedence over the file.';
  return [comment(head), ...parts, comment(OPEN_TELEMETRY.replaceAll('`', ''))].join('\n');
}

function reference(): string {
  const code = (text: string) => (text === '' ? 'none' : `\`${text}\``);
  const sections = topics.map(({ topic, variables }) => {
    const rows = variables.map(
      ({ variable, usual, otherwise, expected, about }) =>
        `| \`${variable}\` | ${otherwise ?? code(usual)} | ${expected} | ${about} |\n`,
    );
    return `## ${topic}\n\n| variable | default | value | |\n|---|---|---|---|\n${rows.join('')}`;
  });
  const head =
    '# Settings\n\nSettings are environment variables, or lines of a `.env` file: [.env.example](../.env.example) lists them. A wrong value\nstops the start with a line for each variable.\n';
  return [head, ...sections, `## Traces\n\n${OPEN_TELEMETRY}\n`].join('\n');
}

writeFileSync('.env.example', example());
writeFileSync('docs/settings.md', reference());
