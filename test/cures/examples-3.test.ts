import { testExamples } from './example-cures';

testExamples(2);
