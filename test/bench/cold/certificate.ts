import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A key and a certificate for a server that no one verifies, made anew for each run. */
export function selfSignedCertificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return { key, cert: pem(certificateOf(publicKey, privateKey)) };
}

const tags = { integer: 0x02, bits: 0x03, text: 0x0c, time: 0x17, sequence: 0x30, set: 0x31 };
const ecdsaWithSha256 = encode(tags.sequence, Buffer.from("06082a8648ce3d040302", "hex"));
const commonName = Buffer.from("0603550403", "hex");

/** An X.509 certificate of version 1 (RFC 5280, 4.1), in DER. */
function certificateOf(publicKey: KeyObject, privateKey: KeyObject): Buffer {
  const name = sequence(encode(tags.set, sequence(commonName, encode(tags.text, Buffer.from("localhost")))));
  const time = (text: string) => encode(tags.time, Buffer.from(text));
  const content = sequence(
    encode(tags.integer, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time("200101000000Z"), time("491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", content, privateKey);
  return sequence(content, ecdsaWithSha256, encode(tags.bits, Buffer.from([0]), signature));
}

const sequence = (...parts: Buffer[]) => encode(tags.sequence, ...parts);

function encode(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const prefix = length < 128 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...prefix]), content]);
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
