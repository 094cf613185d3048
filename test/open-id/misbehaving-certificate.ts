// Makes a certificate that nobody vouches for, for servers that must not be believed.
import { generateKeyPairSync, sign } from "node:crypto";

const VERSION_3 = der(0xa0, der(0x02, Buffer.from([2])));
const ECDSA_WITH_SHA256 = der(0x30, der(0x06, Buffer.from("2a8648ce3d040302", "hex")));
const COMMON_NAME = der(0x06, Buffer.from("550403", "hex"));
const SUBJECT_ALT_NAME = der(0x06, Buffer.from("551d11", "hex"));
const IP_ADDRESS = 0x87;

/** RFC 5280, section 4.1: signed by its own key, good for 127.0.0.1 until 2049. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from("self-signed")))));
  const from = der(0x17, Buffer.from("200101000000Z"));
  const until = der(0x17, Buffer.from("491231235959Z"));
  const address = der(0x04, der(0x30, der(IP_ADDRESS, Buffer.from([127, 0, 0, 1]))));
  const content = der(
    0x30,
    VERSION_3,
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    der(0x30, from, until),
    name,
    pair.publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, der(0x30, SUBJECT_ALT_NAME, address))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", content, pair.privateKey)]);
  const certificate = der(0x30, content, ECDSA_WITH_SHA256, der(0x03, signature));
  const lines = certificate.toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** X.690: tag, length, content. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
