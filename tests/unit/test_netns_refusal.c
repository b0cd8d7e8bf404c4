/* What is said where namespaces are refused, without the machines that refuse; and which
 * keys name a setting. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/netns.h"
#include "kernel/netns_refusal.h"

/* A machine on which nothing refuses. */
static const struct refusal_facts plain = {
    .apparmor_restrict = REFUSAL_UNKNOWN,
    .unprivileged_clone = REFUSAL_UNKNOWN,
    .max_user = 1000,
    .max_net = 1000,
    .max_pid = 1000,
    .release = "6.1.0-13-amd64",
    .program = "/usr/local/bin/socketarium",
};

static void assert_says(const struct refusal_facts *facts, const char *step, int code,
                        const char *part)
{
    struct err err = {""};

    netns_refusal_say(facts, step, code, &err);
    if (!strstr(err.text, part))
        fail_msg("\"%s\" is not in: %s", part, err.text);
}

static void test_ubuntu(void **state)
{
    struct refusal_facts facts = plain;

    (void)state;
    facts.apparmor_restrict = 1;
    assert_says(&facts, "uid_map", -EPERM,
                "(kernel.apparmor_restrict_unprivileged_userns is 1)");
    assert_says(&facts, "setgroups", -EACCES,
                "\nprofile socketarium /usr/local/bin/socketarium flags=(unconfined) {\n"
                "  userns,\n}\nEND\n"
                "sudo apparmor_parser -r /etc/apparmor.d/socketarium\n");
    facts.program[0] = '\0';
    assert_says(&facts, "uid_map", -EPERM, "install the program below /usr/local");
    facts.seccomp = 2; /* a container on such a machine */
    assert_says(&facts, "clone", -EPERM, "--security-opt seccomp=unconfined");
}

static void test_longest_profile_fits(void **state)
{
    struct refusal_facts facts = plain;

    (void)state;
    facts.apparmor_restrict = 1;
    memset(facts.program, 'x', sizeof(facts.program) - 1);
    facts.program[0] = '/';
    assert_says(&facts, "uid_map", -EPERM,
                "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0");
}

static void test_settings(void **state)
{
    struct refusal_facts facts = plain;

    (void)state;
    facts.unprivileged_clone = 0;
    assert_says(&facts, "clone", -EPERM,
                "sudo sysctl kernel.unprivileged_userns_clone=1");
    facts = plain;
    facts.max_user = 0;
    assert_says(&facts, "clone", -ENOSPC, "sudo sysctl user.max_user_namespaces=10000");
    facts.max_net = 0;
    assert_says(
        &facts, "clone", -ENOSPC,
        "the limit user.max_user_namespaces and user.max_net_namespaces is 0. Fix: "
        "sudo sysctl user.max_user_namespaces=10000 "
        "user.max_net_namespaces=10000");
    assert_says(&plain, "clone", -ENOSPC, "32 are nested");
    assert_says(&plain, "clone", -EINVAL, "CONFIG_USER_NS");
    assert_says(&plain, "uid_map", -EPERM, "uid_map: Operation not permitted");
}

static void test_container(void **state)
{
    struct refusal_facts facts = plain;

    (void)state;
    facts.seccomp = 2;
    assert_says(&facts, "clone", -EPERM, "A seccomp filter refuses namespaces");
    assert_says(&facts, "clone", -ENOSYS, "A seccomp filter refuses namespaces");
    assert_says(&plain, "sysctl", -EROFS, "systempaths=unconfined");
}

static void test_kernel_parts(void **state)
{
    struct refusal_facts facts = plain;

    (void)state;
    assert_says(&plain, "veth", -EOPNOTSUPP, "sudo modprobe veth");
    assert_says(&plain, "packet socket", -EAFNOSUPPORT, "sudo modprobe af_packet");
    assert_says(&plain, "sock_diag", -ENOENT, "sudo modprobe -a inet_diag");
    assert_says(&plain, "sock_diag", -EPROTONOSUPPORT, "gVisor");
    strcpy(facts.release, "4.4.0-19041-Microsoft");
    assert_says(&facts, "sock_diag", -EPROTONOSUPPORT, "wsl --set-version");
    strcpy(facts.release, "5.15.90.1-microsoft-standard-WSL2");
    assert_says(&facts, "sock_diag", -EPROTONOSUPPORT, "gVisor");
}

static void test_keys(void **state)
{
    static const char *const good[] = {"net.ipv4.tcp_syn_retries",
                                       "net/ipv4/conf/eth0/a", "net.a-b_C9"};
    static const char *const bad[] = {"",
                                      "net",
                                      "net.",
                                      "net..ipv4",
                                      "net/../kernel/hostname",
                                      "net.ipv4/../../kernel.hostname",
                                      "net.ipv4/tcp_sack",
                                      "kernel.hostname",
                                      "network.x",
                                      "net.ipv4.",
                                      "/net/ipv4",
                                      "net.a b",
                                      "net.a\n",
                                      "net.\xc3\xa4"};

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        if (!netns_sysctl_key_ok(good[i]))
            fail_msg("refused: %s", good[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (netns_sysctl_key_ok(bad[i]))
            fail_msg("taken: %s", bad[i]);
        assert_int_equal(netns_sysctl(bad[i], "1"), -EINVAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ubuntu),       cmocka_unit_test(test_longest_profile_fits),
        cmocka_unit_test(test_settings),     cmocka_unit_test(test_container),
        cmocka_unit_test(test_kernel_parts), cmocka_unit_test(test_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
