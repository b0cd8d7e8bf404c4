/* doctor: what this machine allows, item by item, and the least fix of what it refuses.
 *
 * The main thread, before there is any other: the checks run in a sealed child, and the
 * caller's namespaces stay as they are. argv[0] is the command's name, "doctor".
 */
#ifndef SOCKETARIUM_CMD_DOCTOR_H
#define SOCKETARIUM_CMD_DOCTOR_H

/* The exit status: 0 the lab can run here, 77 it cannot, 2 wrong use, 70 internal error.
 */
int doctor_main(int argc, char **argv);

#endif
