import { Table } from 'antd'
import { stageNames, stages } from '../../../kernel/stage.ts'
import { formatNumber } from '../../../ui/figure.tsx'
import { Card } from '../../../ui/page.tsx'
import type { InstitutionFile } from '../contract.ts'

type Filed = InstitutionFile['teachers'][number]

/** The last years are what staffing is judged by. */
const shownYears = 4

/** 专任教师 — by stage and subject, the last years side by side; a subject nobody filed in a year is blank. */
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
  const years = [...new Set(teachers.map(({ schoolYear }) => schoolYear))].sort().slice(-shownYears)
  const lines = [...Map.groupBy(teachers, nameOf)].map(([name, own]) => ({ name, own, stage: own[0]!.stage }))
  lines.sort((one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage))
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

function nameOf({ stage, subject }: Filed): string {
  return subject === 'all' ? stageNames[stage] : `${stageNames[stage]} ${subject}`
}

function inYear(own: readonly Filed[], year: number): string {
  const filed = own.filter(({ schoolYear }) => schoolYear === year)
  return filed.length === 0 ? '' : formatNumber(filed.reduce((sum, { teachers }) => sum + teachers, 0))
}
