export { aheadWhatever, type Reweighed, reweigh, type Weighed } from './ranking/reweigh.ts';
