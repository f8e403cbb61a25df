import { testRulePages } from './rule-pages';

testRulePages(2);
