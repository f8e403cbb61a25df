/** The faulty examples, dealt out to as many test files as are run side by side. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import { EXAMPLES } from '../diagnosis/train-text';
import { expectCureToTrain } from './preferred-cure';

/** Test files among which the examples are dealt out. */
const PARTS = 4;

/** Every fourth faulty example, from the one with this number on. */
export function testExamples(part: number): void {
  const faulty = readdirSync(EXAMPLES)
    .filter(name => /\.model\.(ya?ml|json)$/.test(name) && !name.startsWith('healthy-'))
    .sort();
  describe(`the preferred cure of faulty examples, part ${part + 1} of ${PARTS}`, () => {
    it.each(faulty.filter((_, index) => index % PARTS === part))(
      '%s trains with five seeds that it was not chosen by',
      async name => {
        await expectCureToTrain(readFileSync(`${EXAMPLES}${name}`, 'utf8'), languageOf(name));
      },
      1_200_000,
    );
  });
}
