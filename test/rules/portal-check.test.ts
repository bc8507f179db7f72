/** A policy file against what the portal has: told by line, and silent where nothing is known. */
import { expect, it } from 'vitest';
import { readPolicyFile } from '../../src/rules/load.ts';
import { type PortalNames, portalFaults } from '../../src/rules/portal-check.ts';
import { problemText } from '../../src/rules/problem.ts';

const FILE = `version: 1
leads: { default: Lead@example.com, East: gone@example.com }
plays:
  custom.vip:
    label: VIP
    steps:
      - id: a
        task: { subject: A, due: 2bd, assignee: nobody@example.com }
      - id: b
        task: { subject: B, due: 2bd, assignee: owner }
      - id: c
        property: { name: csm_stauts, value: at_risk }
      - id: d
        property: { name: csm_status, value: { en: at_risk, ja: 危険 } }
      - id: e
        property: { name: csm_status, value: "{band}" }
      - id: f
        property: { name: hs_score, value: "1" }
      - id: g
        property: { name: note, value: anything }
`;

const KNOWN: PortalNames = {
  users: new Set(['lead@example.com']),
  properties: new Map([
    ['csm_status', { readOnly: false, options: ['at_risk', 'well'] }],
    ['hs_score', { readOnly: true, options: [] }],
    ['note', { readOnly: false, options: [] }],
  ]),
};

function told(portal: PortalNames): string[] {
  const read = readPolicyFile(FILE, 'policy.yaml');
  if (!read.ok || read.value === null) throw new Error('the file is right by itself');
  const { file, placed } = read.value;
  return portalFaults(file, portal).map((fault) => problemText(placed(fault), 'en').replace(/;.*/, ''));
}

it('names users, properties and values that the portal does not have, each with its line', () => {
  expect(told(KNOWN)).toEqual([
    'policy.yaml:2: leads.East: the portal has no user gone@example.com',
    'policy.yaml:8: plays.custom.vip.steps[0].task.assignee: the portal has no user nobody@example.com',
    'policy.yaml:12: plays.custom.vip.steps[2].property.name: companies have no property csm_stauts',
    'policy.yaml:14: plays.custom.vip.steps[3].property.value: csm_status does not take 危険, but at_risk, well',
    'policy.yaml:18: plays.custom.vip.steps[5].property.name: HubSpot works hs_score out by itself, it cannot be written',
  ]);
});

it('says nothing of what it does not know', () => {
  expect(told({ users: null, properties: null })).toEqual([]);
  expect(told({ ...KNOWN, users: null })).toHaveLength(3);
  expect(told({ ...KNOWN, properties: null })).toHaveLength(2);
});
