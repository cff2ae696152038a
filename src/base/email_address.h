/* What: is this text an e-mail address a mail server can be asked to deliver to?
 * Flow: forms check what a person typed; mail/ checks again before anything is put into a header or an SMTP command.
 * Invariants: what email_address_parse() gives is printable ASCII without space, quotes, angle brackets or commas, so
 * it can neither end a header nor add a recipient; at most 254 bytes, 64 of them before the @. Not here: whether
 * somebody reads it: only a delivered mail shows that. Quoted local parts ("a b"@c), address literals (a@[192.0.2.1])
 * and letters beyond ASCII before the @ (RFC 6531) are refused: hardly a mail server takes them. Source: RFC 5321 4.1.2
 * and 4.5.3.1, RFC 5322 3.2.3 (dot-atom), RFC 5890 (international names by UTS 46). */
#ifndef GAVA_EMAIL_ADDRESS_H
#define GAVA_EMAIL_ADDRESS_H

#include "str.h"

/* The address as mail servers write it: white space at the ends is dropped, an international domain ("räka.example")
 * becomes its ASCII form ("xn--rka-qla.example") in lower case, the part before the @ stays as typed. typed:
 * well-formed or not, any length. ret_ascii: in arena. False (ret untouched) when it cannot be an address. */
MUST_USE bool email_address_parse(struct arena *arena, struct str typed, struct str *ret_ascii);

#endif
