// Writes small MaxMind DB files for tests: any records, any prefixes, aliases, and broken trees.

export type MmdbValue = string | number | bigint | { readonly [key: string]: MmdbValue };

/** A prefix as bits ("0010..."), and its record; `aliasOf` shares the branch at another prefix. */
export type MmdbEntry = { readonly bits: string } & (
  | { readonly record: MmdbValue }
  | { readonly aliasOf: string }
);

export type MmdbFile = {
  readonly entries: readonly MmdbEntry[];
  readonly ipVersion?: 4 | 6;
  readonly recordBits?: 24 | 28 | 32;
  readonly buildDateMs?: number;
  readonly databaseType?: string;
};

type Node = [Branch, Branch];
type Branch = Node | MmdbValue | null;

/** The bits of `address/length`, IPv4 or full IPv6 groups; IPv4 goes to ::/96 for `ipVersion` 6. */
export function bitsOf(prefix: string, ipVersion: 4 | 6 = 6): string {
  const [address = "", length = ""] = prefix.split("/");
  const isIpv4 = address.includes(".");
  const groups = isIpv4 ? address.split(".") : expand(address);
  const all = groups
    .map((group) => Number.parseInt(group, isIpv4 ? 10 : 16).toString(2))
    .map((bits) => bits.padStart(isIpv4 ? 8 : 16, "0"))
    .join("");
  const start = isIpv4 && ipVersion === 6 ? "0".repeat(96) : "";
  return start + all.slice(0, Number(length));
}

export function writeMmdb(file: MmdbFile): Buffer {
  const root: Node = [null, null];
  for (const entry of file.entries) {
    put(root, entry.bits, "record" in entry ? entry.record : branchAt(root, entry.aliasOf));
  }
  const nodes: Node[] = [];
  collect(root, nodes, new Set());
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  const data: Buffer[] = [];
  const offsets = new Map<MmdbValue, number>();
  let dataBytes = 0;
  const recordOf = (branch: Branch): number => {
    if (branch === null) return nodes.length;
    if (Array.isArray(branch)) return numbers.get(branch) ?? 0;
    const value = branch;
    if (!offsets.has(value)) {
      offsets.set(value, dataBytes);
      data.push(encode(value));
      dataBytes += data.at(-1)?.length ?? 0;
    }
    return nodes.length + 16 + (offsets.get(value) ?? 0);
  };
  const recordBits = file.recordBits ?? 24;
  const tree = nodes.map((node) => encodeNode([recordOf(node[0]), recordOf(node[1])], recordBits));
  const metadata = encode({
    node_count: nodes.length,
    record_size: recordBits,
    ip_version: file.ipVersion ?? 6,
    database_type: file.databaseType ?? "Test-Country",
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: BigInt(Math.floor((file.buildDateMs ?? Date.UTC(2026, 0, 1)) / 1000)),
  });
  const mark = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, mark, metadata]);
}

function put(root: Node, bits: string, value: Branch): void {
  let node = root;
  for (const bit of bits.slice(0, -1)) {
    const side = bit === "1" ? 1 : 0;
    if (!Array.isArray(node[side])) node[side] = [node[side], node[side]];
    node = node[side];
  }
  node[bits.endsWith("1") ? 1 : 0] = value;
}

function branchAt(root: Node, bits: string): Branch {
  let branch: Branch = root;
  for (const bit of bits) branch = (branch as Node)[bit === "1" ? 1 : 0];
  return branch;
}

function collect(branch: Branch, nodes: Node[], seen: Set<Branch>): void {
  if (!Array.isArray(branch) || seen.has(branch)) return;
  seen.add(branch);
  nodes.push(branch);
  collect(branch[0], nodes, seen);
  collect(branch[1], nodes, seen);
}

function encodeNode([left, right]: readonly [number, number], recordBits: 24 | 28 | 32): Buffer {
  const node = Buffer.alloc(recordBits / 4);
  if (recordBits === 24) {
    node.writeUIntBE(left, 0, 3);
    node.writeUIntBE(right, 3, 3);
  } else if (recordBits === 32) {
    node.writeUInt32BE(left, 0);
    node.writeUInt32BE(right, 4);
  } else {
    node.writeUIntBE(left % 2 ** 24, 0, 3);
    node[3] = Math.floor(left / 2 ** 24) * 16 + Math.floor(right / 2 ** 24);
    node.writeUIntBE(right % 2 ** 24, 4, 3);
  }
  return node;
}

/** Texts under 285 bytes, numbers as uint32, bigints as uint64, maps under 29 keys. */
function encode(value: MmdbValue): Buffer {
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    const head = text.length < 29 ? [0x40 + text.length] : [0x40 + 29, text.length - 29];
    return Buffer.concat([Buffer.from(head), text]);
  }
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([Buffer.from([0xc4]), bytes]);
  }
  if (typeof value === "bigint") {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    return Buffer.concat([Buffer.from([0x08, 0x02]), bytes]);
  }
  const entries = Object.entries(value);
  const parts = entries.flatMap(([key, item]) => [encode(key), encode(item)]);
  return Buffer.concat([Buffer.from([0xe0 + entries.length]), ...parts]);
}

function expand(address: string): readonly string[] {
  const [left = "", right] = address.split("::");
  const before = left === "" ? [] : left.split(":");
  const after = right === undefined || right === "" ? [] : right.split(":");
  const missing = right === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: missing }, () => "0"), ...after];
}
