import { Parser } from 'saxen';

export interface XmlHandler {
  /** Names come without their prefix: files of different programs use different ones. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Walks through XML once. Entities of a document type are not expanded (there is no bomb), and nothing outside is opened.
 * @throws Error if it is no XML
 */
export function walkXml(xml: string, handler: XmlHandler): void {
  const parser = new Parser();
  parser.on('openTag', (name, attributes, decode) => {
    const own: Record<string, string> = Object.create(null);
    for (const [key, value] of Object.entries(attributes())) own[local(key)] = decode(value);
    handler.open(local(name), own);
  });
  parser.on('closeTag', (name) => handler.close(local(name)));
  parser.on('text', (text, decode) => handler.text(decode(text)));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('error', (error) => {
    throw new Error(`its XML is broken: ${error.message}`);
  });
  parser.parse(xml);
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);
