/** Something a source held that the manuscript cannot: what kind, where it stood, and a sentence that says what became of it. */
export type Loss = { code: string; where: string; message: string };
