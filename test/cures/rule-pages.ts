/** The faulty models of the rules' pages, dealt out to as many test files as are run side by side. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { RULES } from '../../src/diagnosis/rules/index';
import { expectCureToTrain } from './preferred-cure';

/** Test files among which the pages are dealt out. */
const PARTS = 3;

/** Every third rule's page, from the one with this number on. */
export function testRulePages(part: number): void {
  const ids = RULES.map(({ meta }) => meta.id).filter((_, index) => index % PARTS === part);
  describe(`the preferred cure of the pages' faulty models, part ${part + 1} of ${PARTS}`, () => {
    it.each(ids)(
      '%s: trains with five seeds that it was not chosen by',
      async id => {
        const page = readFileSync(fileURLToPath(new URL(`../../docs/rules/${id}.md`, import.meta.url)), 'utf8');
        const [, faulty] = /```yaml\n(.*?)```/s.exec(page) ?? [];
        await expectCureToTrain(faulty ?? '', 'yaml');
      },
      600_000,
    );
  });
}
