import { Table } from 'antd'
import { stageNames, stages } from '../../../kernel/stage.ts'
import { formatNumber } from '../../../ui/figure.tsx'
import { Card } from '../../../ui/page.tsx'
import type { InstitutionFile } from '../contract.ts'

type Filed = InstitutionFile['teachers'][number]

/** The last years are what staffing is judged by. */
const shownYears = 4

/** 专任教师 — by stage and subject in the order of the timetable, the last years side by side, the latest first; a subject nobody filed in a year is blank. */
export function TeachersCard({ teachers }: { teachers: readonly Filed[] }) {
  if (teachers.length === 0) {
    return (
      <Card title="专任教师">
        <p>
          <span className="tag waiting">缺数据</span> 教师没有登记，应由学校填报。
        </p>
      </Card>
    )
  }
  const years = [...new Set(teachers.map(({ schoolYear }) => schoolYear))].sort().slice(-shownYears).reverse()
  const lines = [...Map.groupBy(teachers, nameOf)].map(([name, own]) => ({ name, own, stage: own[0]!.stage }))
  lines.sort(
    (one, other) =>
      stages.indexOf(one.stage) - stages.indexOf(other.stage) || orderOf(one.own) - orderOf(other.own),
  )
  const whole = { name: '合计', own: [...teachers], stage: lines[0]!.stage }
  return (
    <Card title="专任教师" note="单位：人">
      <Table
        size="small"
        rowKey="name"
        dataSource={lines.length > 1 ? [whole, ...lines] : lines}
        pagination={false}
        scroll={{ x: 150 + years.length * 60 }}
        columns={[
          { title: '学段、学科', dataIndex: 'name' },
          ...years.map((year) => ({
            title: String(year),
            align: 'right' as const,
            render: (_: unknown, { own }: { own: readonly Filed[] }) => inYear(own, year),
          })),
        ]}
      />
    </Card>
  )
}

/** Subjects as timetables list them; others come after. */
const subjectOrder = [
  'all',
  '语文',
  '数学',
  '英语',
  '外语',
  '道德与法治',
  '思想政治',
  '历史',
  '地理',
  '物理',
  '化学',
  '生物',
  '科学',
  '信息科技',
  '信息技术',
  '体育',
  '音乐',
  '美术',
]

function orderOf([filed]: readonly Filed[]): number {
  const at = subjectOrder.indexOf(filed?.subject ?? '')
  return at < 0 ? subjectOrder.length : at
}

function nameOf({ stage, subject }: Filed): string {
  return subject === 'all' ? stageNames[stage] : `${stageNames[stage]} ${subject}`
}

function inYear(own: readonly Filed[], year: number): string {
  const filed = own.filter(({ schoolYear }) => schoolYear === year)
  return filed.length === 0 ? '' : formatNumber(filed.reduce((sum, { teachers }) => sum + teachers, 0))
}
