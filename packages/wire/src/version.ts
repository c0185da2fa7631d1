/**
 * The version of what device and relay say. `history` records the fingerprint of every version's schemas; the test
 * beside `samples.ts` recomputes it and asks for a new version when anything on the wire has changed.
 */
export const WIRE_VERSION = 1

/** Versions a relay of this build still answers. */
export const SUPPORTED_VERSIONS: readonly number[] = [1]

export const history: readonly { readonly version: number; readonly fingerprint: string; readonly what: string }[] = [
  {
    version: 1,
    fingerprint: '714b7c1e6e37b61beb66dd0466e3233490d8ce066620135336a1cc4214b87437',
    what: 'Boxes, drafts, the live channel, owner operations and places.',
  },
]
