/** 问题来源 — what brought a finding to light. */
export const findingSources = {
  duty: '覆盖任务未落实',
  check: '数据核验不通过',
  indicator: '目标到期未达',
  visit: '督学入校',
  complaint: '投诉举报',
  inspection: '专项检查',
} as const
export type FindingSource = keyof typeof findingSources

/** 问题环节 — where a finding stands between being entered and being crossed off. */
export const findingPhases = {
  opened: '已立项，待交办',
  assigned: '已交办，待签收',
  signed: '整改中',
  answered: '已报整改，待复核',
  rechecked: '复核通过，待销号',
  closed: '已销号',
} as const
export type FindingPhase = keyof typeof findingPhases

/** 问题办理动作 — everything that can happen to a finding. */
export const findingActs = {
  open: '立项',
  reopen: '复发重开',
  dismiss: '不予交办',
  assign: '交办',
  sign: '签收',
  answer: '报送整改情况',
  'send-back': '退回再改',
  confer: '会办意见',
  recheck: '复核通过',
  close: '销号',
  'ask-extension': '申请延期',
  extend: '同意延期',
  interview: '约谈',
  escalate: '提级督办',
  'condition-met': '条件已满足',
  'condition-lost': '条件又不满足',
} as const
export type FindingAct = keyof typeof findingActs

/**
 * 问题办理人 — in whose name a step is done: the unit that must rectify, the department whose money or posts it lacks, an
 * office above it, or the platform by a rule.
 */
export const findingHands = {
  platform: '平台按规则',
  rectifier: '整改责任单位',
  partner: '会办部门',
  county: '县级教育主管部门',
  inspector: '责任督学',
  city: '市级督导部门',
} as const
export type FindingHand = keyof typeof findingHands

/** 问题程度 — how grave it is; the time to rectify depends on it. */
export const findingSeverities = { grave: '重大', serious: '较重', ordinary: '一般' } as const
export type FindingSeverity = keyof typeof findingSeverities

/** 督导职能 — supervision of government, of schools, and monitoring. */
export const supervisionKinds = { government: '督政', schools: '督学', monitoring: '评估监测' } as const
export type SupervisionKind = keyof typeof supervisionKinds

/** 问题成因 — what it lacks; who must answer follows from it. */
export const findingCauses = {
  money: '经费投入',
  posts: '编制岗位',
  land: '用地规划',
  management: '管理不到位',
} as const
export type FindingCause = keyof typeof findingCauses
