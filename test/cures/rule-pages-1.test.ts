import { testRulePages } from './rule-pages';

testRulePages(0);
