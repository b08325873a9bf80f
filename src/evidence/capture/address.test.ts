import { describe, expect, it } from 'vitest';
import { AddressRefusedError, allowedFor, checkAddress, isAllowed, isPublicAddress } from './address.ts';

describe('an address to fetch', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.0.0.1./',
    'http://１２７.0.0.1/',
    'http://%31%32%37.0.0.1/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://intern.localhost/',
    'http://printer.local/',
    'http://db.internal/',
    'http://router.home.arpa/',
    'http://intranet/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[fc00::1]/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://198.18.0.1/',
    'http://192.0.2.1/',
    'http://240.0.0.1/',
  ])('is never one within: %s', (address) => {
    expect(() => checkAddress(address)).toThrow(AddressRefusedError);
    expect(() => checkAddress(address)).toThrow(/not on the public internet.*--allow-host/);
  });

  it.each([
    ['ftp://example.org/', 'only http and https'],
    ['file:///etc/passwd', 'only http and https'],
    ['javascript:alert(1)', 'only http and https'],
    ['http://jo:secret@example.org/', 'user name or password'],
    ['example.org/privacy', 'no whole web address'],
    ['http://', 'no whole web address'],
    ['http://example.org:25/', 'port 25'],
    [`http://example.org/${'a'.repeat(2000)}`, 'more than 2000 characters'],
  ])('is refused with a reason: %s', (address, reason) => {
    expect(() => checkAddress(address)).toThrow(reason);
  });

  it('is any of the public internet', () => {
    expect(checkAddress('HTTPS://Example.org:8443/a b').href).toBe('https://example.org:8443/a%20b');
    expect(checkAddress('http://93.184.216.34/').hostname).toBe('93.184.216.34');
    expect(checkAddress('http://[2606:4700::1111]/').hostname).toBe('[2606:4700::1111]');
  });

  it('may be within only by the very name that was allowed', () => {
    expect(checkAddress('http://127.0.0.1:8017/a', ['127.0.0.1:8017']).port).toBe('8017');
    expect(checkAddress('http://127.0.0.1:8017/a', ['127.0.0.1']).port).toBe('8017');
    expect(checkAddress('http://[::1]:8017/', ['::1']).hostname).toBe('[::1]');
    expect(() => checkAddress('http://127.0.0.1:8018/', ['127.0.0.1:8017'])).toThrow(AddressRefusedError);
    expect(() => checkAddress('http://localhost:8017/', ['127.0.0.1:8017'])).toThrow(AddressRefusedError);
    expect(() => checkAddress('http://10.0.0.1/', ['127.0.0.1'])).toThrow(AddressRefusedError);
    expect(isAllowed(new URL('http://intranet/'), ['intranet'])).toBe(true);
    expect(isAllowed(new URL('http://intranet.example/'), ['intranet'])).toBe(false);
  });
});

describe('an IP address', () => {
  it('is public only by the registries', () => {
    expect(['8.8.8.8', '2606:4700::1111', '1.1.1.1'].every(isPublicAddress)).toBe(true);
    expect(['::7f00:1', '5f00::1', 'nonsense', '', '::', '100::1'].some(isPublicAddress)).toBe(false);
  });
});

describe('what is allowed on the way to an address', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['https://example.org/', ['127.0.0.1', 'intranet'], []],
    ['http://intranet/a', ['127.0.0.1', 'intranet'], ['intranet:80']],
    ['http://intranet:8080/a', ['intranet'], ['intranet:8080', 'intranet:80']],
    ['http://127.0.0.1:8017/', ['127.0.0.1:8017', '127.0.0.1:8018', 'intranet'], ['127.0.0.1:8017']],
    ['http://[::1]:8017/', ['::1'], ['[::1]:8017', '[::1]:80']],
  ])('%s of %j is its own host', (address, allowed, own) => {
    expect(allowedFor(address, allowed)).toEqual(own);
  });

  it('is no port on which no web server belongs, unless that is named', () => {
    expect(() => checkAddress('http://127.0.0.1:25/', ['127.0.0.1'])).toThrow('port 25');
    expect(checkAddress('http://127.0.0.1:25/', ['127.0.0.1:25']).port).toBe('25');
    expect(checkAddress('http://127.0.0.1:8017/', ['127.0.0.1']).port).toBe('8017');
    expect(checkAddress('https://intranet/', allowedFor('http://intranet/', ['intranet'])).host).toBe(
      'intranet',
    );
    expect(() => checkAddress('http://intranet:9200/', allowedFor('http://intranet/', ['intranet']))).toThrow(
      AddressRefusedError,
    );
  });
});
