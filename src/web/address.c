#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static bool parse_plain(struct str s, struct address *ret)
{
    char z[INET6_ADDRSTRLEN + 1];
    if (s.n == 0 || s.n > INET6_ADDRSTRLEN)
        return false;
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    if (strlen(z) != s.n)
        return false;
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    memcpy(ret->bytes, mapped, sizeof mapped);
    return inet_pton(AF_INET, z, ret->bytes + 12) == 1 || inet_pton(AF_INET6, z, ret->bytes) == 1;
}

bool address_parse(struct str s, struct address *ret)
{
    struct address address;
    if (s.n && s.p[0] == '[') {
        ptrdiff_t end = str_find_char(s, ']');
        if (end < 0)
            return false;
        s = str_head(str_skip(s, 1), (size_t)end - 1);
    } else {
        ptrdiff_t colon = str_find_char(s, ':');
        if (colon > 0 && str_find_char(str_skip(s, (size_t)colon + 1), ':') < 0)
            s = str_head(s, (size_t)colon);
    }
    if (!parse_plain(s, &address))
        return false;
    *ret = address;
    return true;
}

struct address address_of_socket(const struct sockaddr *socket)
{
    struct address address = {.bytes = {[10] = 0xFF, [11] = 0xFF}};
    if (socket->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, socket, sizeof in);
        memcpy(address.bytes + 12, &in.sin_addr, 4);
    } else if (socket->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, socket, sizeof in6);
        memcpy(address.bytes, &in6.sin6_addr, 16);
    } else {
        memset(&address, 0, sizeof address);
    }
    return address;
}

static bool is_ipv4(struct address address)
{
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    return memcmp(address.bytes, mapped, sizeof mapped) == 0;
}

struct str address_text(struct ctx *ctx, struct address address)
{
    char z[INET6_ADDRSTRLEN];
    const char *text = is_ipv4(address) ? inet_ntop(AF_INET, address.bytes + 12, z, sizeof z)
                                        : inet_ntop(AF_INET6, address.bytes, z, sizeof z);
    return str_copy(ctx->arena, str_from(text));
}

enum { CLIENT_BYTES = 8 }; /* a /64 */

struct address address_client(struct address address)
{
    if (!is_ipv4(address))
        memset(address.bytes + CLIENT_BYTES, 0, sizeof address.bytes - CLIENT_BYTES);
    return address;
}

bool address_same_client(struct address a, struct address b)
{
    return memcmp(a.bytes, b.bytes, is_ipv4(a) || is_ipv4(b) ? sizeof a.bytes : CLIENT_BYTES) == 0;
}

/* "10.0.0.0/8" or one address. */
static bool parse_network(struct str word, struct address *ret, int64_t *ret_bits)
{
    ptrdiff_t slash = str_find_char(word, '/');
    if (!parse_plain(slash < 0 ? word : str_head(word, (size_t)slash), ret))
        return false;
    int64_t most = is_ipv4(*ret) ? 32 : 128, bits = most;
    if (slash >= 0 && (!str_to_i64(str_skip(word, (size_t)slash + 1), &bits) || bits < 0 || bits > most))
        return false;
    *ret_bits = bits + 128 - most;
    return true;
}

static bool same_network(struct address a, struct address b, int64_t bits)
{
    size_t whole = (size_t)bits / 8, rest = (size_t)bits % 8;
    if (memcmp(a.bytes, b.bytes, whole) != 0)
        return false;
    return rest == 0 || (a.bytes[whole] ^ b.bytes[whole]) >> (8 - rest) == 0;
}

/* The next word of a list with spaces or commas between. */
static bool next_word(struct str *rest, struct str *ret)
{
    while (rest->n && strchr(" ,\t", rest->p[0]))
        *rest = str_skip(*rest, 1);
    size_t n = 0;
    while (n < rest->n && !strchr(" ,\t", rest->p[n]))
        n++;
    *ret = str_head(*rest, n);
    *rest = str_skip(*rest, n);
    return n > 0;
}

bool address_in_list(struct address address, struct str list)
{
    struct str word;
    struct address network;
    int64_t bits;
    while (next_word(&list, &word))
        if (parse_network(word, &network, &bits) && same_network(address, network, bits))
            return true;
    return false;
}

bool address_list_check(struct str list, struct str *ret_wrong)
{
    struct address network;
    int64_t bits;
    struct str word;
    while (next_word(&list, &word)) {
        if (parse_network(word, &network, &bits))
            continue;
        *ret_wrong = word;
        return false;
    }
    return true;
}

/* The last of a comma-separated list, taken off it. */
static bool take_last(struct str *rest, struct str *ret)
{
    if (str_is_none(*rest))
        return false;
    size_t at = rest->n;
    while (at > 0 && rest->p[at - 1] != ',')
        at--;
    *ret = str_trim(str_skip(*rest, at));
    *rest = at > 0 ? str_head(*rest, at - 1) : STR_NONE;
    return true;
}

void request_set_origin(struct ctx *ctx, struct request *req, struct address peer, bool tls, struct str trusted_proxies)
{
    struct address client = peer;
    req->secure = tls;
    req->host = request_header(req, STR("host"));
    if (trusted_proxies.n && address_in_list(peer, trusted_proxies)) {
        /* several headers of one name are one list (RFC 9110 5.3): the last header is nearest to us */
        for (size_t i = req->n_headers; i > 0 && address_in_list(client, trusted_proxies); i--) {
            if (!str_eq_ascii_case(req->headers[i - 1].name, STR("x-forwarded-for")))
                continue;
            struct str rest = req->headers[i - 1].value, word;
            while (address_in_list(client, trusted_proxies) && take_last(&rest, &word))
                if (!address_parse(word, &client))
                    break;
        }
        struct str word, proto = request_header(req, STR("x-forwarded-proto"));
        struct str host = request_header(req, STR("x-forwarded-host"));
        if (take_last(&proto, &word))
            req->secure = str_eq_ascii_case(word, STR("https"));
        if (take_last(&host, &word) && word.n)
            req->host = word;
    }
    req->remote = address_text(ctx, client);
}
