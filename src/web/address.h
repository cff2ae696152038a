/* What: network addresses: as text, as bytes, in lists of networks; and who a request really came from.
 * Source: RFC 4291 (IPv4 as ::ffff:a.b.c.d); X-Forwarded-* as nginx and Caddy send it. */
#ifndef GAVA_ADDRESS_H
#define GAVA_ADDRESS_H

#include "web.h"

struct sockaddr;

struct address {
    unsigned char bytes[16]; /* IPv6; IPv4 mapped into it */
};

/* "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; a port behind an IPv4 address or a bracket is dropped. */
MUST_USE bool address_parse(struct str s, struct address *ret);
/* The all-zero address for a kind of socket that has none. */
struct address address_of_socket(const struct sockaddr *socket);
/* "192.0.2.1" or "2001:db8::1". */
struct str address_text(struct ctx *ctx, struct address address);
/* What limits count as one client: an IPv4 address; the whole /64 of an IPv6 address, since every host on such a link
 * may take as many addresses of it as it likes (RFC 8981). */
struct address address_client(struct address address);
/* Do limits count both as one client? */
bool address_same_client(struct address a, struct address b);
/* list: addresses and networks ("10.0.0.0/8 ::1"), with spaces or commas between. */
bool address_in_list(struct address address, struct str list);
/* False and the first word that is neither. */
MUST_USE bool address_list_check(struct str list, struct str *ret_wrong);

/* Sets req->remote, secure and host: what trusted proxies vouch for, else what the socket says. peer: the other end.
 * tls: we speak TLS ourselves. X-Forwarded-For is read from the right; the first address that is no trusted proxy is
 * the client. */
void request_set_origin(struct ctx *ctx, struct request *req, struct address peer, bool tls,
                        struct str trusted_proxies);

#endif
