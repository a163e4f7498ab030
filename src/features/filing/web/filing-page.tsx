import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import { FieldTable } from './field-table.tsx'
import { tellFiling, tellSaving } from './filing-words.ts'
import { LinesGrid } from './lines-grid.tsx'
import { StepsCard } from './steps-card.tsx'
import { UnmergedCard } from './unmerged-card.tsx'
import { useDraft } from './use-draft.ts'

/** 填报单 — one form to be filled: saved as one writes, checked beside each cell, moved on when it is right. */
export function FilingPage() {
  const { filingId } = useParams({ strict: false }) as { filingId: string }
  const path = `/api/filings/${filingId}`
  const query = useAnswer<FilingShown>(path)
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: [path] })
  return (
    <Answered query={query} rows={12}>
      {(filing) => <Filling key={filing.filingId} filing={filing} refresh={refresh} />}
    </Answered>
  )
}

function Filling({ filing, refresh }: { filing: FilingShown; refresh: () => Promise<void> }) {
  const saver = useDraft(filing)
  const { form, county, subject, period } = filing
  return (
    <Page
      title={`${form.zh} · ${period.zh}`}
      answer={tellFiling(filing)}
      tools={
        filing.mayWrite && (
          <span className={saver.state === 'offline' ? 'tag waiting' : 'quiet'} role="status">
            {tellSaving(saver)}
          </span>
        )
      }
    >
      <p className="quiet">
        {subject.name === county ? county : `${county} · ${subject.name}`} · 第 {form.version} 版表式 ·
        服务任务 {form.serves.join('、')}
      </p>
      <UnmergedCard filing={filing} saver={saver} />
      {form.parts.map((part) => (
        <Card key={part.zh} title={part.zh}>
          <FieldTable part={part} filing={filing} saver={saver} />
        </Card>
      ))}
      {form.lines && (
        <Card title={form.lines.zh} note={`一行一个${form.lines.each}，可从表格软件整块粘贴`}>
          <LinesGrid lines={form.lines} filing={filing} saver={saver} />
        </Card>
      )}
      <StepsCard filing={filing} saver={saver} refresh={refresh} />
    </Page>
  )
}
