import { Link, useParams } from '@tanstack/react-router'
import { Select } from 'antd'
import { schoolYearLabel, schoolYearOf } from '../../../kernel/school-year.ts'
import { stageNames } from '../../../kernel/stage.ts'
import { formatNumber, inWords } from '../../../ui/figure.tsx'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { InstitutionFile } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { FactsCard } from './facts-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { pupilsByYear } from './pupils-by-year.ts'
import { PupilsCard } from './pupils-card.tsx'
import { TeachersCard } from './teachers-card.tsx'

/** 一校一档 — facts with their documents, pupils by year and grade, rooms, teachers, history; prints on one page. */
export function InstitutionPage() {
  const { institutionId } = useParams({ strict: false }) as { institutionId: string }
  const [asOf, setAsOf] = useUrlState('asOf', '')
  const query = useAnswer<InstitutionFile>(`/api/institutions/${institutionId}`, asOf ? { asOf } : {})
  return (
    <Page
      title={query.data?.name ?? '一校一档'}
      answer={query.data && tellFile(query.data)}
      tools={query.data && <Tools file={query.data} onDay={setAsOf} />}
    >
      <Answered query={query} rows={12}>
        {(file) => <Evidence file={file} />}
      </Answered>
    </Page>
  )
}

function Evidence({ file }: { file: InstitutionFile }) {
  return (
    <>
      {file.notOpen && (
        <div className="notice" style={{ marginBottom: 14 }}>
          截至 {file.asOf}，{file.name}
          {file.notOpen}。以下为最近一次在办时的登记。
        </div>
      )}
      <div className="grid">
        <FactsCard file={file} />
      </div>
      <div className="grid two-one">
        <div className="grid">
          <PupilsCard file={file} />
          <TeachersCard teachers={file.teachers} />
        </div>
        <div className="grid">
          <PremisesCard file={file} />
          <HistoryCard history={file.history} />
        </div>
      </div>
    </>
  )
}

/** The answer in a sentence: what it is, where, how many pupils in how many classes. */
function tellFile(file: InstitutionFile): string {
  const fact = (zh: string) => file.facts.find((each) => each.zh === zh)?.value ?? ''
  const last = pupilsByYear(file.enrolment).at(-1)
  const pupils = last
    ? `${last.year} 年秋季在校生 ${inWords(last.pupils)} 人${last.classes === null ? '' : `、${last.classes} 个班`}`
    : '台账里还没有在校生登记'
  return `${fact('所在地')}的${fact('办学性质')}${fact('类别')}，${pupils}。`
}

/** 看哪一年 — the file as of the statistical day of any year on file; the shell's day moves with it. */
function Tools({ file, onDay }: { file: InstitutionFile; onDay: (day: string) => void }) {
  const now = schoolYearOf(file.asOf)
  const years = [...new Set([...file.enrolment.map(({ schoolYear }) => schoolYear), now])]
  return (
    <>
      <Select
        aria-label="看哪一学年的登记"
        value={now}
        onChange={(year) => onDay(`${year}-09-01`)}
        options={years
          .toSorted((one, other) => other - one)
          .map((value) => ({ value, label: schoolYearLabel(value) }))}
        style={{ minWidth: 170 }}
      />
      {!file.notOpen && (
        <Link className="tall" to={'/exchange' as never}>
          报在校生
        </Link>
      )}
      <button className="link-button" type="button" onClick={() => window.print()}>
        打印一页
      </button>
      {file.mayAct && !file.notOpen && <ActForm file={file} />}
    </>
  )
}

function PremisesCard({ file }: { file: InstitutionFile }) {
  const number = (value: number | null) => (value === null ? '缺数据' : formatNumber(value))
  return (
    <Card title="校舍与核定规模" note="单位：间、个">
      {file.premises.length === 0 && (
        <p>
          <span className="tag waiting">缺数据</span>{' '}
          校舍没有登记，应由学校填报、县（市、区）教育主管部门核定。
        </p>
      )}
      <ul className="rows">
        {file.premises.map((campus) => (
          <li key={`${campus.campus}${campus.stage}`}>
            <span className="grow">
              {campus.campus} · {stageNames[campus.stage]}
              <br />
              <span className="quiet">自 {campus.since}</span>
            </span>
            <span className="number">
              教室 {number(campus.rooms)}
              <br />
              核定 {number(campus.approvedCapacity)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
