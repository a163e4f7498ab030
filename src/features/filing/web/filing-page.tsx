import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { Attachments } from '../../../ui/attachments.tsx'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { FilingShown } from '../contract.ts'
import { DifferenceCard } from './difference-card.tsx'
import { DoubtsCard } from './doubts-card.tsx'
import { FieldTable } from './field-table.tsx'
import { FiguresCard, figuresOf } from './figures-card.tsx'
import { tellFiling, tellSaving } from './filing-words.ts'
import { judgeHere } from './judge-here.ts'
import { LinesGrid } from './lines-grid.tsx'
import { useReturnRemarks } from './return-remarks.ts'
import { everyField } from './shown-field.ts'
import { StepsCard } from './steps-card.tsx'
import { StrandedCard } from './stranded-card.tsx'
import { UnmergedCard } from './unmerged-card.tsx'
import { useFilingDraft } from './use-draft.ts'
import { WorkbookCard } from './workbook-card.tsx'

/** 填报单 — one form to be filled: saved as one writes, checked beside each cell, moved on when it is right. */
export function FilingPage() {
  const { filingId } = useParams({ strict: false }) as { filingId: string }
  const path = `/api/filings/${filingId}`
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<FilingShown>(path, asOf ? { asOf } : {})
  const queries = useQueryClient()
  const refresh = async () => {
    await Promise.all(
      [path, figuresOf(filingId)].map((asked) => queries.invalidateQueries({ queryKey: [asked] })),
    )
  }
  return (
    <Answered query={query} rows={12}>
      {(filing) => <Filling key={`${filing.filingId} ${filing.past}`} filing={filing} refresh={refresh} />}
    </Answered>
  )
}

const lineName = (line: number) => (line > 0 ? `第 ${line} 行` : '')

function Filling({ filing, refresh }: { filing: FilingShown; refresh: () => Promise<void> }) {
  const { saver, turn } = useFilingDraft(filing)
  // What was refused may lie with an office meanwhile: the page shows how it stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each refusal
  useEffect(() => {
    if (saver.state === 'refused') void refresh()
  }, [saver.state])
  const returning = useReturnRemarks(filing)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the saver is one object; its turn says that it changed
  const desk = useMemo(
    () => ({ filing, saver, judged: judgeHere(filing, saver), returning }),
    [filing, saver, turn, returning],
  )
  const { form, county, subject, period } = filing
  return (
    <Page
      title={`${form.zh} · ${period.zh}`}
      answer={tellFiling(filing, desk.judged.remarks)}
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
      <UnmergedCard fields={everyField(form)} lineName={lineName} saver={saver} />
      <StrandedCard
        fields={everyField(form)}
        lineName={lineName}
        saver={saver}
        mayWrite={() => filing.mayWrite}
      />
      {form.parts.map((part) => (
        <Card key={part.zh} title={part.zh}>
          <FieldTable part={part} desk={desk} />
        </Card>
      ))}
      {form.lines && (
        <Card title={form.lines.zh} note={`一行一个${form.lines.each}，可从表格软件整块粘贴`}>
          <LinesGrid lines={form.lines} desk={desk} />
        </Card>
      )}
      <DoubtsCard desk={desk} refresh={refresh} />
      <DifferenceCard filing={filing} />
      {filing.past === null && <FiguresCard filing={filing} />}
      {filing.dueOn !== null && (
        <WorkbookCard
          form={form.id}
          period={period.id}
          subject={subject.id}
          mayWrite={filing.mayWrite}
          onDone={() => void refresh()}
        />
      )}
      <Card title="佐证材料" note="照片、扫描件、表格；表中“佐证”类问题从这里选">
        <Attachments
          path={`/api/filings/${filing.filingId}/attachments`}
          mayKeep={filing.mayWrite}
          accept=".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"
          empty="还没有材料。"
        />
      </Card>
      <StepsCard desk={desk} refresh={refresh} />
    </Page>
  )
}
