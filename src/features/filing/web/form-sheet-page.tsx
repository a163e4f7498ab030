import { useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { readAnswer } from '../../../engines/filing/read-answer.ts'
import { counted } from '../../../ui/counted.ts'
import { Answered, Page } from '../../../ui/page.tsx'
import type { Place } from '../../../ui/sheet/sheet-cells.ts'
import { SheetGrid } from '../../../ui/sheet/sheet-grid.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { FormSheetShown, SheetSaved } from '../sheet-contract.ts'
import { choicesOf, isNumeric, picks, widthOf } from './cells.ts'
import type { DraftLinks, DraftSaver } from './draft-saver.ts'
import { tellSaving } from './filing-words.ts'
import { cellKey } from './kept-draft.ts'
import { sheetCells } from './sheet-cells-of.ts'
import { SheetNote } from './sheet-note.tsx'
import type { ShownField } from './shown-field.ts'
import { StrandedCard } from './stranded-card.tsx'
import { UnmergedCard } from './unmerged-card.tsx'
import { useDraft } from './use-draft.ts'
import { WorkbookCard } from './workbook-card.tsx'

/** 报表总表 — one form of all its subjects in one grid, one row each; written where the visitor fills it. */
export function FormSheetPage() {
  const { formId } = useParams({ strict: false }) as { formId: string }
  const [period] = useUrlState('period', '')
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<FormSheetShown>('/api/filing-sheets', {
    form: formId,
    period,
    ...(county && { county }),
    ...(asOf && { asOf }),
  })
  return (
    <Answered query={query} rows={16}>
      {(sheet) => <Filled sheet={sheet} reread={() => void query.refetch()} />}
    </Answered>
  )
}

function Filled({ sheet, reread }: { sheet: FormSheetShown; reread: () => void }) {
  const { form, period, rows } = sheet
  const fields = useMemo(() => form.parts.flatMap((part) => part.fields), [form])
  const mayWrite = rows.some(({ writable }) => writable)
  const { saver, turn } = useSheetDraft(sheet, mayWrite)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the saver is one object; its turn says that it changed
  const cells = useMemo(() => sheetCells(sheet, fields, saver), [sheet, fields, saver, turn])
  const columns = useMemo(
    () =>
      fields.map((field) => ({
        key: field.id,
        title: field.zh,
        unit: field.unit,
        numeric: isNumeric(field),
        choices: choicesOf(field),
        width: widthOf(field),
      })),
    [fields],
  )
  const head = useCallback((row: number) => ({ text: rows[row]!.name, note: rows[row]!.stands }), [rows])
  const refused = isRefused(saver, fields)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each refusal, not for each drawing
  useEffect(() => {
    if (refused) reread()
  }, [refused, saver.told])
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const [row, field] = [rows[active.row], fields[active.column]]
  const ofLine = (line: number) => rows.find(({ subjectId }) => subjectId === line)
  const lineName = (line: number) => `${ofLine(line)?.name ?? `编号 ${line}`} `
  const writableLine = (line: number) => ofLine(line)?.writable ?? false
  return (
    <Page
      title={`${form.zh} · ${period.zh} · 总表`}
      answer={counted`共 ${rows.length} 个单位，一家一行；灰色是台账里已有的数。截止 ${period.dueOn}。`}
      tools={
        mayWrite && (
          <span className={saver.state === 'offline' ? 'tag waiting' : 'quiet'} role="status">
            {tellSaving(saver)}
          </span>
        )
      }
    >
      <UnmergedCard fields={fields} lineName={lineName} saver={saver} />
      <StrandedCard fields={fields} lineName={lineName} saver={saver} mayWrite={writableLine} />
      <SheetGrid
        label={form.zh}
        headTitle="单位"
        columns={columns}
        rows={rows.length}
        head={head}
        cells={cells}
        onActive={setActive}
        {...(mayWrite && {
          write: (all) =>
            saver.writeAll(
              all.map(({ row, column, text }) => ({
                line: rows[row]!.subjectId,
                field: fields[column]!.id,
                written: text,
              })),
            ),
        })}
      />
      {row && field && <SheetNote row={row} field={field} cell={cells(active.row, active.column)} />}
      {fields.some(picks) && <p className="quiet">要从登记簿或材料中选定的项，请打开该单位的填报单填写。</p>}
      <WorkbookCard form={form.id} period={period.id} mayWrite={mayWrite} onDone={reread} />
    </Page>
  )
}

/** Was something not taken though it can be read? Its row may meanwhile lie with an office. */
function isRefused({ state, told, draft }: DraftSaver, fields: readonly ShownField[]): boolean {
  const readable = ({ line, field: id }: { line: number; field: string }) => {
    const [field, unsaved] = [fields.find((each) => each.id === id), draft.get(cellKey(line, id))]
    return field !== undefined && unsaved !== undefined && !('wrong' in readAnswer(field, unsaved.written))
  }
  return state === 'refused' || (told?.wrong.some(readable) ?? false)
}

/** What is written in the sheet and not yet on the platform; a subject's number stands in the place of a line's. */
function useSheetDraft(sheet: FormSheetShown, mayWrite: boolean) {
  const api = useApi()
  const { form, period, you, past } = sheet
  const send = useCallback<DraftLinks['send']>(
    async (cells) => {
      const body = {
        form: form.id,
        period: period.id,
        cells: cells.map(({ line: subjectId, ...cell }) => ({ ...cell, subjectId })),
      }
      const { saved, unmerged, wrong } = await api.send<SheetSaved>('PUT', '/api/filing-sheets/answers', body)
      const asLine = <C extends { subjectId: number }>({ subjectId: line, ...cell }: C) => ({ ...cell, line })
      return {
        saved: saved.map(asLine),
        unmerged: unmerged.map(asLine),
        wrong: wrong.map(asLine),
        remarks: [],
      }
    },
    [api, form.id, period.id],
  )
  const standing = useMemo(() => standingOf(sheet), [sheet])
  const closed = useMemo(
    () => new Set(sheet.rows.flatMap(({ subjectId, writable }) => (writable ? [] : [subjectId]))),
    [sheet],
  )
  return useDraft({
    you,
    // What is written today has no place over a past day's values.
    of: `${form.id} ${period.id}${past === null ? '' : ` ${past}`}`,
    cells: standing,
    mayWrite,
    closed,
    send,
  })
}

/** What stands on the platform, a subject's number in the place of a line's. */
function standingOf({ form, rows }: FormSheetShown) {
  const fields = form.parts.flatMap((part) => part.fields)
  return rows.flatMap(({ subjectId, values }) =>
    fields.flatMap(({ id, shows }, at) => {
      const value = values[at]
      if (shows || value === null || value === undefined) return []
      return [{ line: subjectId, field: id, value, origin: 'hand' as const, writtenBy: '', writtenAt: '' }]
    }),
  )
}
