import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  type FindingCause,
  type FindingSeverity,
  findingCauses,
  findingSeverities,
  findingSources,
} from '../../../kernel/finding.ts'
import { Lacking } from '../../../ui/lacking.tsx'
import { missingOf } from '../../../ui/missing-of.ts'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { ViolationsAnswer } from '../contract.ts'
import { BasisField } from './basis-field.tsx'
import { Choice, Line } from './form-parts.tsx'
import { InstitutionField } from './institution-field.tsx'

const sources = ['visit', 'complaint', 'inspection'] as const

/** 立项 — what was found at one institution, of which kind or on which item, in one sentence of facts. */
export function NewFindingPage() {
  const query = useAnswer<ViolationsAnswer>('/api/violations')
  return (
    <Page title="立项" answer="写清在哪所学校发现什么；同一类问题没有销号前再立，仍是原来那一个。">
      <Answered query={query} rows={8}>
        {(violations) => <FindingForm violations={violations} />}
      </Answered>
    </Page>
  )
}

function FindingForm({ violations }: { violations: ViolationsAnswer }) {
  const [institution, setInstitution] = useUrlState('institution', '')
  const [visit] = useUrlState('visit', '')
  const [source, setSource] = useState<(typeof sources)[number]>('visit')
  const [basis, setBasis] = useState<string>()
  const [severity, setSeverity] = useState<FindingSeverity>()
  const [cause, setCause] = useState<FindingCause>('management')
  const [says, setSays] = useState('')
  const navigate = useNavigate()
  const opening = useSend<object, { findingId: number }>('POST', '/api/findings')
  const kind = violations.lists.flatMap(({ kinds }) => kinds).find(({ rule }) => rule === basis)
  const open = () =>
    opening.mutate(
      {
        ...{ source, cause, says },
        institutionId: Number(institution),
        ...(visit && source === 'visit' && { visitId: Number(visit) }),
        ...(kind ? { rule: kind.rule } : { item: basis }),
        ...(severity && { severity }),
      },
      { onSuccess: ({ findingId }) => navigate({ to: `/findings/${findingId}` } as never) },
    )
  const needed = { '学校（园）': institution, 依据: basis, 事实: says }
  return (
    <Card title="发现的问题">
      <Line label="学校（园）">
        <InstitutionField value={institution} onChoose={setInstitution} disabled={visit !== ''} />
      </Line>
      {visit && source === 'visit' && (
        <Line label="所依记录">
          <Link to={`/visits/${visit}` as never}>入校记录第 {visit} 号</Link>
        </Line>
      )}
      <Line label="来源">
        <Choice label="来源" value={source} onChange={setSource} names={pick(findingSources, sources)} />
      </Line>
      <Line label="依据">
        <BasisField violations={violations} value={basis} onChange={setBasis} />
      </Line>
      <Line label="程度">
        <Choice
          label="程度"
          value={severity ?? kind?.severity ?? 'ordinary'}
          onChange={setSeverity}
          names={findingSeverities}
        />
      </Line>
      <Line label="成因">
        <Choice label="成因" value={cause} onChange={setCause} names={findingCauses} />
      </Line>
      <Input.TextArea
        aria-label="事实"
        placeholder="事实：何时何地看到什么，如“一楼东侧两具灭火器已过期”"
        rows={4}
        maxLength={2000}
        showCount
        value={says}
        onChange={({ target }) => setSays(target.value)}
      />
      <div className="page-tools" style={{ marginTop: 28 }}>
        <Button
          type="primary"
          loading={opening.isPending}
          disabled={missingOf(needed).length > 0}
          onClick={open}
        >
          立项
        </Button>
        <Lacking of={needed} />
        {cause !== 'management' && (
          <span className="quiet">缺经费、编制或用地的，由县级负责整改，市级复核。</span>
        )}
      </div>
      {opening.error && <Problem error={opening.error} />}
    </Card>
  )
}

function pick<K extends string>(names: Readonly<Record<string, string>>, keys: readonly K[]) {
  return Object.fromEntries(keys.map((key) => [key, names[key]])) as Record<K, string>
}
