import { expect, it } from 'vitest';
import type { RuleId } from '../../src/diagnosis/finding';
import { RULES } from '../../src/diagnosis/rules/index';
import { read } from './markdown';

/** The rules as a reader looks for them. */
const GROUPS: Readonly<Record<string, readonly RuleId[]>> = {
  'Gradient and signal over depth': [
    'exploding-gradient',
    'vanishing-gradient',
    'forward-explosion',
    'missing-normalization',
    'depth-beyond-signal',
    'post-norm-without-warm-up',
  ],
  'Recurrent layers': ['exploding-through-time', 'vanishing-through-time'],
  'Units and first weights': ['dead-relu', 'saturated-activation', 'poor-initialization', 'degenerate-batch-norm'],
  'Data, output and loss': ['unscaled-input', 'unscaled-target', 'loss-output-mismatch', 'dead-output'],
  'Learning rate, clipping and batch': [
    'learning-rate-too-high',
    'learning-rate-too-low',
    'clip-always-binds',
    'clip-never-binds',
    'batch-too-noisy',
  ],
  'The course of the run': [
    'non-finite',
    'diverging-loss',
    'diverging-parameters',
    'oscillating-loss',
    'slow-convergence',
    'silent-death',
    'not-learning',
  ],
  'Regularization and generalization': ['over-regularization', 'overfitting'],
};

function row(id: RuleId): string {
  const { meta } = RULES.find(rule => rule.meta.id === id)!;
  return `| [${id}](${id}.md) | ${meta.severity} | ${meta.summary} |`;
}

function page(): string {
  return `# Rules

${RULES.length} rules read what a training run recorded. One cause gives one finding: the rule that explains the others is the root, and its
symptoms are listed with it. Each page describes the measure, the thresholds with their source, the cures, and when the rule may misfire. The
tests train both examples of each page.

The severity is the usual one. The pages say when a finding is an error or less. The setting \`gradientHealth.rules\` changes severities, and
\`gradientHealth.ruleOptions\` changes thresholds.

A test builds this page from the rules; \`npx vitest run test/docs/rules-page.test.ts -u\` writes it.
${Object.entries(GROUPS)
  .map(
    ([title, ids]) => `
## ${title}

| rule | severity | what the run shows |
|---|---|---|
${ids.map(row).join('\n')}
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

it('every rule is in one group', () => {
  expect(Object.values(GROUPS).flat().sort()).toEqual(RULES.map(({ meta }) => meta.id).sort());
});

it('the page lists every rule with its severity and summary', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/rules/README.md');
});

it('the README counts the rules', () => {
  expect(read('README.md')).toContain(`lists the ${RULES.length} rules`);
});
