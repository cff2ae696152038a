/* Who may come how often, and who may stay: addresses, rates, connections. */
#include "testing.h"

#include <sys/socket.h>
#include <unistd.h>

#include "connections.h"
#include "rate.h"

static const struct clock wall;
static struct random chance;

static struct address address(const char *text)
{
    struct address a;
    assert_true(address_parse(str_from(text), &a));
    return a;
}

static void addresses_are_read_in_every_spelling(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    static const char *const spellings[][2] = {
        {"192.0.2.1", "192.0.2.1"},     {"192.0.2.1:80", "192.0.2.1"},        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"2001:DB8::1", "2001:db8::1"}, {"[2001:db8::1]:443", "2001:db8::1"}, {"::1", "::1"},
    };
    for (size_t i = 0; i < ARRAY_LEN(spellings); i++)
        assert_string_equal(address_text(&ctx, address(spellings[i][0])).p, spellings[i][1]);
    static const char *const wrong[] = {"", "unknown", "1.2.3", "1.2.3.4.5", "[::1", "256.1.1.1", "_hidden"};
    struct address a;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(address_parse(str_from(wrong[i]), &a));
    ctx_end(&ctx);
}

static void networks_hold_their_addresses(void **state)
{
    struct str list = STR("10.0.0.0/8, 192.0.2.1 2001:db8::/33");
    assert_true(address_in_list(address("10.255.0.1"), list));
    assert_true(address_in_list(address("192.0.2.1"), list));
    assert_true(address_in_list(address("2001:db8:7fff::1"), list));
    assert_false(address_in_list(address("2001:db8:8000::1"), list));
    assert_false(address_in_list(address("11.0.0.1"), list));
    assert_false(address_in_list(address("192.0.2.2"), list));
    assert_false(address_in_list(address("::1"), STR("127.0.0.0/8")));
    assert_true(address_in_list(address("203.0.113.9"), STR("0.0.0.0/0")));
    struct str word;
    assert_true(address_list_check(list, &word));
    assert_false(address_list_check(STR("10.0.0.0/8 proxy1"), &word));
    assert_true(str_eq(word, STR("proxy1")));
    assert_false(address_list_check(STR("10.0.0.0/33"), &word));
}

static void assert_origin(const char *peer, const char *trusted, const char *forwarded, const char *remote, bool secure)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct pair headers[] = {{STR("Host"), STR("inside")},
                             {STR("X-Forwarded-For"), str_from(forwarded)},
                             {STR("X-Forwarded-Proto"), STR("https")},
                             {STR("X-Forwarded-Host"), STR("gava.ekhamn.se")}};
    struct request req = {.headers = headers, .n_headers = ARRAY_LEN(headers)};
    request_set_origin(&ctx, &req, address(peer), /* tls= */ false, str_from(trusted));
    assert_string_equal(str_cz(ctx.arena, req.remote), remote);
    assert_int_equal(req.secure, secure);
    assert_string_equal(str_cz(ctx.arena, req.host), secure ? "gava.ekhamn.se" : "inside");
    ctx_end(&ctx);
}

static void only_trusted_proxies_are_believed(void **state)
{
    assert_origin("203.0.113.5", "", "198.51.100.1", "203.0.113.5", false);
    assert_origin("203.0.113.5", "10.0.0.1", "198.51.100.1", "203.0.113.5", false);
    assert_origin("10.0.0.1", "10.0.0.1", "198.51.100.1", "198.51.100.1", true);
    assert_origin("10.0.0.1", "10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1", true);
    assert_origin("10.0.0.1", "10.0.0.0/8", "1.1.1.1, 198.51.100.1, 10.2.2.2", "198.51.100.1", true);
    assert_origin("10.0.0.1", "10.0.0.1", "nonsense", "10.0.0.1", true);
    assert_origin("10.0.0.1", "10.0.0.1", "", "10.0.0.1", true);
}

static void a_rate_lets_its_number_through_and_then_waits(void **state)
{
    struct rates *rates = rates_new();
    int64_t now = 1000 * HOUR_US, wait = 0;
    for (int i = 0; i < 20; i++)
        assert_true(rates_take(rates, RATE_FOLLOW, STR("a"), 20, now, &wait));
    assert_false(rates_take(rates, RATE_FOLLOW, STR("a"), 20, now, &wait));
    assert_in_range(wait, 179, 180);
    assert_true(rates_take(rates, RATE_FOLLOW, STR("b"), 20, now, &wait));
    assert_true(rates_take(rates, RATE_LOGIN, STR("a"), 20, now, &wait));
    assert_true(rates_take(rates, RATE_FOLLOW, STR("a"), 20, now + 181 * SECOND_US, &wait));
    assert_false(rates_take(rates, RATE_FOLLOW, STR("a"), 20, now + 182 * SECOND_US, &wait));
    assert_true(rates_take(rates, RATE_FOLLOW, STR("a"), 0, now, &wait));
}

static void an_ipv6_network_of_64_bits_is_one_client(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    assert_true(address_same_client(address("2001:db8:1:2::1"), address("2001:db8:1:2:ffff::9")));
    assert_false(address_same_client(address("2001:db8:1:2::1"), address("2001:db8:1:3::1")));
    assert_false(address_same_client(address("192.0.2.1"), address("192.0.2.2")));
    assert_false(address_same_client(address("192.0.2.1"), address("::1")));
    assert_true(address_same_client(address("192.0.2.1"), address("::ffff:192.0.2.1")));
    static const char *const keys[][2] = {{"2001:db8:1:2::1", "2001:db8:1:2::"},
                                          {"2001:db8:1:2:a:b:c:d", "2001:db8:1:2::"},
                                          {"2001:db8:1:3::1", "2001:db8:1:3::"},
                                          {"192.0.2.77", "192.0.2.77"},
                                          {"", ""}};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        assert_string_equal(str_cz(ctx.arena, rate_client(&ctx, str_from(keys[i][0]))), keys[i][1]);
    ctx_end(&ctx);
}

static void many_addresses_do_not_make_one_pay_for_another(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 16 << 20);
    struct rates *rates = rates_new();
    int64_t wait;
    for (int i = 0; i < 100000; i++) {
        arena_reset(ctx.arena);
        assert_true(rates_take(rates, RATE_SUBMIT, str_fmt(ctx.arena, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255), 1,
                               HOUR_US, &wait));
    }
    ctx_end(&ctx);
}

struct pair_of_sockets {
    int ours, theirs;
};

static struct pair_of_sockets sockets(void)
{
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    return (struct pair_of_sockets){fds[0], fds[1]};
}

/* The end that the client holds has been told that it is over. */
static bool is_closed(struct pair_of_sockets s)
{
    char byte;
    return recv(s.theirs, &byte, 1, MSG_DONTWAIT) == 0;
}

static void each_phase_has_its_time(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct connections all = connections_new(&ctx);
    struct pair_of_sockets s[4] = {sockets(), sockets(), sockets(), sockets()};
    struct connection *c[4];
    for (int i = 0; i < 4; i++)
        c[i] = connections_add(&all, s[i].ours, address("192.0.2.1"), 0);
    connection_phase(c[1], PHASE_KEPT, 0, 0);
    connection_phase(c[2], PHASE_BODY, 1 << 20, 0);
    connection_phase(c[3], PHASE_ANSWERING, 1 << 20, 0);
    assert_int_equal(connections_sweep(&all, FIRST_MAX_S * SECOND_US), 0);
    assert_int_equal(connections_sweep(&all, (FIRST_MAX_S + 1) * SECOND_US), 1);
    assert_true(is_closed(s[0]) && !is_closed(s[1]));
    assert_int_equal(connections_sweep(&all, (KEPT_MAX_S + 1) * SECOND_US), 1);
    assert_true(is_closed(s[1]) && !is_closed(s[2]) && !is_closed(s[3]));
    assert_int_equal(connections_in_flight(&all), 2);
    assert_int_equal(connections_sweep(&all, 3600 * SECOND_US), 2);
    assert_int_equal(connections_in_flight(&all), 0);
    for (int i = 0; i < 4; i++) {
        connections_remove(&all, c[i]);
        close(s[i].ours);
        close(s[i].theirs);
    }
    assert_int_equal(all.n, 0);
    ctx_end(&ctx);
}

static void a_client_that_has_gone_is_not_waited_for(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct connections all = connections_new(&ctx);
    struct pair_of_sockets s[2] = {sockets(), sockets()};
    struct connection *waiting = connections_add(&all, s[0].ours, address("192.0.2.1"), 0);
    struct connection *answering = connections_add(&all, s[1].ours, address("192.0.2.1"), 0);
    connection_phase(answering, PHASE_ANSWERING, 0, 0);
    assert_int_equal(shutdown(s[0].theirs, SHUT_WR) | shutdown(s[1].theirs, SHUT_WR), 0);
    assert_int_equal(connections_sweep(&all, SECOND_US / 2), 0);
    assert_int_equal(connections_sweep(&all, SECOND_US), 1);
    assert_true(waiting->closing && !answering->closing);
    for (int i = 0; i < 2; i++) {
        close(s[i].ours);
        close(s[i].theirs);
    }
    ctx_end(&ctx);
}

static void the_longest_waiting_gives_way_and_not_one_that_is_served(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct connections all = connections_new(&ctx);
    all.per_address = 3;
    struct pair_of_sockets s[4] = {sockets(), sockets(), sockets(), sockets()};
    struct connection *c[4];
    size_t n_closed;
    c[3] = connections_add(&all, s[3].ours, address("192.0.2.9"), 0);
    for (int i = 0; i < 3; i++)
        c[i] = connections_add(&all, s[i].ours, address("192.0.2.1"), 10 + i);
    connection_phase(c[0], PHASE_ANSWERING, 0, 5);
    assert_true(connections_make_room(&all, address("192.0.2.9"), &n_closed));
    assert_int_equal(n_closed, 0);
    assert_true(connections_make_room(&all, address("192.0.2.1"), &n_closed));
    assert_int_equal(n_closed, 1);
    assert_true(is_closed(s[1]) && !is_closed(s[0]) && !is_closed(s[2]) && !is_closed(s[3]));
    for (int i = 0; i < 4; i++) {
        close(s[i].ours);
        close(s[i].theirs);
    }
    ctx_end(&ctx);
}

static void connections_of_one_ipv6_network_share_its_room(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct connections all = connections_new(&ctx);
    all.per_address = 2;
    struct pair_of_sockets s[3] = {sockets(), sockets(), sockets()};
    size_t n_closed;
    static const char *const peers[] = {"2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1"};
    for (int i = 0; i < 3; i++)
        assert_non_null(connections_add(&all, s[i].ours, address(peers[i]), i));
    assert_true(connections_make_room(&all, address("2001:db8:1:3::2"), &n_closed));
    assert_int_equal(n_closed, 0);
    assert_true(connections_make_room(&all, address("2001:db8:1:2::3"), &n_closed));
    assert_int_equal(n_closed, 1);
    assert_true(is_closed(s[0]) && !is_closed(s[1]) && !is_closed(s[2]));
    for (int i = 0; i < 3; i++) {
        close(s[i].ours);
        close(s[i].theirs);
    }
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read_in_every_spelling),
        cmocka_unit_test(networks_hold_their_addresses),
        cmocka_unit_test(only_trusted_proxies_are_believed),
        cmocka_unit_test(a_rate_lets_its_number_through_and_then_waits),
        cmocka_unit_test(an_ipv6_network_of_64_bits_is_one_client),
        cmocka_unit_test(connections_of_one_ipv6_network_share_its_room),
        cmocka_unit_test(many_addresses_do_not_make_one_pay_for_another),
        cmocka_unit_test(each_phase_has_its_time),
        cmocka_unit_test(a_client_that_has_gone_is_not_waited_for),
        cmocka_unit_test(the_longest_waiting_gives_way_and_not_one_that_is_served),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
