import { refused } from '../../kernel/result.ts'

/** 台账的不予办理 — every reason for which an act on the register is refused; {…} stands for what was seen. */
export const refusals = {
  'registry.document-missing': '没有发文字号：台账的变更要有凭据。请填写批准文件的发文字号后再登记。',
  'registry.not-open-on-day':
    '机构 {institutionId} 在 {day} 不在办学：它还未开办、已经停办或已转到别的县。请核对机构和生效日期。',
  'registry.already-open':
    '机构 {institutionId} 已在台账中（{name}）：同一机构不能开办两次。恢复办学请用新的机构标识登记，或更正原来的停办。',
  'registry.code-in-use': '标识码 {code} 已经给过别的机构：作废的码也不再使用。请向上级申请新的标识码。',
  'registry.kind-change-needs-new-code':
    '{name}由“{from}”改为“{to}”却没有换标识码：学校类别变更须使用新码，更名才沿用原码。请填写新的标识码。',
  'registry.code-change-without-kind-change':
    '{name}的类别没有变却换了标识码：更名、转公办或转民办都沿用原码。请去掉新码，或登记类别变更。',
  'registry.nothing-changes': '{name}的登记没有任何变化：变更前后相同。请核对要变更的内容。',
  'registry.unit-not-there': '单位 {unitId} 在 {day} 不在本县台账中。请核对单位代码和生效日期。',
  'registry.unit-of-other-kind': '{name}不是{wanted}，不能这样变更。请核对单位代码。',
  'registry.has-teaching-points':
    '{name}名下还有在办的教学点（{points}）：停办后它们无所归属。请先停办这些教学点，或把它们划归别的学校。',
  'registry.pupils-after-day':
    '{name}在 {year} 学年（{day} 以后）仍有在校生登记，不能从这一天起停办或并入他校。请核对生效日期，或先更正在校生。',
  'registry.merge-with-itself': '并入的学校名单里有接收学校自己，或有重复。请核对名单。',
  'registry.stages-not-run':
    '接收学校没有 {stages} 学段，而并入的{name}有：学生将没有去处。请先把接收学校的学段变更登记好，再登记合并。',
  'registry.shares-not-whole': '各校接收的份额合计为 {sum}，应为 1。请改正份额。',
  'registry.circle': '单位 {childId} 不能归到 {parentId} 之下：后者本来就在前者之下。请核对上下级。',
  'registry.same-county': '{name}本来就在这个县，不需要跨县划转。请改用县内调整。',
  'registry.county-unknown': '没有代码为 {countyId} 的县（市、区）。请核对县级代码。',
  'registry.move-ahead-of-day':
    '{name}的跨县划转定于 {day} 生效，还没到这一天：提前划转会使其间的填报留在原县。请在生效日或以后登记。',
  'registry.nothing-to-correct': '台账里没有要更正的那一条（{what}）。请先登记，再更正。',
} as const

export type RefusalCode = keyof typeof refusals

/** 不予办理 — the refusal with its sentence filled in. */
export function refuse(code: RefusalCode, facts: Readonly<Record<string, string | number>> = {}) {
  const text = refusals[code].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
  return refused({ code, text, facts })
}
