import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { type Stage, stageNames, stages } from '../../../kernel/stage.ts'
import { Lacking } from '../../../ui/lacking.tsx'
import { missingOf } from '../../../ui/missing-of.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { DrawList } from '../draw-contract.ts'
import { Line } from './form-parts.tsx'

const stageOptions = stages.map((value) => ({ value, label: stageNames[value] }))

/** 举行抽取 — where, by which rule and with which seed; lists and rule are fixed with the act. */
export function NewDraw({ list, county }: { list: DrawList; county: string }) {
  const nameOf = new Map(list.counties.map((each) => [each.countyId, each.county]))
  const chosen = list.counties.filter((each) => !county || String(each.countyId) === county)
  const [counties, setCounties] = useState<number[]>(() => chosen.map(({ countyId }) => countyId))
  const [title, setTitle] = useState('')
  const [share, setShare] = useState<number | null>(null)
  const [inspectorsEach, setInspectorsEach] = useState<number | null>(2)
  const [of, setOf] = useState<Stage[]>(['preschool', 'primary', 'junior', 'senior'])
  const [seed, setSeed] = useState('')
  const [seedSource, setSeedSource] = useState('')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const drawing = useSend<object, { drawIds: number[] }>('POST', '/api/draws')
  const needed = {
    ...{ '县（市、区）': counties, 事由: title, 学段: of, 每层抽取比例: share },
    ...{ 每校督学: inspectorsEach, 种子: seed, 种子取自: seedSource },
  }
  const draw = () =>
    drawing.mutate(
      {
        ...{ counties, title, seed, seedSource },
        rule: { share: (share ?? 0) / 100, inspectorsEach, stages: of },
      },
      {
        onSuccess: async ({ drawIds }) => {
          await queries.invalidateQueries({ queryKey: ['/api/draws'] })
          if (drawIds.length === 1) navigate({ to: `/draws/${drawIds[0]}` } as never)
        },
      },
    )
  return (
    <Card title="举行一次抽查" note="抽取后不能更改或撤销">
      <Line label="县（市、区）">
        <Select
          aria-label="抽查的县（市、区）"
          mode="multiple"
          style={{ width: '100%' }}
          value={counties}
          onChange={setCounties}
          options={list.counties.map((each) => ({
            value: each.countyId,
            label: `${each.county}（${each.schools} 所，督学 ${each.inspectors} 名）`,
          }))}
          labelRender={({ value }) => shortPlaceName(nameOf.get(Number(value)) ?? '')}
        />
      </Line>
      <Line label="事由">
        <Input
          aria-label="事由"
          placeholder="如“秋季开学检查”"
          maxLength={60}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </Line>
      <Line label="学段">
        <Select
          aria-label="学段"
          mode="multiple"
          style={{ width: '100%' }}
          value={of}
          onChange={setOf}
          options={stageOptions}
        />
      </Line>
      <Line label="每层抽取比例">
        <InputNumber
          aria-label="每层抽取比例"
          min={0.1}
          max={100}
          suffix="%"
          style={{ width: 140 }}
          value={share}
          onChange={setShare}
        />
      </Line>
      <Line label="每校督学">
        <InputNumber
          aria-label="每校督学"
          min={1}
          max={5}
          precision={0}
          suffix="人"
          style={{ width: 140 }}
          value={inspectorsEach}
          onChange={setInspectorsEach}
        />
      </Line>
      <SeedFields {...{ seed, setSeed, seedSource, setSeedSource }} />
      <div className="page-tools" style={{ marginTop: 10 }}>
        <Button
          type="primary"
          loading={drawing.isPending}
          disabled={missingOf(needed).length > 0}
          onClick={draw}
        >
          抽取并存档
        </Button>
        <Lacking of={needed} />
        {drawing.data && drawing.data.drawIds.length > 1 && (
          <span className="quiet">已抽取 {drawing.data.drawIds.length} 个县（市、区），见下表。</span>
        )}
      </div>
      {drawing.error && <Problem error={drawing.error} />}
    </Card>
  )
}

/** What nobody knew before, and where everybody can read it afterwards. */
function SeedFields(props: {
  seed: string
  setSeed: (seed: string) => void
  seedSource: string
  setSeedSource: (source: string) => void
}) {
  return (
    <>
      <Line label="种子">
        <Input
          aria-label="种子"
          placeholder="抽取前谁也不知道、抽取后谁都查得到的数字，如当晚福利彩票的开奖号码"
          maxLength={80}
          value={props.seed}
          onChange={({ target }) => props.setSeed(target.value)}
        />
      </Line>
      <Line label="种子取自">
        <Input
          aria-label="种子取自"
          placeholder="如“2024-11-28 双色球第 2024138 期开奖公告”"
          maxLength={200}
          value={props.seedSource}
          onChange={({ target }) => props.setSeedSource(target.value)}
        />
      </Line>
    </>
  )
}
