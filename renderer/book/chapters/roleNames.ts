import type { ChapterRole } from '#core/book/manuscript.ts';

/** What the interface calls the roles of chapters. */
export const ROLE_NAMES: Readonly<Record<ChapterRole, string>> = {
  dedication: 'Dedication',
  epigraph: 'Epigraph',
  foreword: 'Foreword',
  preface: 'Preface',
  introduction: 'Introduction',
  prologue: 'Prologue',
  part: 'Part',
  chapter: 'Chapter',
  epilogue: 'Epilogue',
  afterword: 'Afterword',
  acknowledgments: 'Acknowledgments',
  appendix: 'Appendix',
  glossary: 'Glossary',
  bibliography: 'Bibliography',
  'about-author': 'About the author',
  'also-by': 'Also by',
};
