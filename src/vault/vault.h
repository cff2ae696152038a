/* What: the one way to what people wrote and who they are. Everything is sealed with a key of its case; the case's key
 * is wrapped by the municipality's key, that one by the master key, which lies in a file and never in a database. Flow:
 * serve and the commands open it once per process (vault_open) after store_open; ctx->vault borrows it. flow/ seals
 * what comes in, in the transaction that makes the case, and opens it again for a purpose; each opening is written
 * down. Owns: tables vault_key, case_key, sealed, contact, reading, spent_secret. Invariants: (1) no key leaves this
 * folder, lies in an arena or in a log; (2) a body opens only for its own case and kind (bound as associated data); (3)
 * contact details are written down in the transaction that opens them, before they are given out; (4) without its
 * case_key a case cannot be read by anybody. Memory: keys in sodium_malloc memory, until vault_close; what is opened
 * lives as long as ctx. Cost: sealing and opening about 1 ns a byte; a body is held twice meanwhile (10 MB take 20 MB
 * of ctx's arena). Not here: who may see a case (flow/), hashes of documents (store/), rate limits. Source:
 * design.md 3.5; libsodium XChaCha20-Poly1305 (RFC 8439 with a 192-bit nonce), BLAKE2b (RFC 7693), crypto_kdf.
 */
#ifndef GAVA_VAULT_H
#define GAVA_VAULT_H

#include "store.h"

struct vault;

enum purpose {
#define PURPOSE(code, how, text) PURPOSE_##code,
#include "purpose.def"
#undef PURPOSE
    PURPOSE_COUNT
};
/* "handle_case". Static. */
struct str purpose_name(enum purpose purpose);

/* ---- once per process ---- */

/* Where the master key is, first found first taken: $CREDENTIALS_DIRECTORY/gava-master-key (systemd), the file named by
 * $GAVA_KEY_FILE, DIR/keys/master.key, and with PostgreSQL $XDG_CONFIG_HOME/gava/master.key or
 * ~/.config/gava/master.key. A file holds 64 hexadecimal digits and is readable by its owner only. */

/* For a new municipality: makes the master key's file unless there is one, and the municipality's key, in ctx->db.
 * ERR_CONFLICT when the municipality has its key already, ERR_IO, ERR_KEY (the file holds no key). */
MUST_USE enum err vault_create(struct ctx *ctx, const struct where *where);
/* Open the vault of ctx->db. ret lives until vault_close. ERR_KEY: no master key, or not the one this vault was made
 * with; the hint says where it was looked for. */
MUST_USE enum err vault_open(struct ctx *ctx, const struct where *where, struct vault **ret);
/* Wipes the keys. vault may be NULL. */
void vault_close(struct vault *vault);

/* ---- a case's words ---- */

/* A key for a new case; in the transaction that makes the case. What a crash left under the same number goes away. */
MUST_USE enum err vault_case_new(struct ctx *ctx, struct case_id case_id);
/* Seal body under the case's key. kind: "document", "file_name", "draft", "reason" ... (a-z _). ret: the row's number.
 * ERR_NOT_FOUND when the case has no key (disposed of). */
MUST_USE enum err vault_seal(struct ctx *ctx, struct case_id case_id, struct str kind, struct str body,
                             struct sealed_id *ret);
/* Put another body in its place; the old one is gone. ERR_NOT_FOUND when there is no such row of the case. */
MUST_USE enum err vault_reseal(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str body);
/* Open a body of the case and write down that it was opened (purpose.def says how often). Works while the connection is
 * read-only, inside tx_begin_read only after vault_announce. ERR_NOT_FOUND: no such row of that case, or disposed of;
 * ERR_CORRUPT: it was changed. */
MUST_USE enum err vault_unseal(struct ctx *ctx, struct case_id case_id, struct sealed_id id, enum purpose purpose,
                               struct str *ret);
/* Write the reading of a case's papers down beforehand: with an HOURLY purpose, opening them works inside tx_begin_read
 * then, for a page that reads much. Works while the connection is read-only. */
MUST_USE enum err vault_announce(struct ctx *ctx, struct case_id case_id, enum purpose purpose);
/* Does the body still have this SHA-256 and size? Nothing is given out, so nothing is written down. Errors as
 * vault_unseal. */
MUST_USE enum err vault_check(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str sha256,
                              int64_t size_bytes, bool *ret_same);
/* Take one body away (a draft that was sent), inside the transaction after which nothing points to it. Its words go by
 * vault_sweep(), when that is on disk in both files. ERR_NOT_FOUND when there is no such row of the case. */
MUST_USE enum err vault_remove(struct ctx *ctx, struct case_id case_id, struct sealed_id id);
/* The next step for at most 100 bodies that were taken away: first their words go, then the rows. *ret_more: call
 * again. Own transactions. Source: docs/decisions/0050. */
MUST_USE enum err vault_sweep(struct ctx *ctx, bool *ret_more);
/* Dispose of everything of a case, for ever: its key, its bodies, its contact details. The read-log stays. */
MUST_USE enum err vault_forget(struct ctx *ctx, struct case_id case_id);

/* How to reach a submitter. Any field may be empty. */
struct contact {
    struct str name, email, phone, address; /* address: several lines */
    struct str call_time;                   /* "helst på eftermiddagen" */
};
/* No field says anything. */
bool contact_is_empty(const struct contact *contact);
/* Some field says how to reach the person: e-mail, telephone or address. */
bool contact_is_reachable(const struct contact *contact);
/* Set or replace the case's contact details. */
MUST_USE enum err vault_contact_put(struct ctx *ctx, struct case_id case_id, const struct contact *contact);
/* Open them; always written down first. Works while the connection is read-only, not inside tx_begin_read.
 * ERR_NOT_FOUND when the case has none. */
MUST_USE enum err vault_contact_get(struct ctx *ctx, struct case_id case_id, enum purpose purpose, struct contact *ret);

/* ---- with the municipality's key ---- */

/* Bytes that belong to no case yet (a file of a form that came back): sealed and opened without a row. */
MUST_USE enum err vault_seal_loose(struct ctx *ctx, struct str body, struct str *ret_sealed);
MUST_USE enum err vault_unseal_loose(struct ctx *ctx, struct str sealed, struct str *ret_body);

/* What a keyed hash is for; each has a key of its own, so that none can be matched against another. The numbers are
 * stored implicitly in every hash: never change one. */
enum vault_mac_kind {
    VAULT_MAC_CODE = 1,       /* the submitter's code, derived from the form's token */
    VAULT_MAC_CODE_CHECK = 2, /* the hash that is stored of it */
    VAULT_MAC_FORM_TOKEN = 3,
    VAULT_MAC_SEARCH = 4, /* a word's stem */
    VAULT_MAC_SESSION = 5,
    VAULT_MAC_CSRF = 6,
    VAULT_MAC_RATE = 7,         /* an address or a login that is counted */
    VAULT_MAC_SURVEY = 8,       /* the token of a question after closing, derived from its case */
    VAULT_MAC_SURVEY_CHECK = 9, /* the hash that is stored of it */
};
/* BLAKE2b-256 of bytes keyed for the kind: 32 bytes, the same for the same municipality for ever. */
MUST_USE enum err vault_mac(struct ctx *ctx, enum vault_mac_kind kind, struct str bytes, struct str *ret);

#endif
