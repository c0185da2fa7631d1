/** The worker that holds the device: keys and circles live here and never on the page. It only joins the parts; everything it does is `@alongside/device`'s. */
export {}
