/* What: a mail server in a child process that answers by a script, and afterwards gives everything it received. For
 * x_test.c files only. Not here: a real one (tests/flow/postfix.mjs), STARTTLS and AUTH (tests/flow/smtp_sink.mjs). */
#ifndef GAVA_SMTP_TESTING_H
#define GAVA_SMTP_TESTING_H

#include "testing.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "str.h"

enum { SMTP_TALK_MAX = 64 * 1024 };

struct smtp_answer {
    const char *command; /* its first letters; "" the greeting, "." the end of the message */
    const char *text;    /* with CRLF; NULL: hang up */
};

struct smtp_server {
    pid_t pid;
    int port;
    int talk; /* what it received, once it has ended */
};

static inline const char *smtp_answer_to(const struct smtp_answer *script, const char *command, const char *otherwise)
{
    for (const struct smtp_answer *a = script; a && a->command; a++)
        if (strncmp(a->command, command, strlen(a->command)) == 0 && (*a->command || !*command))
            return a->text ? a->text : "";
    return otherwise;
}

static inline bool smtp_say(FILE *out, const char *text)
{
    fputs(text, out);
    fflush(out);
    return *text != 0;
}

static inline void smtp_serve_one(int fd, const struct smtp_answer *script, FILE *talk)
{
    FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
    char line[4096];
    bool in_message = false;
    if (smtp_say(out, smtp_answer_to(script, "", "220 test ESMTP\r\n")))
        while (fgets(line, sizeof line, in)) {
            fputs(line, talk);
            fflush(talk);
            const char *text = "250 2.0.0 ok\r\n";
            if (in_message && strcmp(line, ".\r\n") != 0)
                continue;
            if (in_message)
                text = smtp_answer_to(script, ".", text), in_message = false;
            else if (strncmp(line, "EHLO", 4) == 0)
                text = smtp_answer_to(script, line, "250-test\r\n250-SIZE 1000000\r\n250 ENHANCEDSTATUSCODES\r\n");
            else if (strncmp(line, "DATA", 4) == 0)
                text = smtp_answer_to(script, line, "354 go on\r\n"), in_message = text[0] == '3';
            else if (strncmp(line, "QUIT", 4) == 0)
                text = smtp_answer_to(script, line, "221 2.0.0 bye\r\n");
            else
                text = smtp_answer_to(script, line, text);
            if (!smtp_say(out, text))
                break;
        }
    fclose(in);
    fclose(out);
}

/* script: ends with a NULL command; NULL: everything is taken. Serves n_connections, one after the other. */
static inline struct smtp_server smtp_server_start(const struct smtp_answer *script, int n_connections)
{
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof address;
    assert_int_equal(bind(listener, (struct sockaddr *)&address, n), 0);
    assert_int_equal(listen(listener, 5), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &n), 0);
    int pipe_fds[2];
    assert_int_equal(pipe2(pipe_fds, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(30);
        signal(SIGPIPE, SIG_IGN);
        FILE *talk = fdopen(pipe_fds[1], "w");
        for (int i = 0; i < n_connections; i++)
            smtp_serve_one(accept(listener, NULL, NULL), script, talk);
        fflush(talk);
        _exit(0);
    }
    close(listener);
    close(pipe_fds[1]);
    return (struct smtp_server){pid, ntohs(address.sin_port), pipe_fds[0]};
}

/* All the server received. In arena. */
static inline struct str smtp_server_end(struct smtp_server *server, struct arena *arena)
{
    kill(server->pid, SIGTERM);
    waitpid(server->pid, NULL, 0);
    char *text = arena_alloc(arena, SMTP_TALK_MAX);
    size_t n = 0;
    for (ssize_t got; n < SMTP_TALK_MAX && (got = read(server->talk, text + n, SMTP_TALK_MAX - n)) > 0;)
        n += (size_t)got;
    close(server->talk);
    return (struct str){text, n};
}

#endif
