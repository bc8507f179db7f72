/**
 * Which of a portal's own properties and objects mean what: ranked candidates for every mapping key, by name, label,
 * type, owner reference and by how many records fill them in; a proposal made of them, and a check of a person's answers.
 */
export { type AnswerProblem, answerWords, checkAnswers, chosenObjects, type Proposal, proposeMapping } from './discovery-answers.ts';
export { discover } from './discovery-candidates.ts';
export { gatherDiscovery } from './discovery-gather.ts';
export type { Because } from './discovery-match.ts';
export type { Candidate, Candidates, Discovery, PortalDescription, Sample } from './discovery-portal.ts';
