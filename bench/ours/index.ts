export { Profile } from '../../src/engine/profile';
export { openWorkload } from './run';
export { AXES, openSize } from './scaling';
export { countSubnormals, openValues, VALUES, VALUED_WORKLOADS } from './values';
