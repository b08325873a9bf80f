/** What documents are packed in: XML in ZIP. */
export { walkXml } from './xml.ts';
export { unzipTexts, type ZipFiles } from './zip-files.ts';
