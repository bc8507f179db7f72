/**
 * The fewest requests with which a book can be read for the first time through HubSpot's limits:
 *
 * - account details, owners (in office, then archived), schemas, ticket and deal pipelines: one each;
 * - property definitions: one for each standard type read (a schema brings those of its custom type);
 * - ids of the owner's companies by search, 200 a page (no other call filters by owner), one page at least;
 * - the companies, 50 a batch because histories are asked for;
 * - what hangs on them: 1,000 companies a batch for each type that hangs on companies, and 1,000 contacts or tickets a
 *   batch for survey answers;
 * - those records, 100 a batch.
 */
export interface PortalCounts {
  readonly companies: number;
  /** Records by type. */
  readonly children: Readonly<Record<string, number>>;
}

const STANDARD_TYPES = 10;
const DETAILS = 1 + 2 + 2;

export function minimumRequests({ companies, children }: PortalCounts): number {
  const pages = (count: number, size: number) => Math.ceil(count / size);
  const types = Object.keys(children);
  const custom = types.some((type) => type.startsWith('2-'));
  const links = types.filter((type) => type !== 'feedback_submissions').length * pages(companies, 1_000);
  const surveys = 'feedback_submissions' in children ? pages(children.contacts ?? 0, 1_000) + pages(children.tickets ?? 0, 1_000) : 0;
  const records = types.reduce((sum, type) => sum + pages(children[type] ?? 0, 100), 0);
  return (
    DETAILS + (custom ? 1 : 0) + STANDARD_TYPES + Math.max(1, pages(companies, 200)) + pages(companies, 50) + links + surveys + records
  );
}
