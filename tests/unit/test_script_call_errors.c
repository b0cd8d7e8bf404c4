/* What is wrong in a call, its arguments or its RESULT is told with its column. */
#include "script_lines.h"

static const struct bad_line calls[] = {
    {"server: fork()", "9: the child needs a name: expected child = fork()"},
    {"server: select(s)", "9: unknown call 'select': expected one of socket, bind, "
                          "listen, accept, connect, send, recv, sendto, recvfrom, "
                          "shutdown, close, setsockopt, getsockopt, getsockname, "
                          "getpeername, fork, return, exit"},
    {"sever: listen(s, 5)", "1: unknown host 'sever'; did you mean 'server'?"},
    {"server/2x: listen(s, 5)",
     "8: '2x' cannot name a thread: expected a letter, then letters, digits, _ or -, at "
     "most 15 in all, no - at the end"},
    {"server/: listen(s, 5)",
     "8: '' cannot name a thread: expected a letter, then letters, digits, _ or -, at "
     "most 15 in all, no - at the end"},
    {"server:",
     "8: the line ends too early: expected a call such as listen(s, 5), or '=> RESULT'"},
    {"server: listen", "15: the line ends too early: expected '(' after 'listen'"},
    {"server: listen s, 5", "16: 's, 5': expected '(' after 'listen'"},
    {"server: listen(s, 5", "20: the line ends too early: expected ')'"},
    {"server: lisen(s, 5)", "9: unknown call 'lisen'; did you mean 'listen'?"},
    {"server: foo(s)", "9: unknown call 'foo': expected one of socket, bind, listen, "
                       "accept, connect, send, recv, sendto, recvfrom, shutdown, close, "
                       "setsockopt, getsockopt, getsockname, getpeername, fork, return, exit"},
    {"server: listen(s)",
     "9: listen takes 2 arguments, not 1: expected listen(SOCKET, NUMBER)"},
    {"server: exit(0)", "9: exit takes 0 arguments, not 1: expected exit()"},
    {"server: listen(x, 5)",
     "16: unknown variable 'x': expected one that an earlier line on this host has set"},
    {"server: close(ss)", "15: unknown variable 'ss'; did you mean 's'?"},
    {"server: listen(n, 5)",
     "16: 'n' holds a number: expected a variable with a socket"},
    {"server: listen(s, five)", "19: 'five' is no number: expected a whole number"},
    {"server: listen(s, 99999999999)",
     "19: '99999999999' is out of range: expected a whole number"},
    {"server: t = bind(s, *:80)", "13: bind() gives nothing to keep: expected no 't =' "
                                  "(only socket, accept, recv, send and fork set a variable)"},
    {"server: 9t = accept(s)",
     "9: '9t' cannot name a variable: expected a letter, then letters, digits, _ or -, "
     "at most 15 in all, no - at the end"},
    {"server: toolongtoolongtoolong = accept(s)",
     "9: 'toolongtoolongtoolong' cannot name a variable: expected a letter, then "
     "letters, digits, _ or -, at most 15 in all, no - at the end"},
    {"server: t = 5", "14: the line ends too early: expected '(' after '5'"},
    {"server: t =", "12: expected a call after '='"},
    {"server: t = socket(AF_INTE, SOCK_STREAM, 0)",
     "20: unknown address family 'AF_INTE'; did you mean 'AF_INET'?"},
    {"server: t = socket(AF_INET, SOCK_STREM, 0)",
     "29: unknown socket type 'SOCK_STREM'; did you mean 'SOCK_STREAM'?"},
    {"server: t = socket(AF_INET, SOCK_NONBLOCK, 0)",
     "29: 'SOCK_NONBLOCK': expected one of SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, and | "
     "SOCK_NONBLOCK after it if wanted"},
    {"server: t = socket(AF_INET, SOCK_STREAM | SOCK_DGRAM, 0)",
     "29: 'SOCK_STREAM | SOCK_DGRAM': expected one of SOCK_STREAM, SOCK_DGRAM, "
     "SOCK_RAW, and | SOCK_NONBLOCK after it if wanted"},
    {"server: t = socket(AF_INET, SOCK_STREAM SOCK_NONBLOCK, 0)",
     "41: 'SOCK_NONBLOCK' is not expected here: expected | or ,"},
    {"server: t = socket(AF_UNIX, SOCK_X, zero)",
     "20: unknown address family 'AF_UNIX': expected AF_INET or AF_INET6\n"
     "29: unknown socket type 'SOCK_X': expected one of SOCK_STREAM, SOCK_DGRAM, "
     "SOCK_RAW, and | SOCK_NONBLOCK after it if wanted\n"
     "37: 'zero' is no number: expected a whole number"},
    {"server: bind(s, 10.0.0.1)", "17: '10.0.0.1' is no ADDRESS:PORT: expected one such "
                                  "as 192.168.0.101:6666 or [fd00::1]:80"},
    {"server: bind(s, *:70000)",
     "19: '70000' is out of range: expected one from 0 to 65535"},
    {"server: bind(s, 10.0.0.1:70000)",
     "17: '10.0.0.1:70000' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 "
     "or [fd00::1]:80"},
    {"server: bind(s, fd00::1:80)", "17: 'fd00::1:80' is no ADDRESS:PORT: expected one "
                                    "such as 192.168.0.101:6666 or [fd00::1]:80"},
    {"server: bind(s, *:*)", "19: '*' is no number: expected one from 0 to 65535"},
    {"server: connect(s, *:80)",
     "20: '*:80': '*' is for bind; expected the ADDRESS:PORT of the other side"},
    {"server: send(s, hello)",
     "17: 'hello' is no text: expected \"text\" in double quotes"},
    {"server: send(s, \"a\" * 0)",
     "23: '0' is out of range: expected one from 1 to 16777216"},
    {"server: send(s, \"ab\" * 16777216)", "17: too much data: expected at most 16 MiB"},
    {"server: send(s, \"a\" x)",
     "21: 'x' is not expected here: expected * and a number, or nothing"},
    {"server: send(s, \"a\\q\")",
     "19: unknown escape '\\q': expected one of C's, such as \\n, \\x41 or \\0"},
    {"server: send(s, \"a\\xg\")",
     "19: unknown escape '\\x': expected one of C's, such as \\n, \\x41 or \\0"},
    {"server: send(s, \"a)", "17: a text that is not closed: expected a second \""},
    {"server: recv(s, 16777217)",
     "17: '16777217' is out of range: expected one from 0 to 16777216"},
    {"server: recv(s, -1)", "17: '-1' is out of range: expected one from 0 to 16777216"},
    {"server: shutdown(s, SHUT_WRITE)",
     "21: unknown way to shut down 'SHUT_WRITE'; did you mean 'SHUT_WR'?"},
    {"server: shutdown(s, SHUT_RW)",
     "21: unknown way to shut down 'SHUT_RW'; did you mean 'SHUT_RD'?"},
    {"server: setsockopt(s, SO_REUSEADR, 1)",
     "23: unknown socket option 'SO_REUSEADR'; did you mean 'SO_REUSEADDR'?"},
    {"server: setsockopt(s, SO_ERROR, 1)",
     "23: 'SO_ERROR' can only be read: expected getsockopt(s, SO_ERROR)"},
    {"server: setsockopt(s, SO_LINGER, 1)",
     "34: '1' is no value of SO_LINGER: expected \"on,SECONDS\", such as \"1,0\""},
    {"server: setsockopt(s, SO_LINGER, \"yes,0\")",
     "34: '\"yes,0\"' is no value of SO_LINGER: expected \"on,SECONDS\", such as "
     "\"1,0\""},
    {"server: setsockopt(s, SO_LINGER, \"on,2147483648\")",
     "34: '\"on,2147483648\"' is no value of SO_LINGER: expected \"on,SECONDS\", such as "
     "\"1,0\""},
    {"server: setsockopt(s, SO_KEEPALIVE, yes)",
     "37: 'yes' is no number: expected a whole number"},
    {"server: listen(s, 5) accept(s)", "22: 'accept(s)' is not expected here: expected "
                                       "'=> RESULT' or the end of the line"},
    {"é: listen(s, 5)", "1: unknown host 'é': expected the name of a host that an "
                        "earlier 'host' line made"},
};

static const struct bad_line results[] = {
    {"server: =>", "11: the line ends too early: expected a number, an errno name, "
                   "\"data\", an ADDRESS:PORT, or 'blocks'"},
    {"server: t => 0", "11: '=> 0': expected '(' after 't'"},
    {"server: listen(s, 5) => blocks",
     "25: listen() never blocks: expected another result"},
    {"server: listen(s, 5) => EADDRINUS",
     "25: unknown result 'EADDRINUS'; did you mean 'EADDRINUSE'?"},
    {"server: listen(s, 5) => what",
     "25: unknown result 'what': expected a number, an errno name, \"data\", an "
     "ADDRESS:PORT, or 'blocks'"},
    {"server: listen(s, 5) => 0 0",
     "27: '0' is not expected here: expected the end of the line"},
    {"server: listen(s, 5) => \"data\"",
     "25: listen() gives no data: only recv and recvfrom do; expected another result"},
    {"server: listen(s, 5) => 10.0.0.1:5",
     "25: listen() gives no ADDRESS:PORT: only accept, recvfrom, getsockname and "
     "getpeername do"},
    {"server: recv(s, 5) => \"a\" from 10.0.0.1:5",
     "23: recv() does not tell a sender: only recvfrom does"},
    {"server: recvfrom(s, 5) => \"a\" from",
     "35: the line ends too early: expected an ADDRESS:PORT after 'from'"},
    {"server: recvfrom(s, 5) => \"a\" from x",
     "36: 'x' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666, "
     "[fd00::1]:80, 192.168.0.101:* or *:80"},
    {"server: accept(s) => 10.0.0.1",
     "22: '10.0.0.1' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666, "
     "[fd00::1]:80, 192.168.0.101:* or *:80"},
    {"server: accept(s) => 10.0.0.1:x",
     "22: '10.0.0.1:x' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666, "
     "[fd00::1]:80, 192.168.0.101:* or *:80"},
    {"server: accept(s) => 99999999999",
     "22: '99999999999' is out of range: expected a whole number"},
    {"server: accept(s) => blocks within 5s",
     "29: 'within' is not expected here: expected it in a line of its own, 'THREAD: => "
     "RESULT within DURATION'"},
    {"server: => 0 within",
     "20: the line ends too early: expected a duration such as 70s"},
    {"server: => 0 within 5",
     "21: '5' is no duration: expected one such as 500ms or 2s"},
    {"server: => 0 or 1",
     "14: 'or 1' is not expected here: expected the end of the line"},
    {"server: => 10.0.0.1:*", "12: recv() gives no ADDRESS:PORT: only accept, recvfrom, "
                              "getsockname and getpeername do"},
    {"server/web: => 0",
     "1: 'server/web' has made no call yet: expected one before '=>'"},
    {"server: recv(s, 5) => ", "22: the line ends too early: expected a number, an "
                               "errno name, \"data\", an ADDRESS:PORT, or 'blocks'"},
    {"server: exit() => 0", "19: exit() gives nothing: expected no '=>'"},
    {"server: return() => blocks", "21: return() gives nothing: expected no '=>'"},
    {"server: send(s, \"é\") => EFO", "25: unknown result 'EFO'; did you mean 'EIO'?"},
};

static void test_calls(void **state)
{
    (void)state;
    check_bad_lines(calls, sizeof(calls) / sizeof(calls[0]));
}

static void test_results(void **state)
{
    (void)state;
    check_bad_lines(results, sizeof(results) / sizeof(results[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_results),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
