import { Form, Select } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { UnitList } from '../contract.ts'

/** 所在单位 — township first, then a village of it when it is to be that exact. */
export function PlaceField(props: { name: string; countyId: number }) {
  const [township, setTownship] = useState<number>()
  const townships = useAnswer<UnitList>('/api/units', { parent: props.countyId })
  const villages = useAnswer<UnitList>(township === undefined ? undefined : '/api/units', {
    parent: township,
  })
  const own = townships.data?.find(({ unitId }) => unitId === township)
  const options = [...(own ? [own] : []), ...(own ? (villages.data ?? []) : [])]
  return (
    <>
      <Form.Item label="乡镇（街道）" required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={township}
          onChange={setTownship}
          options={(townships.data ?? []).map(({ unitId, name }) => ({ value: unitId, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name={props.name}
        label="村（社区），或乡镇本身"
        rules={[{ required: true, message: '请选择所在单位' }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          disabled={!own}
          options={options.map(({ unitId, name }) => ({ value: unitId, label: name }))}
        />
      </Form.Item>
    </>
  )
}
