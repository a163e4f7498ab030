import { Table } from 'antd'
import { grades } from '../../../kernel/stage.ts'
import { BandChart } from '../../../ui/band-chart.tsx'
import { formatNumber } from '../../../ui/figure.tsx'
import { Card, Empty } from '../../../ui/page.tsx'
import type { InstitutionFile } from '../contract.ts'
import { gradeNames } from './grade-names.ts'
import { type PupilYear, pupilsByYear } from './pupils-by-year.ts'

/** 在校生 — by year as a chart, by grade and year as a table. */
export function PupilsCard({ file }: { file: InstitutionFile }) {
  const filed = pupilsByYear(file.enrolment)
  if (filed.length === 0) {
    return (
      <Card title="在校生">
        <Empty why="在校生没有登记。请由学校在“导入导出”里按模板填报。" />
      </Card>
    )
  }
  const own = grades.filter((grade) => file.enrolment.some((row) => row.grade === grade))
  const first = filed[0]!.year
  const years = Array.from({ length: filed.at(-1)!.year - first + 1 }, (_, at) => first + at)
  const values = years.map((year) => filed.find((each) => each.year === year)?.pupils ?? null)
  return (
    <Card title="历年在校生" note="单位：人 · 每年 9 月 1 日">
      <BandChart
        years={years}
        lines={[{ label: '在校生', tone: 'ink', values }]}
        height={190}
        words={`${file.name}历年在校生：${filed.map(({ year, pupils }) => `${year} 年 ${pupils} 人`).join('，')}`}
        fileName={`${file.name}在校生.png`}
      />
      <Table
        size="small"
        rowKey="year"
        dataSource={filed.toReversed()}
        pagination={false}
        scroll={{ x: 150 + own.length * 56 }}
        columns={[
          { title: '年', dataIndex: 'year', fixed: 'left', width: 64 },
          ...own.map((grade) => ({
            title: gradeNames[grade],
            align: 'right' as const,
            render: (_: unknown, { byGrade }: PupilYear) => {
              const pupils = byGrade.get(grade)?.pupils
              return pupils === undefined ? '' : formatNumber(pupils)
            },
          })),
          { title: '合计', align: 'right', render: (_, { pupils }) => formatNumber(pupils) },
          {
            title: '班级',
            align: 'right',
            render: (_, { classes }) => (classes === null ? '缺数据' : formatNumber(classes)),
          },
        ]}
      />
    </Card>
  )
}
