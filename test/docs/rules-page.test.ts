import { expect, it } from 'vitest';
import type { RuleGroup } from '../../src/diagnosis/rule';
import { RULES } from '../../src/diagnosis/rules/index';
import { read } from './markdown';

/** The headings in the order of a reader's way through a model. */
const GROUPS: Readonly<Record<RuleGroup, true>> = {
  'Gradient and signal over depth': true,
  'Recurrent layers': true,
  'Units and first weights': true,
  'Data, output and loss': true,
  'Learning rate, clipping and batch': true,
  'The course of the run': true,
  'Regularization and generalization': true,
};

function rows(group: string): string {
  return RULES.map(({ meta }) => meta)
    .filter(meta => meta.group === group)
    .map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`)
    .join('\n');
}

function page(): string {
  return `# Rules

${RULES.length} rules read what a training run recorded. One cause gives one finding: the rule that explains the others is the root, and its
symptoms are listed with it. Each page describes the measure, the thresholds with their source, the cures, and when the rule may misfire. The
tests train both examples of each page.

The severity is the usual one. The pages say when a finding is an error or less. The setting \`gradientHealth.rules\` changes severities, and
\`gradientHealth.ruleOptions\` changes thresholds.

A test builds this page from the rules; \`npx vitest run test/docs/rules-page.test.ts -u\` writes it.
${Object.keys(GROUPS)
  .map(
    title => `
## ${title}

| rule | severity | what the run shows |
|---|---|---|
${rows(title)}
`,
  )
  .join('')}
## Silence a rule

A comment in the model file silences rules, and takes effect as you type:

\`\`\`yaml
layers:
  # gradient-health: ignore dead-relu, saturated-activation -- a bottleneck on purpose
  - { type: dense, units: 4, activation: relu }
\`\`\`

- Behind a line, or alone right above it, the comment covers that layer, or an entry such as \`optimizer\`.
- Before the first key, it covers the whole file.
- In JSON it begins with \`//\`.

Quick fixes write the comment. Rule names complete inside it with <kbd>Ctrl</kbd>+<kbd>Space</kbd>. A name that is no rule gets a warning with
the nearest name. Comments, severities and thresholds apply to predictions too.
`;
}

it('the page lists every rule with its severity and summary', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/rules/README.md');
});

it('the README counts the rules', () => {
  expect(read('README.md')).toContain(`lists the ${RULES.length} rules`);
});
