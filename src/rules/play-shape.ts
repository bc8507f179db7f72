/** The shape of the `plays` and `templates` parts of a policy file. */
import { TEMPLATE_KINDS } from '../policy.ts';
import type { Shape } from './shape-parts.ts';
import { bilingual, object, text } from './shape-parts.ts';

const template = (description: string): Shape => bilingual(`${description}; {fact} stands for a fact of the account`);

const ID: Shape = { type: 'string', description: 'Name of the step: a-z, 0-9, _ and -', minLength: 1 };

const PRIORITIES = ['none', 'low', 'medium', 'high'] as const;
const TYPES = ['todo', 'call', 'email'] as const;
const STEP_KINDS = ['note', 'task', 'property', 'email', 'questions'] as const;

const step = object(
  {
    id: ID,
    note: template('Text of a note'),
    task: object(
      {
        subject: template('Subject'),
        text: template('Text'),
        due: text('3bd (business days), 5d, 2w, 1m, or renewal-30d'),
        after: text('The step whose day `due` counts from'),
        assignee: text('me, owner, lead or an e-mail address'),
        priority: { type: 'string', description: 'Priority', enum: PRIORITIES },
        type: { type: 'string', description: 'Type', enum: TYPES },
      },
      { required: ['subject', 'due'], description: 'A task in HubSpot' },
    ),
    property: object(
      { name: text('Internal name of a company property'), value: template('Its new value') },
      { required: ['name', 'value'], description: 'A company property that is set' },
    ),
    email: object(
      { subject: template('Subject'), text: template('Text') },
      { required: ['subject', 'text'], description: 'A draft for your own mail program; nothing is sent' },
    ),
    questions: object(
      {
        title: template('First line of the note'),
        ask: {
          type: 'array',
          description: 'Questions; the answers become one note',
          minItems: 1,
          items: object(
            {
              id: ID,
              label: bilingual('Question'),
              options: { type: 'array', description: 'Answers to choose from', minItems: 1, items: text('Answer') },
            },
            { required: ['id', 'label'] },
          ),
        },
      },
      { required: ['title', 'ask'], description: 'Questions whose answers make a note' },
    ),
  },
  { required: ['id'], oneOf: STEP_KINDS.map((kind) => ({ required: [kind] as const })), description: 'One step' },
);

export const PLAY_SHAPE: Shape = object({
  label: bilingual('Name'),
  about: bilingual('When to run it'),
  signals: { type: 'array', description: 'Signals that this play answers from now on', minItems: 1, items: text('Signal id') },
  steps: { type: 'array', description: 'Its steps, in order; they stand in the place of the shipped ones', minItems: 1, items: step },
});

export const TEMPLATE_SHAPE: Shape = object({
  kind: { type: 'string', description: 'What begins with it', enum: TEMPLATE_KINDS },
  label: bilingual('Name'),
  subject: template('Subject'),
  text: template('Text'),
  due: text('Of a task: 3bd (business days), 5d, 2w, 1m, or renewal-30d'),
  priority: { type: 'string', description: 'Of a task', enum: PRIORITIES },
  type: { type: 'string', description: 'Of a task', enum: TYPES },
});

const answer: Shape = { type: 'string', description: 'Id of a play, or none', minLength: 1 };

export const RESPONSES_SHAPE: Shape = object(
  {
    bands: object({ critical: answer, high: answer, watch: answer, low: answer }, { description: 'By band' }),
    tiers: object(
      { high: answer, low: answer, tech: answer },
      { description: 'By touch tier, for accounts of little value and little risk' },
    ),
  },
  { description: 'The play of an account on which no signal speaks for one' },
);
