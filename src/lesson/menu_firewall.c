/* The firewall's rules, from the lines that have put them up: what a call meets there.
 */
#include <stdio.h>
#include <string.h>

#include "lesson/menu_parts.h"
#include "lesson/script.h"

static void learn_hosts(const struct world *world, struct script_names *names)
{
    struct command host = {.kind = COMMAND_HOST};

    for (unsigned i = 0; i < world->host_count; i++) {
        snprintf(host.addresses.name, NAME_TEXT, "%s", world->hosts[i].name);
        script_names_learn(names, &host);
    }
}

/* A line that has run: it adds a rule, or takes all away. */
static void follow(const char *text, struct script_names *names, firewall_rules *rules)
{
    lesson_error_list errors = {0};
    struct command command = {0};

    if (script_line(text, strlen(text), 1, 1, names, &command, &errors)) {
        if (command.kind == COMMAND_FIREWALL && !command.clear)
            *vec_push(rules) = command.rule;
        else
            rules->count = 0;
    }
    command_clear(&command);
    lesson_error_list_free(&errors);
}

static void rules_now(const struct world *world, firewall_rules *rules)
{
    struct script_names *names = script_names_new();

    learn_hosts(world, names);
    vec_each (line, &world->log) {
        if (strncmp(line->text, "firewall", strlen("firewall")) == 0)
            follow(line->text, names, rules);
        else if (strcmp(line->text, "reset") == 0)
            rules->count = 0;
    }
    script_names_free(names);
}

bool menu_firewall_stands(const struct world *world)
{
    firewall_rules rules = {0};
    bool stands;

    rules_now(world, &rules);
    stands = rules.count > 0;
    vec_free(&rules);
    return stands;
}

bool menu_firewall_rejects(const struct world *world, unsigned from, unsigned to,
                           uint16_t port)
{
    const struct packet syn = {
        .proto = PACKET_TCP, .flags = TCP_SYN, .to = {.port = port}};
    const struct firewall_rule *rule;
    firewall_rules rules = {0};
    bool rejects;

    rules_now(world, &rules);
    rule = firewall_stops(&rules, &syn, world->hosts[from].name, world->hosts[to].name);
    rejects = rule && rule->reject;
    vec_free(&rules);
    return rejects;
}
