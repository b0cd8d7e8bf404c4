/* What is wrong in a lab line is told with its column, what was expected, and the
 * nearest known word: all commands but calls and expectations. */
#include "script_lines.h"

static const struct bad_line unknown[] = {
    {"delivr SYN", "1: unknown command 'delivr'; did you mean 'deliver'?"},
    {"Deliver", "1: unknown command 'Deliver'; did you mean 'deliver'?"},
    {"frobnicate it", "1: unknown command 'frobnicate': expected a command such as "
                      "deliver or expect, or 'HOST: CALL(...)'"},
    {"server s = socket(AF_INET, SOCK_STREAM, 0)",
     "1: expected 'server:' with a colon before a call"},
    {"run server", "11: the line ends too early: expected a command, such as ss -tan"},
    {"run nowhere ls", "5: unknown host 'nowhere': expected the name of a host that an "
                       "earlier 'host' line made"},
    {"  + delivr", "5: unknown command 'delivr'; did you mean 'deliver'?"},
};

static const struct bad_line breaks[] = {
    {"firewall", "9: the line ends too early: expected drop, reject or clear"},
    {"firewall dorp tcp", "10: unknown firewall word 'dorp'; did you mean 'drop'?"},
    {"firewall clear all",
     "16: 'all' is not expected here: expected the end of the line"},
    {"firewall drop to server:0",
     "25: '0' is out of range: expected one from 1 to 65535"},
    {"firewall drop to nowhere:80", "18: unknown host 'nowhere': expected the name of a "
                                    "host that an earlier 'host' line made"},
    {"firewall drop to server from client", "25: 'from' is not expected here: expected "
                                            "[tcp|udp] [from HOST] [to HOST[:PORT]], in "
                                            "this order"},
    {"inject 1.2.3.4:5 - 1.2.3.5:6 RST", "18: '-': expected '->'"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 RAST",
     "31: 'RAST': expected flags such as SYN, SYN+ACK, ACK, FIN+ACK, RST or DATA"},
    {"inject 1.2.3.4:5 -> [fd00::1]:6 RST",
     "21: one address is IPv4 and the other IPv6: expected two of a kind"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 RST seq=next-1", "43: '-1' after next: expected +N"},
    {"inject 1.2.3.4:65535 -> 1.2.3.5:6 SYN times=2",
     "8: so many times from port 65535 goes past port 65535"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 SYN times=1001",
     "41: '1001' is out of range: expected one from 1 to 1000"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 SYN tmies=3",
     "35: unknown word 'tmies=3'; did you mean 'times='?"},
    {"inject 1.2.3.4 -> 1.2.3.5:6 RST",
     "8: '1.2.3.4' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 or "
     "[fd00::1]:80"},
    {"inject 1.2.3.4:5 -> server:6 RST",
     "21: 'server:6' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 or "
     "[fd00::1]:80"},
    {"inject 1.2.3.4:0 -> 1.2.3.5:6 RST",
     "8: '1.2.3.4:0': expected a port from 1 to 65535"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:0 RST",
     "21: '1.2.3.5:0': expected a port from 1 to 65535"},
    {"inject", "7: the line ends too early: expected SRC:PORT"},
    {"inject 1.2.3.4:5 ->", "20: the line ends too early: expected DST:PORT"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6",
     "30: the line ends too early: expected flags such as SYN or RST"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 UDP",
     "31: 'UDP': expected flags such as SYN, SYN+ACK, ACK, FIN+ACK, RST or DATA"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 SYN seq=x",
     "39: 'x' is no number: expected one from 0 to 4294967295"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 SYN ack=4294967296",
     "39: '4294967296' is out of range: expected one from 0 to 4294967295"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 DATA data=x", "41: 'x': expected data in quotes"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 DATA data=\"x\"y",
     "44: 'y' is not expected after the data"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 SYN times=0",
     "41: '0' is out of range: expected one from 1 to 1000"},
    {"inject 1.2.3.4:5 -> 1.2.3.5:6 SYN seq=1 seq=2",
     "41: 'seq=' was said before: expected it once"},
    {"firewall reject icmp", "17: 'icmp' is not expected here: expected [tcp|udp] [from "
                             "HOST] [to HOST[:PORT]], in this order"},
    {"firewall drop from", "19: the line ends too early: expected a host after 'from'"},
    {"firewall drop to",
     "17: the line ends too early: expected a host after 'to', such as server:80"},
    {"firewall drop to server:70000",
     "25: '70000' is out of range: expected one from 1 to 65535"},
    {"firewall drop from server:80",
     "20: unknown host 'server:80'; did you mean 'server'?"},
    {"crash", "6: the line ends too early: expected a host"},
    {"crash server/x", "7: unknown host 'server/x'; did you mean 'server'?"},
    {"boot server now", "13: 'now' is not expected here: expected the end of the line"},
    {"destroy", "8: the line ends too early: expected HOST.VAR"},
    {"destroy server.s now",
     "18: 'now' is not expected here: expected the end of the line"},
    {"destroy server/web.s", "9: threads share their variables: expected server.s"},
    {"destroy server.n", "16: 'n' holds a number: expected a variable with a socket"},
    {"run", "4: the line ends too early: expected a host"},
    {"crash nowhere", "7: unknown host 'nowhere': expected the name of a host that an "
                      "earlier 'host' line made"},
    {"boot", "5: the line ends too early: expected a host"},
    {"destroy server", "9: 'server': expected HOST.VAR, such as client.c"},
    {"destroy server.zz", "16: unknown variable 'zz': expected one that an earlier line "
                          "on this host has set"},
};

static const struct bad_line hosts[] = {
    {"host", "5: the line ends too early: expected the host's name"},
    {"host web",
     "9: the line ends too early: expected an address such as 192.168.0.101"},
    {"host all 10.0.0.9", "6: a host cannot be called 'all', which means something "
                          "else: expected another name"},
    {"host deliver 10.0.0.9", "6: a host cannot be called 'deliver', which means "
                              "something else: expected another name"},
    {"host crash 10.0.0.9", "6: a host cannot be called 'crash', which means something "
                            "else: expected another name"},
    {"host nobody 10.0.0.9", "6: a host cannot be called 'nobody', which means "
                             "something else: expected another name"},
    {"host 9web 10.0.0.9",
     "6: '9web' cannot name a host: expected a letter, then letters, digits, _ or -, at "
     "most 15 in all, no - at the end"},
    {"host web- 10.0.0.9",
     "6: 'web-' cannot name a host: expected a letter, then letters, digits, _ or -, at "
     "most 15 in all, no - at the end"},
    {"host w.b 10.0.0.9", "6: 'w.b' cannot name a host: expected a letter, then "
                          "letters, digits, _ or -, at most 15 in all, no - at the end"},
    {"host abcdefghijklmnop 10.0.0.9",
     "6: 'abcdefghijklmnop' cannot name a host: expected a letter, then letters, "
     "digits, _ or -, at most 15 in all, no - at the end"},
    {"host server 10.0.0.9",
     "6: there is a host 'server' already: expected another name"},
    {"host web 10.0.0.256",
     "10: '10.0.0.256' is no address: expected one such as 192.168.0.101 or fd00::1"},
    {"host web 10.0.0.9 10.0.0.9", "19: the address 10.0.0.9 stands here twice"},
    {"host web 192.168.0.101",
     "10: the address 192.168.0.101 is that of 'server': expected another one"},
    {"host web 127.0.0.1", "10: a host cannot have the address 127.0.0.1: expected a "
                           "unicast one such as 192.168.0.101"},
    {"host web 0.0.0.0", "10: a host cannot have the address 0.0.0.0: expected a "
                         "unicast one such as 192.168.0.101"},
    {"host web 224.0.0.1", "10: a host cannot have the address 224.0.0.1: expected a "
                           "unicast one such as 192.168.0.101"},
    {"host web fe80::1", "10: a host cannot have the address fe80::1: expected a "
                         "unicast one such as 192.168.0.101"},
    {"host web ::ffff:10.0.0.9", "10: a host cannot have the address ::ffff:10.0.0.9: "
                                 "expected a unicast one such as 192.168.0.101"},
    {"host web ff02::1", "10: a host cannot have the address ff02::1: expected a "
                         "unicast one such as 192.168.0.101"},
    {"host web 10.0.0.9/33", "19: '33' is out of range: expected one from 1 to 32"},
    {"host web fd00::1/129", "18: '129' is out of range: expected one from 1 to 128"},
    {"host web rto=5s",
     "10: 'rto=5s' stands where an address is expected, such as 192.168.0.101"},
    {"host web 10.0.0.9 rto=5",
     "23: '5' is no duration: expected one such as 500ms or 2s"},
    {"host web 10.0.0.9 ack=never",
     "19: unknown word 'ack=never': expected rto=DURATION or ack=delayed"},
    {"host web 10.0.0.9 ack=delayd",
     "19: unknown word 'ack=delayd'; did you mean 'ack=delayed'?"},
    {"host web 1.0.0.1 1.0.0.2 1.0.0.3 1.0.0.4 1.0.0.5 1.0.0.6 1.0.0.7 1.0.0.8 1.0.0.9",
     "74: too many addresses: a host has at most 8"},
    {"host web 10.0.0.9 extra",
     "19: 'extra' is no address: expected one such as 192.168.0.101 or fd00::1"},
};

static const struct bad_line others[] = {
    {"sysctl", "7: the line ends too early: expected a host"},
    {"sysctl sever net.ipv4.tcp_sack 0",
     "8: unknown host 'sever'; did you mean 'server'?"},
    {"sysctl server",
     "14: the line ends too early: expected a key such as net.ipv4.tcp_syn_retries"},
    {"sysctl server kernel.hostname x",
     "15: 'kernel.hostname' is no key of a host's network: expected one such as "
     "net.ipv4.tcp_syn_retries"},
    {"sysctl server net.ipv4/../../x 1",
     "15: 'net.ipv4/../../x' is no key of a host's network: expected one such as "
     "net.ipv4.tcp_syn_retries"},
    {"sysctl server net.ipv4..x 1", "15: 'net.ipv4..x' is no key of a host's network: "
                                    "expected one such as net.ipv4.tcp_syn_retries"},
    {"sysctl server net.ipv4.tcp_sack", "32: the line ends too early: expected a value"},
    {"wire", "5: the line ends too early: expected hold, flow or slow DURATION"},
    {"wire holt", "6: unknown wire mode 'holt'; did you mean 'hold'?"},
    {"wire fast", "6: unknown wire mode 'fast': expected hold, flow or slow DURATION"},
    {"wire hold now", "11: 'now' is not expected here: expected the end of the line"},
    {"wire slow", "10: the line ends too early: expected a duration such as 500ms"},
    {"wire slow 1m", "11: '1m' is no duration: expected one such as 500ms or 2s"},
    {"wire slow 500ms now",
     "17: 'now' is not expected here: expected the end of the line"},
    {"wait", "5: the line ends too early: expected a duration such as 2s"},
    {"wait 0s", "6: '0s' is out of range: expected 1ms to 600s (10 minutes)"},
    {"wait 601s", "6: '601s' is out of range: expected 1ms to 600s (10 minutes)"},
    {"wait 600001ms",
     "6: '600001ms' is out of range: expected 1ms to 600s (10 minutes)"},
    {"wait 99999999999999999999s",
     "6: '99999999999999999999s' is out of range: expected 1ms to 600s (10 minutes)"},
    {"wait 5", "6: '5' is no duration: expected one such as 500ms or 2s"},
    {"wait 0.5s", "6: '0.5s' is no duration: expected one such as 500ms or 2s"},
    {"reset now", "7: 'now' is not expected here: expected the end of the line"},
    {"demo", "5: the line ends too early: expected a thread (HOST or HOST/NAME)"},
    {"demo server",
     "12: the line ends too early: expected a demo program such as tcp-echo-server"},
    {"demo sever tcp-echo-server 7", "6: unknown host 'sever'; did you mean 'server'?"},
    {"demo server tcp-ecko-server 80",
     "13: unknown demo program 'tcp-ecko-server'; did you mean 'tcp-echo-server'?"},
    {"demo server tcp-echo-server",
     "13: wrong number of arguments: expected tcp-echo-server PORT"},
    {"demo server tcp-echo-server 80 81",
     "13: wrong number of arguments: expected tcp-echo-server PORT"},
    {"demo server tcp-echo-server 0",
     "29: '0' is out of range: expected one from 1 to 65535"},
    {"demo client tcp-client 10.0.0.1",
     "24: '10.0.0.1' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 or "
     "[fd00::1]:80"},
    {"demo client tcp-client 10.0.0.1:80 \"a\\q\"",
     "38: unknown escape '\\q': expected one of C's, such as \\n, \\x41 or \\0"},
    {"pace", "5: the line ends too early: expected call or run"},
    {"pace slow", "6: unknown pace 'slow': expected call or run"},
    {"pace call 5", "11: '5' is not expected here: expected the end of the line"},
    {"step", "5: the line ends too early: expected a thread (HOST or HOST/NAME)"},
    {"step server",
     "6: no demo program runs on 'server': expected a 'demo' line before it"},
    {"step sever", "6: unknown host 'sever'; did you mean 'server'?"},
    {"deliver SNY", "9: unknown word 'SNY'; did you mean 'SYN'?"},
    {"deliver syn", "9: unknown word 'syn'; did you mean 'SYN'?"},
    {"deliver SYN ACK", "13: \"ACK\": expected at most one of SYN, SYN+ACK, ACK, FIN, "
                        "FIN+ACK, RST, DATA, UDP, ICMP"},
    {"deliver sever->client", "9: unknown host 'sever'; did you mean 'server'?"},
    {"deliver server->clint", "17: unknown host 'clint'; did you mean 'client'?"},
    {"deliver nosuch->", "9: unknown host 'nosuch': expected the name of a host that an "
                         "earlier 'host' line made"},
    {"deliver #0", "9: \"#0\": expected #N with N from 1"},
    {"deliver last last", "14: \"last\": was said before; expected it once"},
    {"deliver all SYN", "13: 'SYN' is not expected here: expected the end of the line"},
    {"deliver ->",
     "9: \"->\": expected FROM->TO, FROM-> or ->TO, with NAME or NAME:PORT"},
    {"deliver server:0->", "9: \"server:0->\": expected a port from 1 to 65535 after :"},
    {"deliver client-> client->",
     "18: \"client->\": FROM was said before; expected it once"},
    {"deliver ->server client->server",
     "18: \"client->server\": TO was said before; expected it once"},
    {"deliver #1 #2", "12: \"#2\": expected one #N at most"},
    {"drop SYN+FIN", "6: \"SYN+FIN\": expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, "
                     "DATA, UDP, ICMP, FROM->TO, FROM->, ->TO, last or #N"},
    {"duplicate all", "11: \"all\": expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, "
                      "DATA, UDP, ICMP, FROM->TO, FROM->, ->TO, last or #N"},
    {"corrupt RST UDP", "13: \"UDP\": expected at most one of SYN, SYN+ACK, ACK, FIN, "
                        "FIN+ACK, RST, DATA, UDP, ICMP"},
    {"replay client->clint", "16: unknown host 'clint'; did you mean 'client'?"},
    {"drop ->server:65536", "6: \"->server:65536\": expected a port from 1 to 65535 "
                            "after :"},
    {"wire slow 601s", "11: '601s' is out of range: expected 1ms to 600s (10 minutes)"},
    {"kill server client",
     "13: 'client' is not expected here: expected the end of the line"},
    {"plug", "5: the line ends too early: expected a host"},
    {"drop server", "6: \"server\": expected SYN, SYN+ACK, ACK, FIN, FIN+ACK, RST, "
                    "DATA, UDP, ICMP, FROM->TO, FROM->, ->TO, last or #N"},
    {"unplug", "7: the line ends too early: expected a host"},
    {"unplug sever", "8: unknown host 'sever'; did you mean 'server'?"},
    {"unplug server client",
     "15: 'client' is not expected here: expected the end of the line"},
    {"plug server/x", "6: unknown host 'server/x'; did you mean 'server'?"},
    {"kill server/web", "6: 'server/web' is a thread, and only a process can be killed: "
                        "expected 'kill server'"},
    {"kill", "5: the line ends too early: expected a host"},
    {"wait 5s 5s", "9: '5s' is not expected here: expected the end of the line"},
};

static void test_unknown(void **state)
{
    (void)state;
    check_bad_lines(unknown, sizeof(unknown) / sizeof(unknown[0]));
    check_bad_lines(breaks, sizeof(breaks) / sizeof(breaks[0]));
}

static void test_hosts(void **state)
{
    (void)state;
    check_bad_lines(hosts, sizeof(hosts) / sizeof(hosts[0]));
}

static void test_others(void **state)
{
    (void)state;
    check_bad_lines(others, sizeof(others) / sizeof(others[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
