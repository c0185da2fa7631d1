/**
 * Reads a square code from a photo that the phone's own camera took. The reader is fetched only when it is needed, the
 * photo stays in memory, and nothing of it is kept.
 */

/** Long sides that are tried, in pixels: codes on screens read best small, codes on paper large. */
const SIDES = [1000, 1600, 600]

/** The text of the code in a picture, or null when there is none that can be read. */
export async function readSquareCode(photo: Blob): Promise<string | null> {
  const [{ default: decode }, picture] = await Promise.all([
    import('qr/decode.js'),
    createImageBitmap(photo).catch(() => null),
  ])
  if (picture === null) return null
  try {
    for (const side of SIDES) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height))
      const width = Math.max(1, Math.round(picture.width * scale))
      const height = Math.max(1, Math.round(picture.height * scale))
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (context === null) return null
      context.drawImage(picture, 0, 0, width, height)
      const text = tryDecode(() => decode(context.getImageData(0, 0, width, height)))
      if (text !== null) return text
    }
    return null
  } finally {
    picture.close()
  }
}

/** The reader throws where it finds nothing; that is an ordinary answer here. */
function tryDecode(decode: () => string): string | null {
  try {
    return decode()
  } catch {
    return null
  }
}
