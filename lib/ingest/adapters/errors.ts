/** What a failure's code, HTTP status, scimType and words say of its class. */
import type { ErrorClass, EventError } from "../event.ts";

/** Words past this are not read: the cause stands at the front, and a record may be of any size. */
const READ_CHARACTERS = 4_000;

/**
 * Ends of vendors' error codes, lower-case, longer before shorter where one ends in the other. They are ends because
 * Entra puts the application's name in front (`ContosoEntryConflict`).
 * Entra's: learn.microsoft.com, "How to analyze the Microsoft Entra provisioning logs"; Okta's E000…: "Okta API error codes".
 */
const BY_CODE: readonly (readonly [end: string, ErrorClass])[] = [
  ["schemaattributenotfound", "mapping"],
  ["schemapropertycanonlyacceptvalue", "invalid-value"],
  ["multipleentriesinresponse", "uniqueness"],
  ["duplicatetargetentries", "uniqueness"],
  ["duplicatesourceentries", "uniqueness"],
  ["conflict", "uniqueness"],
  ["toomanyrequests", "rate-limit"],
  ["insufficientrights", "authentication"],
  ["notpermitted", "authentication"],
  ["unauthorized", "authentication"],
  ["forbidden", "authentication"],
  ["methodnotallowed", "unsupported"],
  ["notimplemented", "unsupported"],
  ["serviceincompatible", "unsupported"],
  ["serviceincompatiblefiltering", "unsupported"],
  ["cannotupdateobjectsoriginatedinexternalservice", "unsupported"],
  ["b2bmanagementpolicycheckfailure", "unsupported"],
  ["unprocessableentity", "invalid-value"],
  ["attributevalidationfailed", "invalid-value"],
  ["invaliddomain", "invalid-value"],
  ["badrequest", "invalid-value"],
  ["mandatoryfieldsmissing", "missing-attribute"],
  ["missingvalues", "missing-attribute"],
  ["invalidanchor", "not-found"],
  ["notfound", "not-found"],
  ["licenselimitexceeded", "licence"],
  ["quotalimitexceeded", "licence"],
  ["timeout", "timeout"],
  ["internalservererror", "server"],
  ["internalerror", "server"],
  ["webexceptionprotocolerror", "server"],
  ["badgateway", "server"],
  ["serviceunavailable", "server"],
  ["e0000001", "invalid-value"],
  ["e0000004", "authentication"],
  ["e0000006", "authentication"],
  ["e0000011", "authentication"],
  ["e0000007", "not-found"],
  ["e0000009", "server"],
  ["e0000047", "rate-limit"],
];

/** RFC 7644 §3.12 table 9 and RFC 9865 §3.4; lower-case. */
const BY_SCIM_TYPE = new Map<string, ErrorClass>([
  ["uniqueness", "uniqueness"],
  ["toomany", "unsupported"],
  ["mutability", "unsupported"],
  ["notarget", "invalid-value"],
  ["invalidfilter", "invalid-value"],
  ["invalidsyntax", "invalid-value"],
  ["invalidpath", "invalid-value"],
  ["invalidvalue", "invalid-value"],
  ["invalidvers", "invalid-value"],
  ["invalidcursor", "invalid-value"],
  ["expiredcursor", "invalid-value"],
  ["invalidcount", "invalid-value"],
  ["sensitive", "invalid-value"],
]);

/**
 * Reason phrases of RFC 9110 §15. Our own table and not Node's, whose phrases change between versions: what is read
 * from a record, and so its fingerprint, must not.
 */
const STATUS_OF_PHRASE = new Map<string, number>([
  ["badrequest", 400],
  ["unauthorized", 401],
  ["paymentrequired", 402],
  ["forbidden", 403],
  ["notfound", 404],
  ["methodnotallowed", 405],
  ["requesttimeout", 408],
  ["conflict", 409],
  ["gone", 410],
  ["preconditionfailed", 412],
  ["unprocessableentity", 422],
  ["unprocessablecontent", 422],
  ["toomanyrequests", 429],
  ["internalservererror", 500],
  ["notimplemented", 501],
  ["badgateway", 502],
  ["serviceunavailable", 503],
  ["gatewaytimeout", 504],
]);

/** What the words say, the narrower before the wider. */
const BY_WORDS: readonly (readonly [RegExp, ErrorClass])[] = [
  [/quarantine|roadblock|escrow ?threshold/, "quarantine"],
  [/too many requests|rate.?limit|throttl/, "rate-limit"],
  [
    /(?:licen[cs]e|seat|quota|user limit)s?\b.{0,40}(?:limit|exceed|exhaust|available|reached|insufficient|full)|(?:\bno\b|not enough|insufficient|out of|exceed|maximum|limit).{0,30}\b(?:licen[cs]e|seat|quota)/,
    "licence",
  ],
  [
    /unauthori[sz]ed|forbidden|authenticat|credentials?\b|access denied|(?:insufficient|lacks?|no|missing) (?:rights|permission|privilege|access)|not authori[sz]ed|(?:invalid|expired|revoked) (?:api |access |bearer )?(?:token|key)|token.{0,20}(?:expired|revoked|invalid)|locked out|verification error|not assigned to this app/,
    "authentication",
  ],
  [
    /already (?:exist|in use|taken|been taken|assigned|registered|has)|duplicate|(?:not|must be|isn't) unique|uniqueness|conflict|more than one .{0,40}match|multiple (?:entries|users|matches)/,
    "uniqueness",
  ],
  [
    /(?:is|are|was) (?:required|missing|mandatory|not specified)|required (?:attribute|field|value|propert|parameter)|missing (?:required|mandatory|value|attribute|field)|mandatory|(?:can ?not|can't|may not|must not|should not) be (?:empty|blank|null)|must be specified/,
    "missing-attribute",
  ],
  [
    /attribute mapping|mapping (?:expression|error|rule|failed)|expression (?:error|fail)|unmapped|schema attribute|attribute.{0,60}(?:not defined|not found|does not exist|unknown)/,
    "mapping",
  ],
  [
    /not found|does ?n[o']t exist|doesn't exist|no such|no longer exist|could not be found|unable to find|no (?:matching )?user found|unknown user/,
    "not-found",
  ],
  [
    /not (?:supported|implemented|allowed|enabled|permitted)|unsupported|does ?n[o']t support|incompatible|not compatible/,
    "unsupported",
  ],
  [/time(?:d)?[ -]?out|deadline exceeded/, "timeout"],
  [
    /internal (?:server )?error|server error|bad gateway|unavailable|connection (?:refused|reset|closed)|unexpected (?:error|response|character)|invalid json|unrecognized token/,
    "server",
  ],
  [
    /invalid|not valid|malformed|violat|unparsable|too long|too short|bad request|validation|unacceptable|must (?:be|match|contain)/,
    "invalid-value",
  ],
];

/** Statuses that tell no cause by themselves, so that words which do go before them. */
const VAGUE = new Set([400, 403, 422, 500]);

function classOfStatus(status: number): ErrorClass | null {
  if (status === 401 || status === 403 || status === 407) return "authentication";
  if (status === 402) return "licence";
  if (status === 404 || status === 410) return "not-found";
  if (status === 405 || status === 501) return "unsupported";
  if (status === 408 || status === 504) return "timeout";
  if (status === 409) return "uniqueness";
  if (status === 429) return "rate-limit";
  if (status === 400 || status === 412 || status === 413 || status === 415 || status === 422)
    return "invalid-value";
  return status >= 500 ? "server" : null;
}

function classOfCode(code: string): ErrorClass | null {
  const lower = code.toLowerCase();
  return BY_CODE.find(([end]) => lower.endsWith(end))?.[1] ?? null;
}

function classOfWords(words: string): ErrorClass | null {
  // LICENSE_LIMIT_EXCEEDED reads like "license limit exceeded".
  const plain = words.slice(0, READ_CHARACTERS).replaceAll("_", " ").toLowerCase();
  return BY_WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

/** The class of a failure: by the vendor's code, then scimType, then the HTTP status, then the words. */
export function classify(
  code: string | null,
  httpStatus: number | null,
  scimType: string | null,
  words: string | null,
): ErrorClass {
  const certain =
    (code === null ? null : classOfCode(code)) ??
    (scimType === null ? null : BY_SCIM_TYPE.get(scimType.toLowerCase()));
  if (certain) return certain;
  const byStatus = httpStatus === null ? null : classOfStatus(httpStatus);
  if (byStatus !== null && httpStatus !== null && !VAGUE.has(httpStatus)) return byStatus;
  const byWords = classOfWords([code ?? "", words ?? ""].join(" "));
  // "Forbidden" and "Bad Request" among the words say no more than the status itself.
  return byWords !== null && byWords !== "server" ? byWords : (byStatus ?? byWords ?? "unknown");
}

const STATUS_PATTERNS: readonly RegExp[] = [
  /\bHTTP(?:\/\d(?:\.\d)?)?\s{0,2}(?:response\s)?(?:status\s?)?(?:code\s?)?(?:of\s)?[:=(]{0,2}\s?([45]\d\d)\b/i,
  /\bstatus[ _]?(?:code)?["']?\s{0,2}[:=(]{0,2}\s{0,2}["']?(?:of |is |was )?([45]\d\d)\b/i,
  /\b(?:error|code|response)(?: ?code)?["']?\s{0,2}[:=(]{0,2}\s{0,2}["']?([45]\d\d)\b/i,
];
const STATUS_AND_PHRASE =
  /\b([45]\d\d)\)?[ :,-]{1,3}((?:[A-Z][a-z]+ ?){1,3})|\bStatus ?Code\W{1,3}([A-Z][A-Za-z]+)|\b([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})\. {0,2}Errors reported by/g;

/**
 * The HTTP status that a message speaks of: `status code: 409`, `HTTP 429`, `409 Conflict`, `"status":"409"`,
 * `StatusCode: Conflict` (Entra), `Conflict. Errors reported by remote server` (Okta).
 * @returns a status from 400 to 599, or null.
 */
export function httpStatusIn(message: string): number | null {
  const words = message.slice(0, READ_CHARACTERS);
  for (const pattern of STATUS_PATTERNS) {
    const status = pattern.exec(words)?.[1];
    if (status !== undefined) return Number(status);
  }
  for (const [, number, after, named, before] of words.matchAll(STATUS_AND_PHRASE)) {
    const phrase = phraseStatus(after ?? named ?? before ?? "");
    if (phrase !== null && (number === undefined || Number(number) === phrase)) return phrase;
  }
  return null;
}

/** The status of a reason phrase, also where words stand before it (`Error while creating user: Conflict`). */
function phraseStatus(phrase: string): number | null {
  const words = phrase.trim().split(" ");
  for (let i = 0; i < words.length; i++) {
    const status =
      STATUS_OF_PHRASE.get(words.slice(i).join("").toLowerCase()) ??
      STATUS_OF_PHRASE.get(
        words
          .slice(0, words.length - i)
          .join("")
          .toLowerCase(),
      );
    if (status !== undefined) return status;
  }
  return null;
}

/** The scimType that a message names, as it stands there; null when it is none that the RFCs know. */
export function scimTypeIn(message: string): string | null {
  const named = /scimType\W{1,8}([A-Za-z]+)/i.exec(message.slice(0, READ_CHARACTERS))?.[1];
  return named !== undefined && BY_SCIM_TYPE.has(named.toLowerCase()) ? named : null;
}

const CODE_PATTERNS: readonly RegExp[] = [
  /\b(E0\d{6})\b/,
  /\berror ?code["']?\s{0,2}[:=]\s{0,2}["']?([A-Za-z][\w.-]{2,80})/i,
  /\b([A-Z]{2,30}(?:_[A-Z]{2,30}){1,8})\b/,
];

/** A vendor's code in a message: `E0000047`, `errorCode: duplicate_user`, `LICENSE_LIMIT_EXCEEDED`; null without one. */
export function codeIn(message: string): string | null {
  const words = message.slice(0, READ_CHARACTERS);
  for (const pattern of CODE_PATTERNS) {
    const code = pattern.exec(words)?.[1];
    if (code !== undefined) return code;
  }
  return null;
}

/**
 * The error of a failed record.
 * @param said the vendor's code and the HTTP status (else they are looked for in the message), its words, its advice,
 * and what its kind of record alone says of the class.
 */
export function errorOf(said: {
  message: string | null;
  code?: string | null;
  httpStatus?: number | null;
  more?: string | null;
  advice?: string | null;
  class?: ErrorClass | null;
}): EventError {
  const words = [said.message, said.more].filter((part) => part != null).join(" ");
  const code = said.code === undefined ? codeIn(words) : said.code;
  const httpStatus = said.httpStatus ?? httpStatusIn(words);
  const scimType = scimTypeIn(words);
  return {
    class: said.class ?? classify(code, httpStatus, scimType, words),
    code,
    httpStatus,
    scimType,
    message: said.message,
    advice: said.advice ?? null,
  };
}
