import { Input, Select } from 'antd'
import { type FindingCause, findingCauses } from '../../../kernel/finding.ts'
import type { FindingShown } from '../contract.ts'

interface Owner {
  readonly cause: FindingCause
  readonly unit: string
  readonly person: string
}

/** 责任单位和责任人 — who must mend it: as the cause suggests, and to be named where nobody is known. */
export function OwnerFields(props: {
  finding: FindingShown
  owner: Owner
  setOwner: (owner: Owner) => void
}) {
  const { finding, owner, setOwner } = props
  const { units } = finding.suggested
  const choose = (cause: FindingCause) => {
    const next = units.find((each) => each.cause === cause)
    setOwner({ cause, unit: next?.unit ?? owner.unit, person: next?.person ?? '' })
  }
  return (
    <div className="page-tools">
      <Select
        aria-label="成因"
        style={{ minWidth: 140 }}
        value={owner.cause}
        onChange={choose}
        options={units.map(({ cause }) => ({ value: cause, label: findingCauses[cause] }))}
      />
      <Input
        aria-label="责任单位"
        style={{ width: 240 }}
        maxLength={100}
        value={owner.unit}
        onChange={({ target }) => setOwner({ ...owner, unit: target.value })}
      />
      <Input
        aria-label="责任人"
        placeholder="责任人姓名、职务"
        style={{ width: 240 }}
        maxLength={40}
        value={owner.person}
        onChange={({ target }) => setOwner({ ...owner, person: target.value })}
      />
    </div>
  )
}
