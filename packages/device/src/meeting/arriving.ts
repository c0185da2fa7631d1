/** Where a device notes that it is coming back, apart from the ceremony, which few devices ever need. */
export const ARRIVING = 'arriving'
