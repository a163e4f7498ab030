import { scenarioRequest } from '../scenario-request.ts'
import { password } from './load-people.ts'
import { type Answered, jsonBody, type Step, type Visit } from './load-scenario.ts'

const own = (visit: Visit, key: string) => String(visit.caller.own[key])

/** 日常 — looks at a board, a list and a school, registers a change, looks again. */
export const everyday: readonly Step[] = [
  { name: '进入', path: () => '/api/session' },
  { name: '学位总表', thinkMs: 500, path: (visit) => `/api/seats/board?unit=${own(visit, 'county')}` },
  {
    name: '一县的曲线',
    thinkMs: 500,
    path: (visit) => `/api/seats/series?unit=${own(visit, 'county')}&stage=primary`,
  },
  { name: '机构列表', thinkMs: 500, path: (visit) => `/api/institutions?county=${own(visit, 'county')}` },
  { name: '一校一档', thinkMs: 500, path: (visit) => `/api/institutions/${own(visit, 'institution')}` },
  {
    name: '登记变更',
    thinkMs: 500,
    method: 'POST',
    keyed: true,
    path: (visit) => `/api/institutions/${own(visit, 'institution')}/acts`,
    body: (visit) =>
      jsonBody({
        act: 'rename',
        docNumber: actNumber(visit),
        decidedOn: '2024-08-20',
        effectiveOn: '2024-08-21',
        name: `负载试验${visit.run}第${visit.number}小学`,
      }),
  },
  { name: '再看一校', thinkMs: 500, path: (visit) => `/api/institutions/${own(visit, 'institution')}` },
]

const actNumber = ({ run, number }: Visit) => `负载〔2024〕${run}-${number}号`

/** 填报 — a school's clerk files the yearly table: uploads it, waits until it is judged, confirms, waits for the receipt. */
export const filing: readonly Step[] = [
  { name: '进入', path: () => '/api/session' },
  { name: '看本校', thinkMs: 1_000, path: (visit) => `/api/institutions/${own(visit, 'institution')}` },
  {
    name: '交表',
    thinkMs: 1_000,
    method: 'POST',
    keyed: true,
    path: () => '/api/exchange/imports',
    body: ({ caller }) => formOf(caller.own.table as Buffer),
    learn: ({ body }, visit) => {
      visit.learned.importId = body.importId
    },
  },
  {
    name: '看核对',
    thinkMs: 1_500,
    path: ({ learned }) => `/api/exchange/imports/${learned.importId}`,
    until: ({ body }: Answered) => body.state === 'judged',
  },
  {
    name: '确认',
    thinkMs: 1_000,
    method: 'POST',
    keyed: true,
    path: ({ learned }) => `/api/exchange/imports/${learned.importId}/confirmation`,
    body: (visit) =>
      jsonBody({
        docNumber: filingNumber(own(visit, 'institution')),
        decidedOn: '2024-09-20',
        acceptCorrections: true,
        reason: '核对原表后更正',
      }),
  },
  {
    name: '看回执',
    thinkMs: 1_500,
    path: ({ learned }) => `/api/exchange/imports/${learned.importId}`,
    until: ({ body }: Answered) => body.receipt !== null,
  },
]

/** 报表文号 — by which a school's filing is found again. */
export const filingNumber = (institution: string) => `年报〔2024〕${institution}号`

function formOf(table: Buffer): { type: string; bytes: Buffer } {
  const mark = 'kuoyou-load-form'
  const head = (words: string) => `--${mark}\r\ncontent-disposition: form-data; ${words}\r\n`
  return {
    type: `multipart/form-data; boundary=${mark}`,
    bytes: Buffer.concat([
      Buffer.from(`${head('name="kind"')}\r\nenrolment-by-grade\r\n`),
      Buffer.from(`${head('name="file"; filename="in.csv"')}content-type: text/csv\r\n\r\n`),
      table,
      Buffer.from(`\r\n--${mark}--\r\n`),
    ]),
  }
}

/**
 * 填表 — a clerk opens the yearly form, answers what is still open in two savings, reads it over, explains what is doubted and
 * hands it in.
 */
export const fillingForm: readonly Step[] = [
  { name: '进入', path: () => '/api/session' },
  { name: '报表总览', thinkMs: 1_000, path: () => '/api/forms' },
  {
    name: '打开',
    thinkMs: 1_000,
    method: 'POST',
    path: () => '/api/filings',
    body: (visit) =>
      jsonBody({
        formId: own(visit, 'form'),
        period: '2024',
        subjectId: visit.caller.own.institution as number,
      }),
    learn: ({ body }, visit) => {
      visit.learned.filingId = body.filingId
    },
  },
  { name: '看填报单', path: filingOf, learn: findOpenCells },
  { name: '存一半', thinkMs: 3_000, ...savingHalf('first') },
  { name: '存一半', thinkMs: 3_000, ...savingHalf('second') },
  {
    name: '再看一遍',
    thinkMs: 500,
    path: filingOf,
    learn: ({ body }, visit) => {
      visit.learned.revision = body.revision
      visit.learned.doubts = JSON.stringify(
        body.remarks
          .filter(({ severity }: { severity: string }) => severity === 'doubt')
          .map(({ check, line }: { check: string; line: number }) => ({ check, line })),
      )
    },
  },
  {
    name: '说明存疑',
    thinkMs: 1_000,
    skip: (visit) => doubtsOf(visit).length === 0,
    method: 'PUT',
    path: (visit) => `${filingOf(visit)}/explanations`,
    body: (visit) => jsonBody({ ...doubtsOf(visit)[0], says: '已核对，数据属实' }),
    learn: (_, visit) => {
      visit.learned.doubts = JSON.stringify(doubtsOf(visit).slice(1))
    },
    until: (_, visit) => doubtsOf(visit).length === 0,
  },
  {
    name: '提交',
    thinkMs: 1_000,
    method: 'POST',
    keyed: true,
    path: (visit) => `${filingOf(visit)}/steps`,
    body: ({ learned }) => jsonBody({ act: 'submit', hand: 'filler', revision: Number(learned.revision) }),
  },
]

function filingOf({ learned }: Visit): string {
  return `/api/filings/${learned.filingId}`
}

function doubtsOf({ learned }: Visit): { readonly check: string; readonly line: number }[] {
  return JSON.parse(learned.doubts ?? '[]')
}

/** What nobody has answered yet: at least the last answer is given anew, so that there is something to save. */
function findOpenCells({ body }: Answered, visit: Visit): void {
  const stands = new Map(
    body.cells.map(({ field, value }: { field: string; value: unknown }) => [field, value]),
  )
  const answers: [string, string][] = Object.entries(JSON.parse(own(visit, 'answers')))
  const open = answers.filter(([field], index) => !stands.has(field) || index === answers.length - 1)
  const cells = open.map(([field, written]) => ({ line: 0, field, written, saw: stands.get(field) ?? null }))
  visit.learned.first = JSON.stringify(cells.slice(0, Math.ceil(cells.length / 2)))
  visit.learned.second = JSON.stringify(cells.slice(-Math.ceil(cells.length / 2)))
}

function savingHalf(half: 'first' | 'second'): Pick<Step, 'method' | 'path' | 'body'> {
  return {
    method: 'PUT',
    path: (visit) => `${filingOf(visit)}/answers`,
    body: ({ learned }) => jsonBody({ cells: JSON.parse(learned[half]!) }),
  }
}

/** 看一眼 — reads only: what must not wait while others sign in. */
export const glance: readonly Step[] = [
  { name: '一校一档', path: (visit) => `/api/institutions/${own(visit, 'institution')}` },
]

/** 凭密码登录. */
export const signingIn: readonly Step[] = [
  {
    name: '登录',
    method: 'POST',
    path: () => '/api/session',
    body: ({ caller }) => jsonBody({ account: caller.account, password }),
  },
]

/** 存方案 — the plainest write: one act, its trace, the answer kept under its key. */
export const saving: readonly Step[] = [
  {
    name: '存方案',
    method: 'POST',
    keyed: true,
    path: () => '/api/seats/scenarios',
    body: (visit) => jsonBody(scenarioRequest(`负载${visit.run}-${visit.number}`)),
  },
]
