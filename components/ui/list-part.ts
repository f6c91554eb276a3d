/** So many rows of a long list are shown at first, so that a page of ten thousand opens at once. */
export const LIST_PART = 100;
