import ipaddr from 'ipaddr.js'

/**
 * 公网地址 — an address out on the network, not of this machine, this house or the machine room's own services.
 *
 * Everything that is not plainly public is refused: loopback, private, link-local (metadata services), unique-local,
 * carrier NAT, multicast, and IPv6 forms that carry an IPv4 address inside.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  if (parsed.range() !== 'unicast') return false
  // Of IPv6 only what is given out today: the rest holds old ways of writing IPv4.
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(ipaddr.IPv6.parseCIDR('2000::/3'))
}
