import { Input, Select } from 'antd'
import { useState } from 'react'
import { gradeWords } from '../../../kernel/grade-words.ts'
import { grades } from '../../../kernel/stage.ts'
import { formatNumber, inWords } from '../../../ui/figure.tsx'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import type { PupilsAnswer } from '../contract.ts'
import { ExportForm } from './export-form.tsx'
import { ExportsCard } from './exports-card.tsx'
import { PupilTable } from './pupil-table.tsx'
import { usePupils } from './use-pupils.ts'
import { type PupilsView, usePupilsView } from './use-pupils-view.ts'

/** 学生信息 — who is on roll, numbers masked; each opens the person's page. */
export function PupilsPage() {
  const view = usePupilsView()
  const [text, setText] = useState('')
  const query = usePupils(view, text.trim())
  return (
    <Page
      title="学生信息"
      answer={query.data && tellPupils(query.data, text)}
      tools={<Filters view={view} answer={query.data} onSearch={setText} />}
    >
      <Answered query={query} rows={12}>
        {(answer) => (
          <>
            {answer.mayExport && <ExportsCard mayDecide={answer.mayDecide} />}
            {answer.total === 0 ? (
              <Empty
                why={text ? nobodyFound : '名单里还没有学生。请由学校登记，或换一个县、学校、年级再看。'}
              />
            ) : (
              <Card title="在籍学生" note="证件号已遮蔽 · 点姓名看一人一档">
                <PupilTable answer={answer} onPage={view.setPage} />
              </Card>
            )}
          </>
        )}
      </Answered>
    </Page>
  )
}

const nobodyFound =
  '在您的管辖范围内没有找到。证件号和姓名要完整，拼音首字母从头写起；孩子可能在别的县或学校。'

function tellPupils({ total, schools, asOf }: PupilsAnswer, text: string): string {
  if (text) return `按输入的条件找到 ${formatNumber(total)} 人。`
  return `截至 ${asOf}，这里有 ${schools.length} 所学校登记了学生名单，符合条件的在籍学生 ${inWords(total)} 人。`
}

function Filters(props: {
  view: PupilsView
  answer: PupilsAnswer | undefined
  onSearch: (text: string) => void
}) {
  const { view, answer } = props
  const schools = answer?.schools ?? []
  return (
    <>
      <Input.Search
        aria-label="按完整证件号、姓名或拼音首字母查找"
        placeholder="完整证件号 / 姓名 / 拼音首字母"
        style={{ width: 260 }}
        allowClear
        autoComplete="off"
        onSearch={props.onSearch}
      />
      <Select
        aria-label="学校"
        style={{ minWidth: 220 }}
        value={view.institution}
        onChange={view.setInstitution}
        options={[
          { value: '', label: '全部学校' },
          ...schools.map(({ institutionId, name, pupils }) => ({
            value: String(institutionId),
            label: `${name}（${formatNumber(pupils)}）`,
          })),
        ]}
      />
      <Select
        aria-label="年级"
        style={{ minWidth: 130 }}
        value={view.grade}
        onChange={view.setGrade}
        options={[
          { value: '', label: '全部年级' },
          ...grades.map((grade) => ({ value: grade, label: gradeWords(grade) })),
        ]}
      />
      <Select
        aria-label="班级"
        style={{ minWidth: 100 }}
        value={view.classNo}
        onChange={view.setClassNo}
        options={[
          { value: '', label: '全部班级' },
          ...Array.from({ length: 20 }, (_, i) => ({ value: String(i + 1), label: `${i + 1} 班` })),
        ]}
      />
      {answer?.mayExport && <ExportForm view={view} answer={answer} />}
    </>
  )
}
