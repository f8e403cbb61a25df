import { expect, it } from 'vitest';
import { FOREIGN_NAMES, type Spellings } from '../../src/model/vocabulary/foreign/foreign-names';
import { LOSSES_OF_PROBABILITIES, TRANSLATED_KEYS } from '../../src/model/vocabulary/foreign/translated-keys';

/** Rows of a table: where, our name, theirs. */
function rows(where: string, spellings: Spellings = {}): string[] {
  return Object.entries(spellings).map(
    ([own, others]) => `| ${where} | \`${own}\` | ${others.map(name => `\`${name}\``).join(', ')} |`,
  );
}

function page(): string {
  const nouns = Object.entries(FOREIGN_NAMES);
  return `# Names of PyTorch and Keras

A model file may use the names of PyTorch and Keras wherever they mean exactly what ours mean. They are accepted without a message, in any
style. \`Conv2D\`, \`conv_2d\`, \`nn.Conv2d\` and \`conv2d\` are one name; \`batchSize\` and \`batch-size\` are one key. Defaults stay ours.

The light bulb on such a name offers ours. **Fix all names** (\`source.fixAll.gradientHealth\`) writes our names in the whole file. It also
corrects misspelled names and removes keys whose value is inferred (\`in_features\`). It makes one edit, which keeps comments and all other text.

A test builds this page from the tables that the parser uses; \`npx vitest run test/docs/names-page.test.ts -u\` writes it.

## Values of \`type\`, losses, activations and initializers

| family | here | also |
|---|---|---|
${nouns.flatMap(([noun, { names }]) => rows(noun, names)).join('\n')}

The name of an activation is also a type of layer: \`{ type: ReLU }\` is \`{ type: activation, activation: relu }\`.

## Keys

| for | here | also |
|---|---|---|
${nouns
  .flatMap(([noun, { keys, of = {} }]) => [
    ...rows(noun, keys),
    ...Object.entries(of).flatMap(([member, spellings]) => rows(`${noun} \`${member}\``, spellings)),
  ])
  .join('\n')}

## Keys with other values

| there | here |
|---|---|
${Object.entries(TRANSLATED_KEYS)
  .flatMap(([name, { own, values }]) => values.map(([from, to]) => `| \`${name}: ${from}\` | \`${own}: ${to}\` |`))
  .join('\n')}

## Names that mean something else

- The losses ${[...LOSSES_OF_PROBABILITIES].map(name => `\`${name}\``).join(', ')} take probabilities in their library. Behind a sigmoid or
  softmax they mean the loss here with \`from_logits: false\`: that activation and the loss are computed as one. Behind raw scores they mean
  the loss on raw scores, with a warning.
- \`momentum\` of Keras's \`BatchNormalization\` is 1 minus ours, which is that of PyTorch. It is converted, with a warning.
- \`TransformerEncoderLayer\`, \`AdaptiveAvgPool2d\`, \`GlobalAveragePooling1D\`, \`trunc_normal_\` and others mean almost the same. A problem
  names the counterpart here, and a quick fix writes it.
- \`num_layers\`, \`in_features\`, \`batch_first\`, \`epochs\`, \`beta_1\` and other keys have no single counterpart. A problem says what to write.
  A quick fix writes it, where the file decides it.
`;
}

it('the page lists what the parser accepts', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/names.md');
});
